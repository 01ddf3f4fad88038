import { hasEdgeSource } from '../../mailflow/edge-path'
import { allOf, anyOf, fact } from '../../mailflow/fact'
import { hybridSend } from '../../mailflow/hybrid-connectors'
import { enabledAnd } from '../../mailflow/hybrid-send'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { organisationSend } from '../../mailflow/source-servers'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { type Config, contains, type HybridConfiguration, knownPart, type Property } from '../../model'
import { comment, nothing, setProperties } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-edge-and-mailbox-servers',
  family: 'edge',
  question: 5,
  severities: ['medium'],
  needs: ['hybridConfigurations'],
  optional: [],
  reads: {
    hybridConfigurations: ['EdgeTransportServers', 'SendingTransportServers', 'ReceivingTransportServers'],
  },
  references: [
    'https://learn.microsoft.com/exchange/edge-transport-servers',
    'https://learn.microsoft.com/powershell/module/exchange/set-hybridconfiguration#-edgetransportservers',
  ],
  frameworks: {},
  absorbs: [{ rule: 'hybrid-send-source-servers-drift', same: 'organisation' }],
  check,
  fix,
})

const isSet = (p: Property<readonly string[]>) =>
  fact(
    contains(p, () => true),
    p,
  )
const mailboxServers = (h: HybridConfiguration) =>
  anyOf([isSet(h.sendingTransportServers), isSet(h.receivingTransportServers)])

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const h of config.hybridConfigurations) {
    const both = allOf([isSet(h.edgeTransportServers), mailboxServers(h)])
    yield verdictOn(h, both.value, () => failure(h))
  }
}

const names = (...lists: readonly Property<readonly string[]>[]): string =>
  [...new Set(lists.flatMap((p) => knownPart(p) ?? []))].join(', ')

function failure(h: HybridConfiguration): Fail {
  const [edges, others] = [isSet(h.edgeTransportServers), mailboxServers(h)]
  const [edge] = nonEmpty(edges.evidence)
  const [mailbox] = nonEmpty(others.evidence)
  return failOn(h, {
    key: '',
    severity: 'medium',
    exposure: 'none',
    params: {
      edges: names(h.edgeTransportServers),
      mailbox: names(h.sendingTransportServers, h.receivingTransportServers),
    },
    evidence: nonEmpty([...edges.evidence, ...others.evidence]),
    conditions: [
      { key: 'edges', value: 'yes', evidence: edge },
      { key: 'mailbox', value: 'yes', evidence: mailbox },
    ],
  })
}

/** Who sends tells which list is meant: Edges, unless the connector to Exchange Online certainly has none among its sources. */
function sendsWithoutEdge(config: Config): boolean {
  const senders = organisationSend(config).filter((s) => enabledAnd(s, hybridSend).value === 'yes')
  return senders.length > 0 && senders.every((s) => hasEdgeSource(config, s).value === 'no')
}

function fix(_: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const drop = sendsWithoutEdge(config)
  return setProperties(config.hybridConfigurations, {
    set: () =>
      drop
        ? { EdgeTransportServers: nothing }
        : { SendingTransportServers: nothing, ReceivingTransportServers: nothing },
    alsoShow: ['EdgeTransportServers', 'SendingTransportServers', 'ReceivingTransportServers'],
    before: [
      comment(
        drop
          ? 'The connector to Exchange Online sends from Mailbox servers, so the Edges are taken out.'
          : 'Hybrid mail goes through the Edges, so the Mailbox servers are taken out of both lists.',
      ),
    ],
    after: [comment('The Hybrid Configuration Wizard writes these lists anew: choose the same servers there.')],
    effect: 'none',
    minutes: 10,
  })
}

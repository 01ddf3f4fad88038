import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { routesToTenant } from '../../mailflow/hybrid-connectors'
import { failOfSend, hybridSendReads, onHybridSend, toldBy } from '../../mailflow/hybrid-send'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { serverKey } from '../../mailflow/server-names'
import { type Config, known, knownPart, type Property, type SendConnector, type Tri } from '../../model'
import { fixSendConnectors, list } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-source-servers-drift',
  family: 'hybrid-send',
  question: 5,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: [...hybridSendReads, 'SourceTransportServers'],
    hybridConfigurations: ['Features', 'SendingTransportServers', 'EdgeTransportServers'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-hybridconfiguration',
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

type Names = Property<readonly string[]>

/** The lists of the hybrid configuration by which its connector may send: Mailbox servers, or Edges. */
const listsOf = (config: Config): readonly Names[] =>
  config.hybridConfigurations.flatMap((h) => [h.sendingTransportServers, h.edgeTransportServers])

const keys = (names: readonly string[]): ReadonlySet<string> => new Set(names.map(serverKey))
const without = (names: readonly string[], others: readonly string[]): readonly string[] =>
  names.filter((n) => !keys(others).has(serverKey(n)))

/** Does the connector send from other servers than the list names? A cut list of sources shows only what is too much. */
function differs(sources: Names, wanted: readonly string[]): Tri {
  const part = knownPart(sources)
  if (part === undefined) return sources.state === 'null' ? 'yes' : 'unknown'
  if (without(part, wanted).length > 0) return 'yes'
  if (sources.state === 'truncated') return 'unknown'
  return without(wanted, part).length > 0 ? 'yes' : 'no'
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  const lists = listsOf(config)
  const named = lists.flatMap((p) => (p.state === 'ok' && p.value.length > 0 ? [{ p, servers: p.value }] : []))
  const supplied = lists.length > 0 || isListedWhole(config, 'hybridConfigurations') === 'yes'
  const whole = supplied && lists.every((p) => p.state === 'null' || known(p) !== undefined)
  yield* onHybridSend(
    config,
    (s, applies) => {
      const [wanted] = named
      if (!wanted && whole) return null // the hybrid configuration names nobody: nothing to compare with
      const answers = named.map(({ servers }) => differs(s.sourceTransportServers, servers))
      const bad: Tri = answers.includes('no') ? 'no' : whole && answers.every((a) => a === 'yes') ? 'yes' : 'unknown'
      return {
        bad,
        ...(whole ? {} : { missing: exportOf('hybridConfigurations') }),
        fail: () => {
          const sources = knownPart(s.sourceTransportServers) ?? []
          const servers = wanted?.servers ?? []
          return failOfSend(s, applies, {
            severity: 'medium',
            params: {
              sources: sources.join(', '),
              wanted: servers.join(', '),
              extra: without(sources, servers).join(', '),
              lacking: without(servers, sources).join(', '),
            },
            evidence: evidenceOf(s.sourceTransportServers, wanted?.p),
            conditions: [
              { key: 'differs', ...toldBy(bad, s.sourceTransportServers) },
              { key: 'wanted', ...toldBy(bad, wanted?.p ?? s.sourceTransportServers) },
            ],
          })
        },
      }
    },
    routesToTenant,
  )
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const [wanted] = listsOf(config).flatMap((p) => (p.state === 'ok' && p.value.length > 0 ? [p.value] : []))
  return wanted
    ? fixSendConnectors(config, members, (_: SendConnector) => ({ SourceTransportServers: list(wanted) }))
    : null
}

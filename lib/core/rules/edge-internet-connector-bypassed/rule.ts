import { hasEdgeSource, isEdgeServer } from '../../mailflow/edge-path'
import { fact } from '../../mailflow/fact'
import { takesEverything } from '../../mailflow/hybrid-connectors'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { isSendListed, liveSources, organisationSend } from '../../mailflow/source-servers'
import { failOn, openOn } from '../../mailflow/verdict-on'
import { and, type Config, contains, isTrue, knownPart, not, or, type SendConnector, type Tri } from '../../model'
import { bool, comment, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

/** The cost that a subscription gives its connector to the Internet, which is also the highest there is. */
const EDGE_COST = 100

export const rule = defineRule({
  id: 'edge-internet-connector-bypassed',
  family: 'edge',
  question: 5,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: ['servers', 'edgeSubscriptions', 'hybridConfigurations', 'receiveConnectors'],
  reads: {
    sendConnectors: ['Enabled', 'AddressSpaces', 'SourceTransportServers'],
    servers: ['ServerRole'],
    hybridConfigurations: ['EdgeTransportServers'],
  },
  references: [
    'https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions',
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
  ],
  frameworks: {},
  absorbs: [{ rule: 'single-source-server', same: 'connector' }],
  check,
  fix,
})

const costIs = (s: SendConnector, test: (cost: number) => boolean) =>
  fact(
    contains(s.addressSpaces, (a) => a.domain === '*' && test(a.cost)),
    s.addressSpaces,
  )

/** Is one of the source servers certainly no Edge? A name that nothing tells about is one, where Edges are known otherwise. */
function hasOtherSource(config: Config, s: SendConnector): Tri {
  const open = contains(s.sourceTransportServers, () => false)
  return or(open, ...liveSources(s).map((name) => not(isEdgeServer(config, name))))
}

/** All of its source servers are Edges, and its cost is that of a subscription. */
const isEdgeRoute = (config: Config, s: SendConnector): Tri =>
  and(
    isTrue(s.enabled),
    costIs(s, (c) => c >= EDGE_COST).value,
    hasEdgeSource(config, s).value,
    not(hasOtherSource(config, s)),
  )

const isBypass = (config: Config, s: SendConnector): Tri =>
  and(isTrue(s.enabled), costIs(s, (c) => c < EDGE_COST).value, hasOtherSource(config, s))

function* check({ config }: RuleContext): Iterable<Verdict> {
  const all = organisationSend(config).filter((s) => isTrue(s.enabled) !== 'no' && takesEverything(s).value !== 'no')
  const routes = all.map((s) => ({ s, is: isEdgeRoute(config, s) })).filter((r) => r.is !== 'no')
  const listed = isSendListed(config) === 'yes'
  const [edge] = [...routes].sort((a, b) => (a.is === b.is ? 0 : a.is === 'yes' ? -1 : 1))
  if (edge === undefined) {
    if (!listed) yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
    return
  }
  let isOpen = false
  let found = false
  for (const s of all.filter((o) => o !== edge.s)) {
    const value = and(edge.is, isBypass(config, s))
    if (value === 'yes') found = true
    if (value === 'unknown') isOpen = true
    if (value === 'yes') yield failure(s, edge.s)
    else if (value === 'unknown') yield openOn(s, [exportOfObject(s), exportOf('servers')])
  }
  if (found || isOpen) return
  if (edge.is === 'yes')
    yield listed
      ? { state: 'pass', object: refOf(edge.s) }
      : { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
}

function failure(s: SendConnector, edge: SendConnector): Fail {
  const costs = (knownPart(s.addressSpaces) ?? []).filter((a) => a.domain === '*').map((a) => a.cost)
  return failOn(s, {
    key: [cloneKey(s), cloneKey(edge)].join(' | '),
    severity: 'medium',
    confidence: 'likely',
    exposure: 'none',
    objects: [refOf(s), refOf(edge)],
    params: {
      connector: s.name,
      edge: edge.name,
      cost: Math.min(...costs),
      sources: liveSources(s).join(', '),
    },
    evidence: [evidence(s.addressSpaces), evidence(s.sourceTransportServers), evidence(edge.addressSpaces)],
    conditions: [
      { key: 'cheaper', value: 'yes', evidence: evidence(s.addressSpaces) },
      { key: 'inside', value: 'yes', evidence: evidence(s.sourceTransportServers) },
      { key: 'edge', value: 'yes', evidence: evidence(edge.addressSpaces) },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  return setProperties(
    config.sendConnectors.filter((s) => ids.has(s.id)),
    {
      set: () => ({ Enabled: bool(false) }),
      alsoShow: ['AddressSpaces', 'SourceTransportServers'],
      before: [
        comment('Another cost does not help: 100 is the highest, and at equal cost the nearer source server wins.'),
        comment('Check before that the Edges may send to the Internet on port 25, and that SPF names their addresses.'),
      ],
      effect: 'reconnect',
      minutes: 30,
    },
  )
}

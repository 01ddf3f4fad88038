import { connectorsOf } from '../../mailflow/connectors-of'
import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import { cmtOn, hasFeature, hybridRecv, strongHybridEvidence } from '../../mailflow/hybrid'
import { isListedWhole } from '../../mailflow/listing'
import { serverKey } from '../../mailflow/server-names'
import { transportRole } from '../../mailflow/transport-role'
import { type Config, contains, isTrue, knownPart, type ReceiveConnector, type Tri } from '../../model'
import { fixCapabilities, HYBRID_ENTRY } from '../../remediation'
import {
  defineRule,
  type EvidenceRef,
  type Fail,
  type Missing,
  type ObjectRef,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-receive-capability-missing',
  family: 'hybrid-receive',
  question: 4,
  severities: ['critical', 'high'],
  needs: ['receiveConnectors'],
  optional: [
    'hybridConfigurations',
    'outboundConnectors',
    'sendConnectors',
    'inboundConnectors',
    'servers',
    'edgeSubscriptions',
  ],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'TlsDomainCapabilities'],
    hybridConfigurations: ['Features', 'ReceivingTransportServers', 'EdgeTransportServers'],
    outboundConnectors: [
      'Enabled',
      'ConnectorType',
      'ConnectorSource',
      'CloudServicesMailEnabled',
      'RouteAllMessagesViaOnPremises',
    ],
    sendConnectors: ['AddressSpaces'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-tlsdomaincapabilities',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'hybrid-receive-servers-inconsistent', same: 'server' },
    { rule: 'log-hybrid-capability-not-recognised', same: 'server' },
    { rule: 'log-cmt-relay-refused', same: 'server' },
  ],
  check,
  fix,
})

const receiveOf = (servers: readonly string[]): Missing => ({
  cmdlet: 'Get-ReceiveConnector',
  side: 'on-premises',
  servers,
})
const hybridConfiguration: Missing = { cmdlet: 'Get-HybridConfiguration', side: 'on-premises', servers: [] }
const outbound: Missing = { cmdlet: 'Get-OutboundConnector', side: 'exchange-online', servers: [] }

/** Does an enabled connector on port 25 of the server recognise Exchange Online? no only with a whole listing. */
function recognises(config: Config, server: string): Fact {
  const found = anyOf(
    connectorsOf(config, server).map((c) =>
      allOf([
        hybridRecv(c),
        fact(isTrue(c.enabled), c.enabled),
        fact(
          contains(c.bindings, (b) => b.port === 25),
          c.bindings,
        ),
      ]),
    ),
  )
  const whole = isListedWhole(config, 'receiveConnectors', server) === 'yes'
  return found.value === 'no' && !whole ? { value: 'unknown', evidence: found.evidence } : found
}

/** Mail from the cloud arrives at Edges where the hybrid configuration names some. */
const edgesNamed = (config: Config): Fact =>
  anyOf(
    config.hybridConfigurations.map((h) =>
      fact(
        contains(h.edgeTransportServers, () => true),
        h.edgeTransportServers,
      ),
    ),
  )

/** The servers that the hybrid configuration wants to receive; undefined where no such list is there. */
function receivers(config: Config): readonly string[] | undefined {
  const named = config.hybridConfigurations.flatMap((h) => knownPart(h.receivingTransportServers) ?? [])
  return named.length > 0 ? [...new Map(named.map((s) => [serverKey(s), s])).values()] : undefined
}

const hasEdge = (config: Config): boolean =>
  config.receiveConnectors.some((c) => c.side === 'edge') ||
  config.edgeSubscriptions.length > 0 ||
  config.servers.some((s) => contains(s.serverRole, (r) => r.toLowerCase() === 'edge') === 'yes')

function* check({ config }: RuleContext): Iterable<Verdict> {
  const edges = edgesNamed(config)
  if (edges.value === 'yes') return
  const hybrid = strongHybridEvidence(config)
  if (hybrid.value === 'no') return
  if (hybrid.value === 'unknown') {
    yield { state: 'not-assessed', missing: [hybridConfiguration] }
    return
  }
  const named = receivers(config)
  yield* named ? byName(config, named, hybrid, edges.value) : byPresence(config, hybrid)
}

const serverRef = (server: string): ObjectRef => ({ kind: 'server', id: server, server })

function* byName(config: Config, named: readonly string[], hybrid: Fact, edges: Tri): Iterable<Verdict> {
  const whole = config.hybridConfigurations.every((h) => h.receivingTransportServers.state === 'ok')
  const lists = config.hybridConfigurations.flatMap((h) => fact('yes', h.receivingTransportServers).evidence)
  const failing: string[] = []
  for (const server of named) {
    const { value } = recognises(config, server)
    if (value === 'yes') yield { state: 'pass', object: serverRef(server) }
    else if (value === 'unknown')
      yield { state: 'not-assessed', object: serverRef(server), missing: [receiveOf([server])] }
    else if (edges === 'unknown')
      yield { state: 'not-assessed', object: serverRef(server), missing: [hybridConfiguration] }
    else failing.push(server)
  }
  yield* failing.flatMap((server) => failure(config, server, hybrid, lists))
  if (!whole) yield { state: 'not-assessed', missing: [hybridConfiguration] }
}

/** Servers whose receive connectors were exported, by the spelling that came first. */
const serversOf = (config: Config): readonly string[] => {
  const servers = new Map<string, string>()
  for (const { server } of config.receiveConnectors)
    if (server !== null && !servers.has(serverKey(server))) servers.set(serverKey(server), server)
  return [...servers.values()]
}

/** Without a list of receiving servers only “no server at all” is a fault. An Edge may be the one that receives. */
function* byPresence(config: Config, hybrid: Fact): Iterable<Verdict> {
  const answers = serversOf(config).map((server) => ({ server, ...recognises(config, server) }))
  const none = answers.length > 0 && answers.every((a) => a.value === 'no') && !hasEdge(config)
  if (none) yield* answers.flatMap((a) => failure(config, a.server, hybrid, []))
  if (answers.length === 0) yield { state: 'not-assessed', missing: [receiveOf([])] }
  for (const { server, value } of none ? [] : answers) {
    const missing = value === 'unknown' ? receiveOf([server]) : hybridConfiguration
    if (value === 'yes') yield { state: 'pass', object: serverRef(server) }
    else yield { state: 'not-assessed', object: serverRef(server), missing: [missing] }
  }
}

/** What shows the absence: the capabilities of the connectors that listen on port 25, else of all. */
function lines(config: Config, server: string): readonly EvidenceRef[] {
  const all = connectorsOf(config, server)
  const entry = all.filter((c) => contains(c.bindings, (b) => b.port === 25) === 'yes')
  return (entry.length > 0 ? entry : all).flatMap((c) => fact('no', c.tlsDomainCapabilities, c.bindings).evidence)
}

/** All servers are one finding: the cause is one, and so is the cure. */
function failure(config: Config, server: string, hybrid: Fact, lists: readonly EvidenceRef[]): readonly Fail[] {
  const [line, ...more] = [...lines(config, server), ...lists, ...hybrid.evidence]
  if (!line) return []
  const cmt = cmtOn(config)
  const feature = anyOf(config.hybridConfigurations.map((h) => hasFeature(h, 'CentralizedTransport', 'Centralized')))
  return [
    {
      state: 'fail',
      key: '',
      side: 'on-premises',
      severity: cmt.value === 'yes' ? 'critical' : 'high',
      confidence: 'proven',
      proof: 'configuration',
      exposure: 'cloud',
      objects: [serverRef(server)],
      params: { server, cmt: cmt.value },
      evidence: [line, ...more.slice(0, 10)],
      conditions: [
        { key: 'hybrid', value: 'yes', ...first(hybrid.evidence) },
        { key: 'receives', value: lists.length > 0 ? 'yes' : 'unknown', ...first(lists) },
        { key: 'no-capability', value: 'yes', evidence: line },
        { key: 'centralized', value: cmt.value, ...first([...cmt.evidence, ...feature.evidence]) },
      ],
      ...(cmt.value === 'unknown' ? { couldRaise: [outbound] } : {}),
    },
  ]
}

const first = (refs: readonly EvidenceRef[]) => (refs[0] ? { evidence: refs[0] } : {})

/** The connector of the server that strangers and the cloud reach on port 25: where one is built in, the only one on all addresses. */
function entryConnector(config: Config, server: string): ReceiveConnector | undefined {
  const listening = connectorsOf(config, server).filter(
    (c) =>
      isTrue(c.enabled) === 'yes' &&
      transportRole(config, c) !== 'hub' &&
      contains(c.bindings, (b) => b.port === 25) === 'yes',
  )
  return (
    listening.find((c) => c.name.toLowerCase().startsWith('default frontend')) ??
    (listening.length === 1 ? listening[0] : undefined)
  )
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = members.flatMap((m) => m.objects).flatMap((o) => entryConnector(config, o.id) ?? [])
  const kept = (c: ReceiveConnector) =>
    (knownPart(c.tlsDomainCapabilities) ?? []).filter((e) => !e.pinned).map((e) => e.text)
  return fixCapabilities(connectors, (c) => [HYBRID_ENTRY, ...kept(c)])
}

import { connectorsOf } from '../../mailflow/connectors-of'
import { type HybridEdge, hasEdgeSource, hybridEdges } from '../../mailflow/edge-path'
import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import { hybridEvidenceMissing, hybridEvidenceReads, hybridRecv, strongHybridEvidence } from '../../mailflow/hybrid'
import { hybridSend } from '../../mailflow/hybrid-connectors'
import { enabledAnd, hybridSendReads } from '../../mailflow/hybrid-send'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { listensOn } from '../../mailflow/receive-ports'
import { organisationSend } from '../../mailflow/source-servers'
import { and, type Config, isTrue, isUnset, known, knownPart, or, type ReceiveConnector, type Tri } from '../../model'
import { ask, HYBRID_ENTRY, list, objectsOf, setProperties, str, wholeList } from '../../remediation'
import { defineRule, type Fail, type Missing, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'edge-hybrid-receive-unconfigured',
  family: 'edge',
  question: 4,
  severities: ['high'],
  needs: [],
  optional: [
    'receiveConnectors',
    'hybridConfigurations',
    'sendConnectors',
    'servers',
    'edgeSubscriptions',
    'inboundConnectors',
    'outboundConnectors',
  ],
  eitherOf: ['hybridConfigurations', 'sendConnectors'],
  reads: {
    ...hybridEvidenceReads,
    receiveConnectors: ['Enabled', 'Bindings', 'TlsDomainCapabilities', 'TlsCertificateName'],
    hybridConfigurations: ['Features', 'EdgeTransportServers', 'TlsCertificateName'],
    sendConnectors: [...hybridSendReads, 'SourceTransportServers', 'TlsCertificateName'],
    servers: ['ServerRole'],
  },
  references: [
    'https://learn.microsoft.com/exchange/edge-transport-servers',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-tlsdomaincapabilities',
    'https://support.microsoft.com/help/3212872',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'receive-certificate-name-mismatch', same: 'server' },
    { rule: 'hybrid-receive-servers-inconsistent', same: 'server' },
    { rule: 'log-hybrid-capability-not-recognised', same: 'server' },
    { rule: 'log-cmt-relay-refused', same: 'server' },
  ],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  const edges = hybridEdges(config)
  for (const edge of edges) yield judge(config, edge)
  if (edges.length === 0) yield* withoutEdge(config)
}

/** No Edge in the path: sure where the hybrid configuration names none, or the connector to Exchange Online has none as source. */
function* withoutEdge(config: Config): Iterable<Verdict> {
  const none = config.hybridConfigurations.some((h) => isUnset(h.edgeTransportServers) === 'yes')
  const senders = organisationSend(config).filter((s) => enabledAnd(s, hybridSend).value === 'yes')
  if (none || (senders.length > 0 && senders.every((s) => hasEdgeSource(config, s).value === 'no'))) return
  const hybrid = strongHybridEvidence(config).value
  if (hybrid === 'unknown') yield { state: 'not-assessed', missing: hybridEvidenceMissing(config) }
  if (hybrid === 'yes')
    yield { state: 'not-assessed', missing: [exportOf('hybridConfigurations'), exportOf('servers')] }
}

type Entry = { readonly c: ReceiveConnector; readonly recognises: Fact; readonly named: Tri }

/** The enabled connectors on port 25, and what each does for mail from Exchange Online. */
const entriesOf = (config: Config, server: string): readonly Entry[] =>
  connectorsOf(config, server).map((c) => ({
    c,
    recognises: allOf([fact(isTrue(c.enabled), c.enabled), listensOn(c, 25), hybridRecv(c)]),
    named:
      known(c.tlsCertificateName)?.text === '' || isUnset(c.tlsCertificateName) === 'yes'
        ? 'no'
        : isUnset(c.tlsCertificateName) === 'no'
          ? 'yes'
          : 'unknown',
  }))

function judge(config: Config, edge: HybridEdge): Verdict {
  const object: ObjectRef = { kind: 'server', id: edge.name, server: edge.name }
  const entries = entriesOf(config, edge.name)
  const whole: Tri = isListedWhole(config, 'receiveConnectors', edge.name) === 'yes' ? 'yes' : 'unknown'
  const ready = or(...entries.map((e) => and(e.recognises.value, e.named)))
  const missing: Missing = exportOf('receiveConnectors', 'edge', [edge.name])
  if (ready === 'yes') return { state: 'pass', object }
  if (entries.length === 0 || whole !== 'yes' || ready === 'unknown')
    return { state: 'not-assessed', object, missing: [missing] }
  return failure(edge, entries, object)
}

/** The connectors on port 25 that Exchange Online can reach: those that recognise it, else all. */
function shown(entries: readonly Entry[]): readonly Entry[] {
  const recognising = entries.filter((e) => e.recognises.value === 'yes')
  const listening = entries.filter((e) => isTrue(e.c.enabled) === 'yes' && listensOn(e.c, 25).value === 'yes')
  return recognising.length > 0 ? recognising : listening.length > 0 ? listening : entries
}

function failure(edge: HybridEdge, entries: readonly Entry[], object: ObjectRef): Fail {
  const recognised = anyOf(entries.map((e) => e.recognises)).value
  const connectors = shown(entries).map((e) => e.c)
  const capabilities = nonEmpty(connectors.flatMap((c) => evidenceOf(c.tlsDomainCapabilities, c.bindings, c.enabled)))
  const names = connectors.flatMap((c) => evidenceOf(c.tlsCertificateName))
  const unnamed = or(...shown(entries).map((e) => (e.named === 'no' ? 'yes' : e.named === 'yes' ? 'no' : 'unknown')))
  const [path] = edge.because.evidence
  const about = recognised === 'yes' ? [...names, ...capabilities] : [...capabilities, ...names]
  return {
    state: 'fail',
    key: '',
    side: 'edge',
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [object, ...connectors.map(refOf)],
    params: { server: edge.name, connector: connectors.map((c) => c.name).join(', '), recognised, unnamed },
    evidence: nonEmpty([...about, ...edge.because.evidence]),
    conditions: [
      { key: 'path', value: 'yes', ...(path ? { evidence: path } : {}) },
      { key: 'no-capability', value: recognised === 'yes' ? 'no' : 'yes', evidence: capabilities[0] },
      { key: 'no-name', value: unnamed, ...(names[0] ? { evidence: names[0] } : {}) },
    ],
  }
}

/** The certificate name that the hybrid uses elsewhere: the same certificate belongs on the Edge. */
function certificateName(config: Config): string | undefined {
  const names = [
    ...config.hybridConfigurations.map((h) => h.tlsCertificateName),
    ...organisationSend(config)
      .filter((s) => enabledAnd(s, hybridSend).value === 'yes')
      .map((s) => s.tlsCertificateName),
  ]
  return names.map((p) => known(p)?.text).find((text) => text)
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const asked = ask('certificate-name', {
    en: 'Issuer and subject of the public certificate in the form <I>issuer<S>subject, in quotes',
    de: 'Aussteller und Antragsteller des öffentlichen Zertifikats in der Form <I>Aussteller<S>Antragsteller, in Anführungszeichen',
  })
  const name = certificateName(config)
  const connectors = objectsOf(config.receiveConnectors, 'receiveConnector', members)
  const kept = (c: ReceiveConnector) =>
    (knownPart(c.tlsDomainCapabilities) ?? []).filter((e) => !e.pinned).map((e) => e.text)
  return setProperties(connectors, {
    set: (c) => ({
      ...(hybridRecv(c).value === 'yes' ? {} : { TlsDomainCapabilities: list([HYBRID_ENTRY, ...kept(c)]) }),
      ...(isUnset(c.tlsCertificateName) === 'yes'
        ? { TlsCertificateName: name === undefined ? asked : str(name) }
        : {}),
    }),
    alsoShow: ['Fqdn', 'Bindings'],
    before: [wholeList('TlsDomainCapabilities')],
    effect: 'reconnect',
    minutes: 15,
  })
}

import { pairKey } from '../../mailflow/certificate-selection'
import { connectorsOf, connectorsOfMembers } from '../../mailflow/connectors-of'
import { isServiceDomain, normHost } from '../../mailflow/exchange-online-names'
import { forestOf, forestsOf } from '../../mailflow/forest'
import { hybridEvidenceReads, isHybridEntry } from '../../mailflow/hybrid'
import { answersExchangeOnline, withoutHybridReceive } from '../../mailflow/hybrid-receive'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { takesAny } from '../../mailflow/ranges'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { serverKey } from '../../mailflow/server-names'
import { type Config, isUnset, known, knownPart, type Property, type ReceiveConnector } from '../../model'
import { type Code, list, recordedValue, setProperties, str, wizardRemark } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-receive-servers-inconsistent',
  family: 'hybrid-receive',
  question: 4,
  severities: ['high'],
  needs: ['receiveConnectors'],
  optional: ['hybridConfigurations', 'sendConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: {
    ...hybridEvidenceReads,
    receiveConnectors: [
      ...hybridEvidenceReads.receiveConnectors,
      'Bindings',
      'RemoteIPRanges',
      'TlsCertificateName',
      'TransportRole',
      'DistinguishedName',
    ],
    hybridConfigurations: [
      ...hybridEvidenceReads.hybridConfigurations,
      'ReceivingTransportServers',
      'EdgeTransportServers',
      'TlsCertificateName',
      'DistinguishedName',
    ],
  },
  references: [
    'https://learn.microsoft.com/exchange/transport-routing',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const aspects = ['name', 'cloud', 'ranges'] as const
type Aspect = (typeof aspects)[number]

/** What the servers have in common when they are alike. undefined: unknown, or another rule speaks of it. */
type Look = Readonly<Record<Aspect, string | undefined>>
type Receiver = {
  readonly server: string
  readonly connectors: readonly ReceiveConnector[]
  readonly look: Look
  readonly open: boolean
}

const properties: Readonly<Record<Aspect, 'TlsCertificateName' | 'TlsDomainCapabilities' | 'RemoteIPRanges'>> = {
  name: 'TlsCertificateName',
  cloud: 'TlsDomainCapabilities',
  ranges: 'RemoteIPRanges',
}
const propertyOf = (c: ReceiveConnector, aspect: Aspect): Property<unknown> =>
  aspect === 'name' ? c.tlsCertificateName : aspect === 'cloud' ? c.tlsDomainCapabilities : c.remoteIPRanges

const texts = (values: readonly string[]): string | undefined =>
  values.length === 0 ? undefined : [...new Set(values)].sort().join(' ')

/** The pair that is named. An empty or malformed name is a fault of its own. */
function pairNamed(c: ReceiveConnector): readonly string[] {
  const name = known(c.tlsCertificateName)
  return name?.syntax === 'standard' ? [pairKey(name.issuer, name.subject)] : []
}

/** The names of Exchange Online that are recognised. Which of the two capabilities they have depends on the version. */
const cloudsOf = (c: ReceiveConnector): readonly string[] =>
  (knownPart(c.tlsDomainCapabilities) ?? [])
    .filter((e) => isHybridEntry(e) && isServiceDomain(e.domain))
    .map((e) => normHost(e.domain))

/** Everybody, or certain ranges: with both behind one smart host a session is taken here and refused there. */
function reachOf(connectors: readonly ReceiveConnector[]): string | undefined {
  const all = connectors.map(takesAny)
  return all.includes('yes') ? 'any' : all.includes('unknown') || all.length === 0 ? undefined : 'ranges'
}

function receiverOf(config: Config, server: string): Receiver {
  const answers = connectorsOf(config, server).map((c) => ({ c, value: answersExchangeOnline(c).value }))
  const connectors = answers.filter((a) => a.value === 'yes').map((a) => a.c)
  const look: Look = {
    name: texts(connectors.flatMap(pairNamed)),
    cloud: texts(connectors.flatMap(cloudsOf)),
    ranges: reachOf(connectors),
  }
  const open =
    isListedWhole(config, 'receiveConnectors', server) !== 'yes' ||
    answers.some((a) => a.value === 'unknown') ||
    connectors.some(
      (c) =>
        (c.tlsCertificateName.state !== 'ok' && isUnset(c.tlsCertificateName) !== 'yes') ||
        known(c.tlsDomainCapabilities) === undefined ||
        known(c.remoteIPRanges) === undefined,
    )
  return { server, connectors, look, open }
}

type Servers = { readonly names: readonly string[]; readonly told: boolean; readonly whole: boolean }

/** The servers that receive from Exchange Online: those of the hybrid configuration, else those that could. */
function serversOf(config: Config): Servers {
  const lists = config.hybridConfigurations.flatMap((h) => [h.receivingTransportServers, h.edgeTransportServers])
  const named = lists.flatMap((p) => knownPart(p) ?? [])
  const able = config.receiveConnectors
    .filter((c) => answersExchangeOnline(c).value === 'yes')
    .flatMap((c) => c.server ?? [])
  const names = [...new Map((named.length > 0 ? named : able).map((s) => [serverKey(s), s])).values()]
  return {
    names,
    told: named.length > 0,
    whole: named.length > 0 && lists.every((p) => p.state === 'null' || known(p) !== undefined),
  }
}

/** The look that most servers have; that of the first where none has more. */
function usual(looks: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>()
  for (const look of looks) if (look !== undefined) counts.set(look, (counts.get(look) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** What the servers ought to look like: the certificate of the hybrid configuration, otherwise what most have. */
function normOf(config: Config, receivers: readonly Receiver[]): Look {
  const [configured] = config.hybridConfigurations.flatMap((h) => {
    const name = known(h.tlsCertificateName)
    return name?.syntax === 'standard' ? [pairKey(name.issuer, name.subject)] : []
  })
  const names = receivers.map((r) => r.look.name)
  return {
    name: configured !== undefined && names.includes(configured) ? configured : usual(names),
    cloud: usual(receivers.map((r) => r.look.cloud)),
    ranges: usual(receivers.map((r) => r.look.ranges)),
  }
}

const deviations = (norm: Look, { look }: Receiver): readonly Aspect[] =>
  aspects.filter((a) => look[a] !== undefined && look[a] !== norm[a])

/** Where the servers were not told, no listing proves that these are the ones that receive. */
function missingOf(servers: Servers, receivers: readonly Receiver[]): readonly Missing[] {
  const open = receivers.filter((r) => r.open)
  return [
    ...(open.length > 0
      ? [
          exportOf(
            'receiveConnectors',
            'on-premises',
            open.map((r) => r.server),
          ),
        ]
      : []),
    ...(servers.whole ? [] : [exportOf('hybridConfigurations')]),
  ]
}

/** Each forest has a smart host and a certificate of its own: only its servers are to be alike. */
function partsOf(config: Config): readonly Config[] {
  const forests = forestsOf(config)
  if (forests.length < 2) return [config]
  const of = (forest: string | undefined): Config => ({
    ...config,
    hybridConfigurations: config.hybridConfigurations.filter((h) => forestOf(h) === forest),
    receiveConnectors: config.receiveConnectors.filter((c) => forestOf(c) === forest),
  })
  return [...forests, undefined].map(of).filter((part) => part.receiveConnectors.length > 0)
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  if (serversOf(config).names.length === 0) yield* withoutHybridReceive(config)
  else for (const part of partsOf(config)) yield* judge(part)
}

function* judge(config: Config): Iterable<Verdict> {
  const servers = serversOf(config)
  if (servers.names.length === 0) return
  const receivers = servers.names.map((s) => receiverOf(config, s))
  const norm = normOf(config, receivers)
  const deviating = receivers.filter((r) => deviations(norm, r).length > 0)
  const [missing, ...more] = missingOf(servers, receivers)
  if (deviating.length > 0) yield failure(norm, receivers, nonEmpty(deviating), servers.told)
  else if (servers.names.length < 2 && servers.whole)
    return // one server cannot differ
  else if (missing) yield { state: 'not-assessed', missing: [missing, ...more] }
  else if (receivers.filter((r) => r.connectors.length > 0).length > 1) yield { state: 'pass' }
}

function failure(
  norm: Look,
  receivers: readonly Receiver[],
  deviating: readonly [Receiver, ...Receiver[]],
  told: boolean,
): Fail {
  const differing = aspects.filter((a) => deviating.some((r) => deviations(norm, r).includes(a)))
  const usualOnes = receivers.filter((r) => !deviating.includes(r))
  const lines = (of: readonly Receiver[], aspect: Aspect) =>
    of.flatMap((r) => r.connectors.flatMap((c) => evidenceOf(propertyOf(c, aspect))))
  const [first, ...rest] = nonEmpty(deviating.flatMap((r) => r.connectors))
  const value = (aspect: Aspect) => (differing.includes(aspect) ? 'yes' : 'no')
  const proof = (aspect: Aspect) => lines(deviating, aspect)[0]
  return {
    state: 'fail',
    key: '',
    side: first.side,
    severity: 'high',
    confidence: told ? 'proven' : 'likely',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(first), ...rest.map(refOf)],
    params: {
      difference: differing.length > 1 ? 'several' : (differing[0] ?? ''),
      servers: deviating
        .map((r) => r.server)
        .slice(0, 3)
        .join(', '),
      serverCount: deviating.length,
      others: usualOnes
        .map((r) => r.server)
        .slice(0, 3)
        .join(', '),
      properties: differing.map((a) => properties[a]).join(', '),
    },
    evidence: nonEmpty(differing.flatMap((a) => [...lines(deviating, a), ...lines(usualOnes, a)]).slice(0, 20)),
    conditions: aspects.map((a) => {
      const line = proof(a)
      return { key: a, value: value(a), ...(value(a) === 'yes' && line ? { evidence: line } : {}) }
    }),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const values = new Map(partsOf(config).flatMap((part) => [...valuesIn(part)]))
  const connectors = connectorsOfMembers(config, members).filter((c) => Object.keys(values.get(c) ?? {}).length > 0)
  return setProperties(connectors, {
    set: (o) => values.get(o as ReceiveConnector) ?? {},
    after: [wizardRemark],
    effect: 'reconnect',
    minutes: 15,
  })
}

function codeOf(c: ReceiveConnector, aspect: Aspect): Code | undefined {
  if (aspect === 'name') {
    const name = known(c.tlsCertificateName)
    return name && str(name.text)
  }
  if (aspect === 'cloud') {
    const entries = known(c.tlsDomainCapabilities)
    return entries && list(entries.map((e) => e.text))
  }
  return recordedValue(c, 'RemoteIPRanges')
}

/** A connector of a server that looks as all should, for each aspect: the others take its values. */
function* valuesIn(config: Config): Iterable<readonly [ReceiveConnector, Readonly<Record<string, Code>>]> {
  const receivers = serversOf(config).names.map((s) => receiverOf(config, s))
  const norm = normOf(config, receivers)
  const wanted = (aspect: Aspect): readonly (readonly [string, Code])[] => {
    const from = receivers.find((r) => r.look[aspect] === norm[aspect])?.connectors[0]
    const code = from && codeOf(from, aspect)
    return code ? [[properties[aspect], code]] : []
  }
  for (const r of receivers)
    for (const c of r.connectors) yield [c, Object.fromEntries(deviations(norm, r).flatMap(wanted))]
}

import {
  and,
  type Certificate,
  type CollectionName,
  type Config,
  type HybridConfiguration,
  isTrue,
  isUnset,
  knownPart,
  or,
  type Property,
  type ReceiveConnector,
  type SendConnector,
  type TlsCertificateName,
  type Tri,
  tri,
} from '../model'
import type { EvidenceRef, Missing } from '../rules/define-rule'
import { hasPassed, momentOf, servesAnything } from './certificate-facts'
import { pairOf, pairOfName } from './certificate-selection'
import { certificateUses, inventoryOf, sideOf, type Use } from './certificate-uses'
import { allOf, type Fact, fact } from './fact'
import { hybridRecv, strongHybridEvidence } from './hybrid'
import { hybridSend, sendConnectorsOf } from './hybrid-connectors'
import { isListedWhole } from './listing'
import { exportOf, exportOfObject } from './missing'
import { serverKey } from './server-names'
import { majorVersion, transportRole } from './transport-role'
import { serverNames } from './transport-servers'

export type Connector = ReceiveConnector | SendConnector

export const isSend = (c: Connector): c is SendConnector => c.collection === 'sendConnectors'

/** Is it the connector to or from Exchange Online? Says nothing of Enabled. */
export function isHybridConnector(c: Connector): Fact {
  const found = hybridConnectors.get(c) ?? (isSend(c) ? hybridSend(c) : hybridRecv(c))
  hybridConnectors.set(c, found)
  return found
}

const hybridConnectors = new WeakMap<Connector, Fact>()

/** The issuer and subject that the connector names; undefined for every other value. */
export const pairNamed = (p: Property<TlsCertificateName>): string | undefined =>
  p.state === 'ok' && p.value.syntax === 'standard' ? pairOfName(p.value) : undefined

/** Behind the front end Exchange takes its internal certificate, whatever the connector names. */
export const takesNamed = (config: Config, c: ReceiveConnector): boolean =>
  !(transportRole(config, c) === 'hub' && c.transportRole.state === 'ok')

/** What is read to tell which certificate a connector takes, and whether that is one of Exchange Online: for the `reads` of rules. */
export const certificateReads = {
  certificates: [
    'Thumbprint',
    'Subject',
    'Issuer',
    'CertificateDomains',
    'NotBefore',
    'NotAfter',
    'Services',
    'Status',
    'IsSelfSigned',
    'HasPrivateKey',
  ],
  receiveConnectors: [
    'Enabled',
    'AuthMechanism',
    'TlsCertificateName',
    'Fqdn',
    'TransportRole',
    'TlsDomainCapabilities',
  ],
  sendConnectors: [
    'Enabled',
    'TlsCertificateName',
    'SourceTransportServers',
    'AddressSpaces',
    'SmartHosts',
    'CloudServicesMailEnabled',
  ],
} as const satisfies Partial<Record<CollectionName, readonly string[]>>

/** Connectors that look for a certificate by name, those of Exchange Online and of the service behind the front end left out. */
export const namingConnectors = (config: Config): readonly Connector[] => [
  ...sendConnectorsOf(config),
  ...config.receiveConnectors.filter((c) => takesNamed(config, c)),
]

/** Where a connector needs its certificate: its own server, or all of its source servers. */
export const serversOfConnector = (c: Connector): readonly string[] =>
  isSend(c) ? (knownPart(c.sourceTransportServers) ?? []) : c.server === null ? [] : [c.server]

/** Does the connector name no certificate? Exchange 2010 has no TlsCertificateName that could be printed. */
export function isUnnamed(config: Config, c: Connector): Tri {
  const servers = serversOfConnector(c)
  const is2010 = servers.length > 0 && servers.every((s) => majorVersion(config, s) === 14)
  return c.tlsCertificateName.state === 'missing' && is2010 ? 'yes' : isUnset(c.tlsCertificateName)
}

type Index = {
  /** Enabled connectors by server and pair. */
  readonly named: ReadonlyMap<string, readonly Connector[]>
  readonly hybridConfigurations: ReadonlyMap<string, readonly HybridConfiguration[]>
  /** STARTTLS winners by host name, by certificate. */
  readonly winners: ReadonlyMap<string, readonly Use[]>
  /** By server: what keeps a connector's choice open. '' stands for every server. */
  readonly open: ReadonlyMap<string, readonly Missing[]>
  /** Exports that would show whether anything else names a certificate. */
  readonly notListed: readonly Missing[]
  readonly usages: Map<Certificate, Usage>
}

const indexes = new WeakMap<Config, { readonly asOf: number; readonly index: Index }>()

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}

/** A property that is not set, or names a pair, decides; so does one of a kind that names nothing. */
const isOpenName = (p: Property<unknown>): boolean => p.state !== 'ok' && isUnset(p) !== 'yes'

function collectNames(config: Config, named: Map<string, Connector[]>, open: Map<string, Missing[]>): void {
  for (const c of namingConnectors(config)) {
    const pair = pairNamed(c.tlsCertificateName)
    const enabled = isTrue(c.enabled)
    if (enabled === 'no') continue
    const servers = serversOfConnector(c)
    const unsure =
      (pair !== undefined && enabled === 'unknown') ||
      (isOpenName(c.tlsCertificateName) && isUnnamed(config, c) !== 'yes')
    const everywhere = isSend(c) ? c.sourceTransportServers.state !== 'ok' : c.server === null
    if (unsure) for (const s of servers) push(open, serverKey(s), exportOfObject(c))
    if (everywhere && (unsure || pair !== undefined)) push(open, '', exportOfObject(c))
    if (pair !== undefined && enabled === 'yes') for (const s of servers) push(named, `${serverKey(s)} ${pair}`, c)
  }
}

function collectWinners(uses: readonly Use[], open: Map<string, Missing[]>): Map<string, Use[]> {
  const winners = new Map<string, Use[]>()
  for (const use of uses) {
    if (use.search.by === 'unknown' && use.missing) push(open, serverKey(use.server), use.missing)
    if (use.search.by === 'host') for (const c of use.picked) push(winners, c.id, use)
  }
  return winners
}

function indexOf(config: Config, asOf: Date): Index {
  const present = indexes.get(config)
  if (present?.asOf === asOf.getTime()) return present.index
  const named = new Map<string, Connector[]>()
  const open = new Map<string, Missing[]>()
  const hybridConfigurations = new Map<string, HybridConfiguration[]>()
  collectNames(config, named, open)
  for (const h of config.hybridConfigurations) {
    const pair = pairNamed(h.tlsCertificateName)
    if (pair !== undefined) push(hybridConfigurations, pair, h)
    else if (isOpenName(h.tlsCertificateName)) push(open, '', exportOfObject(h))
  }
  const winners = collectWinners(certificateUses(config, asOf), open)
  const index: Index = {
    named,
    hybridConfigurations,
    winners,
    open,
    notListed: notListedBesides(config),
    usages: new Map(),
  }
  indexes.set(config, { asOf: asOf.getTime(), index })
  return index
}

/** What a certificate is used for on its server. */
export type Usage = {
  /** Enabled connectors that name its issuer and subject. */
  readonly connectors: readonly Connector[]
  /** Does one of them lead to or from Exchange Online? */
  readonly hybrid: Tri
  /** Does a TlsCertificateName stand for it, of a connector or of the hybrid configuration? */
  readonly named: Fact
  /** Named, taken for STARTTLS by host name, or bound to SMTP, IIS, IMAP or POP. */
  readonly inUse: Fact
  /** What would decide where `inUse` or `hybrid` is unknown. */
  readonly missing: readonly Missing[]
}

const winnerFact = (uses: readonly Use[]): Fact => {
  const sure = uses.find((u) => isTrue(u.connector.enabled) === 'yes' && u.picked.length === 1 && !u.missing)
  const from = sure?.search.by === 'host' ? sure.search.from : null
  return sure ? fact('yes', ...(from ? [from] : [])) : { value: uses.length > 0 ? 'unknown' : 'no', evidence: [] }
}

function notListedBesides(config: Config): readonly Missing[] {
  const send = isListedWhole(config, 'sendConnectors') === 'yes' ? [] : [exportOf('sendConnectors')]
  const hybrid =
    isListedWhole(config, 'hybridConfigurations') === 'yes' || strongHybridEvidence(config).value === 'no'
      ? []
      : [exportOf('hybridConfigurations')]
  return [...send, ...hybrid]
}

/** What stands in the way of saying that nothing names the certificate. */
function notListed(config: Config, index: Index, c: Certificate): readonly Missing[] {
  const server = c.server
  const receive =
    server !== null && isListedWhole(config, 'receiveConnectors', server) === 'yes'
      ? []
      : [exportOf('receiveConnectors', c.side, server === null ? [] : [server])]
  const open = [...(index.open.get('') ?? []), ...(server === null ? [] : (index.open.get(serverKey(server)) ?? []))]
  return [...receive, ...index.notListed, ...open]
}

/** The only server there is stands in where an export does not say whose certificates it shows. */
function serverOf(config: Config, c: Certificate): string | null {
  if (c.server !== null) return c.server
  const names = serverNames(config)
  return names.length === 1 ? (names[0] ?? null) : null
}

/** Nobody reads more lines than these. */
const EVIDENCE_MAX = 10

const unite = (a: Fact, b: Fact): Fact => ({ value: or(a.value, b.value), evidence: [...a.evidence, ...b.evidence] })

/** Worked out once per certificate and server. */
export function usageOf(config: Config, asOf: Date, c: Certificate): Usage {
  const index = indexOf(config, asOf)
  const found = index.usages.get(c) ?? readUsage(config, index, c)
  index.usages.set(c, found)
  return found
}

function readUsage(config: Config, index: Index, c: Certificate): Usage {
  const pair = pairOf(c)
  const server = serverOf(config, c)
  const connectors =
    pair === undefined || server === null ? [] : (index.named.get(`${serverKey(server)} ${pair}`) ?? [])
  const objects = [...connectors, ...(pair === undefined ? [] : (index.hybridConfigurations.get(pair) ?? []))]
  const open = notListed(config, index, c)
  const gaps = pair === undefined || server === null ? [exportOfObject(c), ...open] : open
  const named: Fact =
    objects.length > 0
      ? fact('yes', ...objects.slice(0, EVIDENCE_MAX).map((o) => o.tlsCertificateName))
      : { value: gaps.length > 0 ? 'unknown' : 'no', evidence: [] }
  const services = fact(servesAnything(c), c.services)
  const served: Fact = services.value === 'yes' ? services : { value: services.value, evidence: [] }
  const winner = winnerFact(index.winners.get(c.id) ?? [])
  const inUse = unite(unite(named, winner), served)
  const hybrid = or(
    ...connectors.map((x) => isHybridConnector(x).value),
    objects.length === 0 && gaps.length > 0 ? 'unknown' : 'no',
  )
  return {
    connectors,
    hybrid: hybrid === 'no' && gaps.length > 0 ? 'unknown' : hybrid,
    named,
    inUse,
    missing: [
      ...gaps,
      ...(services.value === 'unknown' ? [exportOfObject(c)] : []),
      ...(winner.value === 'unknown' ? [exportOf('certificates', c.side, server === null ? [] : [server])] : []),
      ...connectors.filter((x) => isHybridConnector(x).value === 'unknown').map(exportOfObject),
    ],
  }
}

const usable = (c: Certificate): boolean =>
  c.status.state !== 'ok' ||
  !['revoked', 'untrusted', 'invalid', 'dateinvalid', 'pendingrequest'].includes(c.status.value.toLowerCase())

/** Valid on that day and with its key, as far as the export tells: what may take the place of another certificate. */
export const canServe = (c: Certificate, asOf: Date): Tri =>
  and(
    isTrue(c.hasPrivateKey),
    hasPassed(c.notBefore, asOf),
    hasPassed(c.notAfter, asOf) === 'yes' ? 'no' : hasPassed(c.notAfter, asOf) === 'no' ? 'yes' : 'unknown',
    tri(usable(c)),
  )

/** Another certificate of the server with the same issuer and subject that is valid and ends later: the connectors take that one. */
export function validTwin(config: Config, asOf: Date, c: Certificate): Certificate | undefined {
  const pair = pairOf(c)
  const end = momentOf(c.notAfter)?.at
  const server = serverOf(config, c)
  if (pair === undefined || end === undefined || server === null) return undefined
  return inventoryOf(config, server)
    .byPair.get(pair)
    ?.find((x) => x.id !== c.id && canServe(x, asOf) === 'yes' && (momentOf(x.notAfter)?.at ?? 0) > end)
}

/** Is it the certificate for the traffic between the own servers? unknown without Get-TransportService of its server. */
export function isInternalTransport(config: Config, c: Certificate): Tri {
  const server = serverOf(config, c)
  const service = config.transportServices.find((t) => server !== null && serverKey(t.name) === serverKey(server))
  const p = service?.properties.InternalTransportCertificateThumbprint
  if (p?.state === 'null' || p?.state === 'empty') return 'no'
  return p?.state === 'ok' ? tri(String(p.value).trim().toLowerCase() === c.thumbprint.toLowerCase()) : 'unknown'
}

/** Servers that the exports name and whose certificates were not exported. */
export function withoutInventory(config: Config): readonly Missing[] {
  const servers = serverNames(config).filter((s) => !inventoryOf(config, s).uploaded)
  const sides = [...new Set(servers.map((s) => sideOf(config, s)))]
  return sides.map((side) =>
    exportOf(
      'certificates',
      side,
      servers.filter((s) => sideOf(config, s) === side),
    ),
  )
}

export const firstOf = (refs: readonly EvidenceRef[]): { readonly evidence?: EvidenceRef } =>
  refs[0] ? { evidence: refs[0] } : {}

/** A hybrid connector that names its certificate, on one server: what it takes there, or what is missing to tell. */
export type HybridPick = {
  readonly connector: Connector
  /** Enabled, and to or from Exchange Online. */
  readonly sure: Tri
  readonly picked: readonly Certificate[]
  readonly missing: readonly Missing[]
  readonly evidence: readonly EvidenceRef[]
}

const enabledHybrid = new WeakMap<Connector, Fact>()

function hybridTri(c: Connector): Fact {
  const found = enabledHybrid.get(c) ?? allOf([fact(isTrue(c.enabled), c.enabled), isHybridConnector(c)])
  enabledHybrid.set(c, found)
  return found
}

/** Certificates by which the organisation shows itself to Exchange Online, per connector and server. */
export function* hybridPicks(config: Config, asOf: Date): Iterable<HybridPick> {
  for (const use of certificateUses(config, asOf)) {
    const { connector } = use
    const hybrid = hybridTri(connector)
    if (hybrid.value === 'no' || use.search.by === 'host') continue
    const open = hybrid.value === 'unknown' ? [exportOfObject(connector)] : []
    const evidence = [...fact('yes', connector.tlsCertificateName).evidence, ...hybrid.evidence]
    const missing = [...(use.missing ? [use.missing] : []), ...open]
    yield { connector, sure: hybrid.value, picked: use.picked, missing, evidence }
  }
  for (const connector of sendConnectorsOf(config)) {
    const sure = hybridTri(connector).value
    const isWhole = connector.sourceTransportServers.state === 'ok'
    if (isWhole || sure === 'no' || isUnnamed(config, connector) === 'yes') continue
    yield { connector, sure, picked: [], missing: [exportOfObject(connector)], evidence: [] }
  }
}

/** Where no hybrid connector was judged: is hybrid mail certainly not there, or what would tell? */
export function openHybrid(config: Config): readonly Missing[] {
  const hybrid = strongHybridEvidence(config).value
  if (hybrid === 'no') return []
  const lists = (['sendConnectors', 'receiveConnectors'] as const).filter((l) => isListedWhole(config, l) !== 'yes')
  return [...(hybrid === 'unknown' ? [exportOf('hybridConfigurations')] : []), ...lists.map((l) => exportOf(l))]
}

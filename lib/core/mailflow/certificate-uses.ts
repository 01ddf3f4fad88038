import {
  type Certificate,
  type Config,
  isTrue,
  isUnset,
  knownPart,
  type ReceiveConnector,
  type SendConnector,
  type Side,
  type TlsCertificateName,
  type Tri,
} from '../model'
import type { Missing } from '../rules/define-rule'
import {
  type CertificateSearch,
  certificatesOf,
  type Inventory,
  type Picked,
  pairOf,
  pairOfName,
  pickCertificate,
  searchTest,
  starttlsSearch,
} from './certificate-selection'
import { normHost } from './exchange-online-names'
import { once, oncePer } from './once'
import { sameServer, serverKey } from './server-names'
import { majorVersion, transportRole } from './transport-role'

/** A connector and the certificate it takes on a server, or what is missing to tell. */
export type Use = {
  readonly connector: ReceiveConnector | SendConnector
  readonly search: CertificateSearch
  readonly server: string
  /** All that may be picked; empty where the connector finds none, which is another rule's matter. */
  readonly picked: readonly Certificate[]
  readonly missing: Missing | null
}

const certificates = (server: string, side: Side): Missing => ({
  cmdlet: 'Get-ExchangeCertificate',
  side,
  servers: [server],
})

const serversKnown = new WeakMap<Config, ReadonlySet<string>>()

function serversIn(config: Config): ReadonlySet<string> {
  const present = serversKnown.get(config)
  if (present) return present
  const named = [
    ...config.receiveConnectors.map((c) => c.server),
    ...config.certificates.map((c) => c.server),
    ...config.sendConnectors.flatMap((s) => knownPart(s.sourceTransportServers) ?? []),
  ]
  const found = new Set(named.flatMap((s) => (s === null ? [] : [serverKey(s)])))
  serversKnown.set(config, found)
  return found
}

/** The certificates of a server, by issuer and subject, and whether an export shows that these are all. */
export type ServerInventory = Inventory & {
  readonly whole: Tri
  readonly byPair: ReadonlyMap<string, readonly Certificate[]>
  /** Those of which issuer or subject are not known: they may be any. */
  readonly withoutPair: readonly Certificate[]
}

export const inventoryOf = oncePer((config, server: string): ServerInventory => {
  const only = serversIn(config).size <= 1
  const inventory = certificatesOf(config, server, only)
  const isWhole = config.exports.some(
    (b) =>
      b.collection === 'certificates' &&
      b.listing === 'all' &&
      (b.server === null ? only : sameServer(b.server, server)),
  )
  const byPair = new Map<string, Certificate[]>()
  const withoutPair: Certificate[] = []
  for (const c of inventory.certificates) {
    const pair = pairOf(c)
    if (pair === undefined) withoutPair.push(c)
    else byPair.set(pair, [...(byPair.get(pair) ?? []), c])
  }
  return { ...inventory, whole: isWhole ? 'yes' : inventory.uploaded ? 'unknown' : 'no', byPair, withoutPair }
})

/** Those among which the certificate of that name can be: all that may have its issuer and subject. */
export const namedIn = ({ byPair, withoutPair }: ServerInventory, name: TlsCertificateName): readonly Certificate[] => [
  ...(byPair.get(pairOfName(name)) ?? []),
  ...withoutPair,
]

type Site = { readonly config: Config; readonly asOf: Date; readonly picks: Map<string, Picked> }

/** Connectors of a server mostly look for the same: once is enough. */
function pickFrom(site: Site, inventory: ServerInventory, search: CertificateSearch, server: string): Picked {
  const key =
    search.by === 'name'
      ? `${serverKey(server)} ${pairOfName(search.name)}`
      : `${serverKey(server)} ${search.by === 'host' ? normHost(search.host) : ''}`
  const own = search.by === 'name' ? namedIn(inventory, search.name) : inventory.certificates
  const picked = site.picks.get(key) ?? pickCertificate(own, searchTest(search), site.asOf)
  site.picks.set(key, picked)
  return picked
}

function pickOn(
  site: Site,
  connector: Use['connector'],
  search: CertificateSearch,
  server: string,
  side: Side,
): Use | undefined {
  const base = { connector, search, server }
  if (search.by === 'nothing') return undefined
  if (search.by === 'unknown')
    return { ...base, picked: [], missing: { cmdlet: search.cmdlet, side, servers: [server] } }
  const inventory = inventoryOf(site.config, server)
  if (!inventory.uploaded) return { ...base, picked: [], missing: certificates(server, side) }
  const { certificates: picked, orNone } = pickFrom(site, inventory, search, server)
  return { ...base, picked, missing: orNone && picked.length > 0 ? certificates(server, side) : null }
}

/** Behind the front end Exchange uses its internal certificate, which no name selects. */
function* receiveUses(site: Site): Iterable<Use> {
  for (const c of site.config.receiveConnectors) {
    if (c.server === null || isTrue(c.enabled) === 'no') continue
    const role = transportRole(site.config, c)
    if (role === 'hub' && c.transportRole.state === 'ok') continue
    const found = pickOn(site, c, starttlsSearch(c, site.config), c.server, c.side)
    if (found) yield found
  }
}

/** Send connectors of Exchange 2010 have no TlsCertificateName. */
const of2010 = (config: Config, s: SendConnector): boolean =>
  s.tlsCertificateName.state === 'missing' &&
  (knownPart(s.sourceTransportServers) ?? []).every((server) => majorVersion(config, server) === 14)

function searchOf(config: Config, s: SendConnector): CertificateSearch {
  if (of2010(config, s)) return { by: 'nothing' }
  const name = s.tlsCertificateName
  if (name.state === 'ok')
    return name.value.syntax === 'standard' ? { by: 'name', name: name.value, from: name } : { by: 'nothing' }
  // Without a name the certificate is chosen by host name at send time; nothing pins it.
  return isUnset(name) === 'yes' ? { by: 'nothing' } : { by: 'unknown', cmdlet: 'Get-SendConnector' }
}

/** Where the server is asked: an Edge answers only for itself. */
export const sideOf = (config: Config, server: string): Side =>
  edges(config).has(serverKey(server)) ? 'edge' : 'on-premises'

const edges = once((config): ReadonlySet<string> => {
  const listed = config.receiveConnectors.filter((c) => c.side === 'edge').flatMap((c) => c.server ?? [])
  const named = config.servers.filter((s) => knownPart(s.serverRole)?.some((r) => r.toLowerCase() === 'edge'))
  return new Set([...listed, ...named.map((s) => s.name)].map(serverKey))
})

function* sendUses(site: Site): Iterable<Use> {
  for (const s of site.config.sendConnectors) {
    if (isTrue(s.enabled) === 'no' || s.side === 'exchange-online') continue
    const search = searchOf(site.config, s)
    for (const server of knownPart(s.sourceTransportServers) ?? []) {
      const found = pickOn(site, s, search, server, sideOf(site.config, server))
      if (found) yield found
    }
  }
}

const found = new WeakMap<Config, { readonly asOf: number; readonly uses: readonly Use[] }>()

/** Every connector that is not disabled with the certificate that it takes, per server. */
export function certificateUses(config: Config, asOf: Date): readonly Use[] {
  const known = found.get(config)
  if (known && known.asOf === asOf.getTime()) return known.uses
  const uses = [...usesOf(config, asOf)]
  found.set(config, { asOf: asOf.getTime(), uses })
  return uses
}

function* usesOf(config: Config, asOf: Date): Iterable<Use> {
  const site: Site = { config, asOf, picks: new Map() }
  yield* receiveUses(site)
  yield* sendUses(site)
}

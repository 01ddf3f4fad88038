import {
  type Certificate,
  type Config,
  isTrue,
  isUnset,
  knownPart,
  type ReceiveConnector,
  type SendConnector,
  type Side,
  type Tri,
} from '../model'
import type { Missing } from '../rules/define-rule'
import {
  type CertificateSearch,
  certificatesOf,
  type Inventory,
  pickCertificate,
  searchTest,
  starttlsSearch,
} from './certificate-selection'
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

/** The certificates of a server, and whether an export shows that these are all. */
export type ServerInventory = Inventory & { readonly whole: Tri }

export function inventoryOf(config: Config, server: string): ServerInventory {
  const only = serversIn(config).size <= 1
  const inventory = certificatesOf(config, server, only)
  const isWhole = config.exports.some(
    (b) =>
      b.collection === 'certificates' &&
      b.listing === 'all' &&
      (b.server === null ? only : sameServer(b.server, server)),
  )
  return { ...inventory, whole: isWhole ? 'yes' : inventory.uploaded ? 'unknown' : 'no' }
}

type Site = { readonly config: Config; readonly asOf: Date; readonly only: boolean }

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
  const { certificates: own, uploaded } = certificatesOf(site.config, server, site.only)
  if (!uploaded) return { ...base, picked: [], missing: certificates(server, side) }
  const { certificates: picked, orNone } = pickCertificate(own, searchTest(search), site.asOf)
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
  config.receiveConnectors.some(
    (c) => c.side === 'edge' && c.server !== null && serverKey(c.server) === serverKey(server),
  ) ||
  config.servers.some(
    (s) => serverKey(s.name) === serverKey(server) && knownPart(s.serverRole)?.some((r) => r.toLowerCase() === 'edge'),
  )
    ? 'edge'
    : 'on-premises'

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
  const site = { config, asOf, only: serversIn(config).size <= 1 }
  yield* receiveUses(site)
  yield* sendUses(site)
}

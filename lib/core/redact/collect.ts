import { collections } from '../model'
import type { InventoryObject, Report } from '../report/schema'
import { isAuthority } from './well-known'

/** A name that the exports give to something, and what that is. */
export type Named = { readonly name: string; readonly of: NamedKind }
export type NamedKind =
  | 'server'
  | 'edge'
  | 'receive'
  | 'send'
  | 'inbound'
  | 'outbound'
  | 'rule'
  | 'site'
  | 'organisation'
  | 'place'
  | 'account'
  | 'authority'
  | 'object'

const kindOf: Partial<Record<(typeof collections)[number], NamedKind>> = {
  receiveConnectors: 'receive',
  sendConnectors: 'send',
  inboundConnectors: 'inbound',
  outboundConnectors: 'outbound',
  transportRules: 'rule',
  certificates: 'object',
}

const shortName = (host: string): string => (/^[\d.]+$/.test(host) ? host : (host.split('.')[0] ?? host))
const textsOf = (o: InventoryObject, name: string): readonly string[] => {
  const value = o.properties[name]?.value
  return typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
}
const SERVER_LISTS = [
  ...['Server', 'SourceTransportServers', 'ReceivingTransportServers', 'SendingTransportServers'],
  ...['EdgeTransportServers', 'ClientAccessServers', 'HomeMtaServerId'],
]

/** Every server that the report names, the Edge servers first. */
function* serversOf(report: Report): Generator<Named> {
  for (const o of objectsOf(report)) {
    const edge = o.side === 'edge' || textsOf(o, 'ServerRole').includes('Edge')
    if (o.server !== null && o.server !== '?') yield { name: shortName(o.server), of: edge ? 'edge' : 'server' }
    for (const name of textsOf(o, 'EdgeTransportServers')) yield { name: shortName(name), of: 'edge' }
  }
  for (const o of [...report.inventory.edgeSubscriptions]) yield { name: shortName(o.id), of: 'edge' }
  for (const o of report.inventory.servers)
    yield { name: shortName(o.id), of: textsOf(o, 'ServerRole').includes('Edge') ? 'edge' : 'server' }
  for (const o of report.inventory.transportServices) yield { name: shortName(o.id), of: 'server' }
  for (const o of objectsOf(report))
    for (const list of SERVER_LISTS) for (const name of textsOf(o, list)) yield { name: shortName(name), of: 'server' }
  for (const s of report.sources)
    for (const b of s.blocks)
      if (b.server !== null) yield { name: shortName(b.server), of: b.side === 'edge' ? 'edge' : 'server' }
  const missing = [...report.outcomes.flatMap((o) => o.missing), ...report.findings.flatMap((f) => f.couldRaise)]
  for (const name of missing.flatMap((m) => m.servers)) yield { name: shortName(name), of: 'server' }
}

function* objectsOf(report: Report): Generator<InventoryObject> {
  for (const c of collections) yield* report.inventory[c]
  yield* report.intended
}

/** `EX01\Relay` is called Relay. */
const nameIn = (id: string): string => id.slice(id.indexOf('\\') + 1)

function* objectNames(report: Report): Generator<Named> {
  for (const c of collections) {
    if (c === 'servers' || c === 'adPermissions' || c === 'transportServices' || c === 'edgeSubscriptions') continue
    for (const o of report.inventory[c]) {
      const of = kindOf[c] ?? 'object'
      for (const name of [nameIn(o.id), ...textsOf(o, 'Name')]) yield { name, of }
    }
  }
  for (const o of report.intended)
    for (const name of [nameIn(o.id), ...textsOf(o, 'Name')]) yield { name, of: kindOf[o.collection] ?? 'object' }
}

const ORGANISATION = /CN=([^,=]+),CN=Microsoft Exchange,CN=Services|^\/o=([^/]+)\/ou=/gi

const CERTIFICATE_NAMES = ['Subject', 'Issuer', 'TlsCertificateName', 'TlsDomainCapabilities']
const RDN = /\b(O|L|ST|S)=("[^"]*"|(?:\\.|[^,<>"\\:])*)/g

/** Companies and places in the names of certificates, but for those of certification authorities. */
function* certificateNames(o: InventoryObject): Generator<Named> {
  for (const name of CERTIFICATE_NAMES.flatMap((p) => textsOf(o, p)))
    for (const part of name.split(/(?=<S>)/)) {
      if (isAuthority(part)) continue
      for (const [, type, value = ''] of part.matchAll(RDN))
        yield { name: value.replace(/^"(.*)"$/, '$1').trim(), of: type === 'O' ? 'organisation' : 'place' }
    }
}

function* surroundings(report: Report): Generator<Named> {
  for (const o of objectsOf(report)) {
    for (const site of textsOf(o, 'Site')) yield { name: site.split('/').at(-1) ?? site, of: 'site' }
    yield* certificateNames(o)
    for (const name of textsOf(o, 'OrganizationName')) yield { name, of: 'organisation' }
    for (const dn of [...textsOf(o, 'DistinguishedName'), ...textsOf(o, 'ExchangeLegacyDN')])
      for (const [, a, b] of dn.matchAll(ORGANISATION)) yield { name: a ?? b ?? '', of: 'organisation' }
    for (const user of textsOf(o, 'User')) {
      const slash = user.indexOf('\\')
      if (slash > 0) yield { name: user.slice(0, slash), of: 'authority' }
      yield { name: user.slice(slash + 1), of: 'account' }
    }
  }
}

/** All names of a report, servers first: other names hold theirs. */
export const namesOf = (report: Report): Named[] => [
  ...serversOf(report),
  ...surroundings(report),
  ...objectNames(report),
]

/** Every text of a report, wherever it stands. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item)
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* textsIn(item)
}

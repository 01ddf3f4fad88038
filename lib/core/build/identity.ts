import { lowerName } from '../text'
import { sidOf } from './accounts'
import type { Draft } from './draft'

/** Text of a property, or undefined where it has none. */
export function textOf(d: Draft, name: string): string | undefined {
  const p = d.properties.get(lowerName(name))
  if (p === undefined || p.state === 'null' || p.state === 'empty') return undefined
  const text = p.raw.trim()
  return text === '' || text === '{}' ? undefined : text
}

/** Host name of a server as the rest of Exchange writes it: `ex01.contoso.com` → `EX01`, `EX01` and `ex01` as they are. */
export const shortHost = (host: string): string => {
  const dot = host.indexOf('.')
  return dot > 0 && !/^[\d.]+$/.test(host) ? host.slice(0, dot).toUpperCase() : host
}

const DN = /^CN=(.{1,255}?),CN=SMTP Receive Connectors,CN=Protocols,CN=([^,]{1,64}),/i
const CANONICAL = /\/Servers\/([^/]{1,64})\/Protocols\/SMTP Receive Connectors\/(.{1,255})$/i

export type ConnectorId = { readonly server: string | null; readonly name: string }

/** `EX01\Relay`, the distinguished name or the canonical name of a receive connector. */
export function connectorId(text: string): ConnectorId | undefined {
  const dn = DN.exec(text)
  if (dn) return { server: dn[2] ?? null, name: (dn[1] ?? '').replace(/\\(.)/g, '$1') }
  const canonical = CANONICAL.exec(text)
  if (canonical) return { server: canonical[1] ?? null, name: canonical[2] ?? '' }
  const slash = text.indexOf('\\')
  return slash > 0 ? { server: text.slice(0, slash), name: text.slice(slash + 1) } : undefined
}

/** The object that the command names, where the block is about that one alone: `Get-ReceiveConnector "EX01\\Relay" | fl Bindings`. */
function namedByCommand(d: Draft): string | undefined {
  const named = d.block.raw.named ?? []
  return named.length === 1 && d.block.drafts.length === 1 ? named[0] : undefined
}

function identifyReceiveConnector(d: Draft): void {
  const found =
    connectorId(textOf(d, 'Identity') ?? textOf(d, 'Id') ?? '') ??
    connectorId(textOf(d, 'DistinguishedName') ?? '') ??
    connectorId(namedByCommand(d) ?? '')
  d.name = textOf(d, 'Name') ?? found?.name ?? textOf(d, 'Identity') ?? ''
  d.server = found?.server ?? textOf(d, 'Server') ?? d.block.server
  d.server = d.server === null ? null : shortHost(d.server)
  d.id = `${d.server ?? '?'}\\${d.name}`
}

const THUMBPRINT = /^[0-9A-F]{40}$/i

function identifyCertificate(d: Draft): void {
  const identity = textOf(d, 'Identity') ?? ''
  const slash = identity.lastIndexOf('\\')
  const thumbprint = (textOf(d, 'Thumbprint') ?? (slash > 0 ? identity.slice(slash + 1) : identity))
    .replace(/[\s\u200e]/g, '')
    .toUpperCase()
  d.name = THUMBPRINT.test(thumbprint) ? thumbprint : (textOf(d, 'Thumbprint') ?? '')
  d.server = slash > 0 && identity.slice(slash + 1).length === 40 ? identity.slice(0, slash) : d.block.server
  d.server = d.server === null ? null : shortHost(d.server)
  d.id = `${d.server ?? '?'}\\${d.name}`
}

function identifyPermission(d: Draft): void {
  const text = textOf(d, 'Identity')
  const named = d.block.raw.named ?? []
  const connector = connectorId(text ?? '') ?? (named.length === 1 ? connectorId(named[0] ?? '') : undefined)
  const user = textOf(d, 'User') ?? ''
  d.server = connector?.server == null ? null : shortHost(connector.server)
  d.name = connector === undefined ? (text ?? '?') : `${d.server ?? '?'}\\${connector.name}`
  d.id = `${d.name}|${sidOf(user) ?? user}`
}

const FIXED_NAMES: Readonly<Record<string, string>> = {
  hybridConfigurations: 'Hybrid Configuration',
  transportConfigs: 'Transport Settings',
}

function identifyByName(d: Draft): void {
  d.name =
    textOf(d, 'Name') ??
    textOf(d, 'Identity') ??
    FIXED_NAMES[d.collection] ??
    textOf(d, 'DomainName') ??
    namedByCommand(d) ??
    ''
  d.id = d.name
  if (d.collection === 'transportServices' || d.collection === 'servers')
    d.server = d.name === '' ? null : shortHost(d.name)
}

export function identify(d: Draft): void {
  switch (d.collection) {
    case 'receiveConnectors':
      identifyReceiveConnector(d)
      break
    case 'certificates':
      identifyCertificate(d)
      break
    case 'adPermissions':
      identifyPermission(d)
      break
    case 'acceptedDomains':
      d.name = textOf(d, 'Name') ?? textOf(d, 'DomainName') ?? textOf(d, 'Identity') ?? ''
      d.id = textOf(d, 'DomainName') ?? d.name
      break
    default:
      identifyByName(d)
  }
}

/** Rows of one access list differ by more than connector and account. */
export function keyOf(d: Draft): string {
  const world = d.side === 'exchange-online' ? 'cloud' : 'premises'
  // Without their servers, objects of one name need not be one object.
  const apart =
    d.server !== null
      ? ''
      : d.collection === 'receiveConnectors'
        ? `/${d.block.source}/${d.place.lines[0]}`
        : d.collection === 'certificates'
          ? `/${d.block.source}`
          : ''
  const id = d.id.toLowerCase() + apart
  if (d.collection !== 'adPermissions') return `${d.collection}/${world}/${id}`
  const row = ['deny', 'isinherited', 'inherited', 'extendedrights', 'accessrights', 'properties']
  return `${d.collection}/${id}/${row.map((n) => d.properties.get(n)?.raw.toLowerCase() ?? '').join('/')}`
}

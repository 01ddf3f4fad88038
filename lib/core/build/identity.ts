import { lowerName } from '../text'
import { sidOf } from './accounts'
import type { Draft } from './draft'

/** Text of a property, or undefined where it has none or only a part of it is there. */
export function textOf(d: Draft, name: string): string | undefined {
  const p = d.properties.get(lowerName(name))
  if (p === undefined || p.state !== 'ok') return undefined
  const text = p.raw.trim()
  return text === '' || text === '{}' ? undefined : text
}

/** Host name of a server as the rest of Exchange writes it: `ex01.contoso.com` → `EX01`, `EX01` and `ex01` as they are. */
export const shortHost = (host: string): string => {
  const dot = host.indexOf('.')
  return dot > 0 && !/^[\d.]+$/.test(host) ? host.slice(0, dot).toUpperCase() : host
}

// A comma inside a name stands behind a backslash in a distinguished name (RFC 4514).
const DN = /^CN=((?:[^,\\]|\\.){1,255}),CN=SMTP Receive Connectors,CN=Protocols,CN=([^,]{1,64}),/i
const CANONICAL = /\/Servers\/([^/]{1,64})\/Protocols\/SMTP Receive Connectors\/(.{1,255})$/i

export type ConnectorId = { readonly server: string | null; readonly name: string }

/** `EX01\Relay`, the distinguished name or the canonical name of a receive connector. */
export function connectorId(text: string): ConnectorId | undefined {
  const slash = text.indexOf('\\')
  if (text.length > 24 && text.startsWith('CN=')) {
    const dn = DN.exec(text)
    if (dn) return { server: dn[2] ?? null, name: (dn[1] ?? '').replace(/\\(.)/g, '$1') }
  }
  const canonical = text.includes('/Protocols/') ? CANONICAL.exec(text) : null
  if (canonical) return { server: canonical[1] ?? null, name: (canonical[2] ?? '').replace(/\\\//g, '/') }
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
  const text = textOf(d, 'Identity') ?? ''
  const named = d.block.raw.named ?? []
  const of = text !== '' ? text : named.length === 1 ? (named[0] ?? '') : ''
  const connector = connectorId(of)
  const user = textOf(d, 'User') ?? ''
  const server = connector === undefined ? (of === '' ? null : d.block.server) : connector.server
  d.server = server === null ? null : shortHost(server)
  d.name = of === '' ? '?' : `${d.server ?? '?'}\\${connector?.name ?? of}`
  d.id = `${d.name}|${sidOf(textOf(d, 'UserSid') ?? '') ?? sidOf(user) ?? user}`
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

const FOREST = /,CN=Configuration,((?:DC=[^,]{1,63},?){1,20})$/i

/** Root domain of the forest in whose configuration partition the object lies, `contoso.local`, by its distinguished name. */
const forestOf = (d: Draft): string | undefined =>
  FOREST.exec(textOf(d, 'DistinguishedName') ?? '')?.[1]
    ?.split(',')
    .map((part) => part.slice(3))
    .join('.')
    .toLowerCase()

/**
 * Each organisation has one hybrid configuration and one transport configuration, all of the same name. Where the upload holds those of
 * several forests, their ids name the forest, so that they are not taken for one object that contradicts itself.
 */
export function tellForestsApart(drafts: readonly Draft[]): void {
  for (const collection of Object.keys(FIXED_NAMES)) {
    const all = drafts.filter((d) => d.collection === collection && d.side !== 'exchange-online')
    const forests = all.map(forestOf)
    if (new Set(forests.filter((f) => f !== undefined)).size < 2) continue
    all.forEach((d, i) => {
      if (forests[i] !== undefined) d.id = `${d.name} (${forests[i]})`
    })
  }
}

const isPart = (d: Draft, name: string): boolean => {
  const state = d.properties.get(name)?.state
  return state === 'truncated' || state === 'unusable'
}

/** Properties that an id is made of beside the name. */
const partsOfId: Partial<Record<Draft['collection'], readonly string[]>> = {
  acceptedDomains: ['domainname'],
  adPermissions: ['identity', 'user'],
}

/** The beginning of a name that a column cut: shown, and the same as nothing else. A server that stands whole before it is known. */
function identifyCut(d: Draft): void {
  const cut = ['identity', 'name', 'domainname', 'thumbprint', 'user'].find((name) => isPart(d, name))
  if (cut === undefined) return
  const text = d.properties.get(cut)?.raw.trim() ?? ''
  const connector = d.collection === 'receiveConnectors' ? connectorId(text) : undefined
  if (connector !== undefined && d.server === null && connector.server !== null) d.server = shortHost(connector.server)
  if (d.collection === 'receiveConnectors') d.id = `${d.server ?? '?'}\\${d.name}`
  if (d.name !== '' && !(partsOfId[d.collection] ?? []).some((name) => isPart(d, name))) return
  d.isCut = true
  if (d.name === '') d.name = connector?.name ?? text
  if (d.collection === 'receiveConnectors') d.id = `${d.server ?? '?'}\\${d.name}`
  else if (/^$|[\\|]$/.test(d.id)) d.id += text
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
    case 'blockedConnectors':
      // It has no name of its own: the connector that is blocked is named by its GUID.
      d.name = textOf(d, 'ConnectorId') ?? textOf(d, 'Identity') ?? ''
      d.id = d.name
      break
    default:
      identifyByName(d)
  }
  identifyCut(d)
}

const NOT_ASCII = /[^\u0020-\u007e]/

/** Names are the same whatever their case, the form of their accents, and the kind of their blanks. */
export const foldName = (text: string): string =>
  (NOT_ASCII.test(text) ? text.normalize('NFC').replace(/[\u00a0\u2007\u202f]/g, ' ') : text).toLowerCase()

const plainValue = (p: ReturnType<Draft['properties']['get']>): string => {
  if (p === undefined) return ''
  if (!('value' in p)) return p.raw.toLowerCase()
  return Array.isArray(p.value) ? [...p.value].sort().join(',').toLowerCase() : String(p.value).toLowerCase()
}

/** Rows of one access list differ by more than connector and account. */
const rowKey = (d: Draft): string =>
  [
    plainValue(d.properties.get('deny')),
    plainValue(d.properties.get('isinherited') ?? d.properties.get('inherited')),
    ...['extendedrights', 'accessrights', 'properties'].map((n) => plainValue(d.properties.get(n))),
  ].join('/')

/**
 * Equal keys are the same object. Without their servers, objects of one name need not be one; a name that was cut is nobody's; an
 * object of which no one knows whether it is in the cloud is not one that is.
 */
export function keyOf(d: Draft, hasCloud: boolean): string {
  const world = d.side === 'exchange-online' ? 'cloud' : d.side === 'unknown' && hasCloud ? 'unknown' : 'premises'
  const id = foldName(d.id)
  const apart =
    d.isCut || (d.server === null && (d.collection === 'receiveConnectors' || d.id.startsWith('?\\')))
      ? `/${d.block.source}/${d.collection === 'certificates' ? '' : d.place.lines[0]}`
      : ''
  if (d.collection === 'adPermissions') return `${d.collection}/${id}${apart}/${rowKey(d)}`
  return `${d.collection}/${world}/${id}${apart}`
}

/** Windows PowerShell writes CSV files as ASCII: every other letter of a name became a question mark. */
const isAsciiDamage = (d: Draft): boolean => d.block.raw.format === 'csv' && d.id.indexOf('?', 1) > 0

/** Is `damaged` the text `whole` with question marks for letters that ASCII does not have? Both are folded. */
export function fits(damaged: string, whole: string): boolean {
  if (damaged.length !== whole.length) return false
  for (let i = 0; i < damaged.length; i++) {
    const [a, b] = [damaged.charCodeAt(i), whole.charCodeAt(i)]
    if (a !== b && (a !== QUESTION_MARK || b < 0x7f)) return false
  }
  return true
}

const QUESTION_MARK = 63

/** Gives objects whose names lost letters the name of the one object of the upload that it can be. */
export function mendNames(drafts: readonly Draft[]): void {
  const damaged = drafts.filter(isAsciiDamage)
  if (damaged.length === 0) return
  const intact = new Map<string, Map<string, Draft>>()
  for (const d of drafts) {
    if (!NOT_ASCII.test(d.id)) continue
    const ids = intact.get(d.collection) ?? new Map<string, Draft>()
    ids.set(foldName(d.id), d)
    intact.set(d.collection, ids)
  }
  for (const d of damaged) {
    const isRow = d.collection === 'adPermissions'
    const ids = intact.get(isRow ? 'receiveConnectors' : d.collection) ?? new Map<string, Draft>()
    const wanted = foldName(isRow ? d.name : d.id)
    const found = [...ids].filter(([id]) => fits(wanted, id))
    const one = found[0]?.[1]
    if (found.length !== 1 || one === undefined) continue
    if (isRow) d.id = `${one.id}${d.id.slice(d.name.length)}`
    else d.id = one.id
    d.name = isRow ? one.id : one.name
    d.server ??= one.server
  }
}

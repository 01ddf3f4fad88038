import { isObjectText, isTypeName } from '../../text'
import { ticksText } from './dates'
import { get, JsonArray, JsonObject, type JsonValue } from './tree'

/** The text that PowerShell's list output has for an object, out of the members that ConvertTo-Json wrote; undefined: none of ours. */
type Shape = (o: JsonObject) => string | undefined

/** What lies too deep is there as a text that is no value. */
const scalar = (v: JsonValue | undefined): string | undefined =>
  typeof v === 'string' && v !== '' && !isTypeName(v) && !isObjectText(v) ? v : undefined

/** Text of a member, which may be an object of a known shape itself. The reader's limit of depth holds here as well. */
function part(o: JsonObject, key: string): string | undefined {
  const v = get(o, key)
  return v instanceof JsonObject ? textOf(v) : scalar(v)
}

const range: Shape = (o) => {
  const expression = scalar(get(o, 'expression'))
  if (expression !== undefined) return expression
  const from = part(o, 'lowerbound')
  const to = part(o, 'upperbound')
  if (from === undefined || to === undefined) return undefined
  return from === to ? from : `${from}-${to}`
}

/** IPAddress: the number is the address from its first byte on, lowest byte first (System.Net.IPAddress.Address). */
const address: Shape = (o) => {
  const text = scalar(get(o, 'ipaddresstostring'))
  if (text !== undefined) return text
  const number = scalar(get(o, 'address'))
  if (scalar(get(o, 'addressfamily')) !== '2' || number === undefined || !/^\d{1,10}$/.test(number)) return undefined
  const n = Number(number)
  return n > 0xffffffff ? undefined : [n, n >>> 8, n >>> 16, n >>> 24].map((b) => b & 0xff).join('.')
}

const binding: Shape = (o) => {
  const port = scalar(get(o, 'port'))
  const ip = part(o, 'address')
  if (port === undefined || ip === undefined || !/^\d{1,5}$/.test(port)) return undefined
  return ip.includes(':') && !ip.startsWith('[') ? `[${ip}]:${port}` : `${ip}:${port}`
}

const unlimited: Shape = (o) => {
  const is = scalar(get(o, 'isunlimited'))
  if (is === 'True') return 'Unlimited'
  return is === 'False' ? part(o, 'value') : undefined
}

/** Without an address of its own a smart host carries 0.0.0.0 as one, which means nothing. */
const smartHost: Shape = (o) => {
  const isAddress = scalar(get(o, 'isipaddress'))
  if (isAddress === 'False') return part(o, 'domain')
  const ip = isAddress === 'True' ? part(o, 'address') : undefined
  return ip === undefined ? undefined : `[${ip}]`
}

const addressSpace: Shape = (o) => {
  const space = part(o, 'address')
  const type = scalar(get(o, 'type'))
  const cost = scalar(get(o, 'cost'))
  return space === undefined || type === undefined || cost === undefined ? undefined : `${type}:${space};${cost}`
}

const certificateName: Shape = (o) => {
  const subject = scalar(get(o, 'certificatesubject'))
  if (subject === undefined) return undefined
  const issuer = scalar(get(o, 'certificateissuer'))
  return issuer === undefined ? `<S>${subject}` : `<I>${issuer}<S>${subject}`
}

const capabilities: Shape = (o) => {
  const rights = get(o, 'capabilities')
  const text =
    rights instanceof JsonArray ? rights.items.filter((i) => typeof i === 'string').join(', ') : scalar(rights)
  const who = part(o, 'domain') ?? part(o, 'smtpx509identifier')
  return text === undefined || text === '' || who === undefined ? undefined : `${who}:${text}`
}

const RECEIVE_CONNECTOR = /^CN=(.{1,255}?),CN=SMTP Receive Connectors,CN=Protocols,CN=([^,]{1,64}),/i

/** Name of a directory object; that of a receive connector has its server in front, as its Identity prints. */
const directoryObject: Shape = (o) => {
  const dn = scalar(get(o, 'distinguishedname'))
  const connector = dn === undefined ? null : RECEIVE_CONNECTOR.exec(dn)
  if (connector) return `${connector[2] ?? ''}\\${(connector[1] ?? '').replace(/\\(.)/g, '$1')}`
  return scalar(get(o, 'name')) ?? dn
}

const version: Shape = (o) => {
  const build = get(o, 'exchangebuild')
  const major = scalar(get(o, 'major'))
  const minor = scalar(get(o, 'minor'))
  if (major === undefined || minor === undefined) return undefined
  if (build instanceof JsonObject) {
    const numbers = ['major', 'minor', 'build', 'buildrevision'].map((k) => scalar(get(build, k)))
    return numbers.includes(undefined) ? undefined : `${major}.${minor} (${numbers.join('.')})`
  }
  const rest = [scalar(get(o, 'build')), scalar(get(o, 'revision'))]
  return rest.includes(undefined) ? undefined : `Version ${major}.${minor} (Build ${rest.join('.')})`
}

const domain: Shape = (o) => {
  const whole = part(o, 'address')
  if (whole !== undefined) return whole
  if (scalar(get(o, 'isstar')) === 'True') return '*'
  const name = part(o, 'domain')
  return name !== undefined && scalar(get(o, 'includesubdomains')) === 'True' ? `*.${name}` : name
}

/** By the members that a type has and no other of them: the first whose members are all there. */
const shapes: readonly (readonly [members: readonly string[], shape: Shape])[] = [
  [['isunlimited'], unlimited],
  [['expression'], range],
  [['lowerbound', 'upperbound'], range],
  [['ipaddresstostring'], address],
  [['address', 'addressfamily', 'port'], binding],
  [['address', 'port'], binding],
  [['address', 'addressfamily'], address],
  [['isipaddress'], smartHost],
  [['address', 'type', 'cost'], addressSpace],
  [['capabilities'], capabilities],
  [['certificatesubject'], certificateName],
  [['ticks', 'totalseconds'], (o) => ticksText(scalar(get(o, 'ticks')) ?? '')],
  [['ticks', 'days'], (o) => ticksText(scalar(get(o, 'ticks')) ?? '')],
  [['rawidentity'], (o) => scalar(get(o, 'rawidentity'))],
  [['distinguishedname'], directoryObject],
  [['major', 'minor'], version],
  [['includesubdomains'], domain],
  [['isstar'], domain],
]

/** Members that hold all of an object which has no others. */
const lone: ReadonlySet<string> = new Set(['domain', 'address', 'value', 'value__', 'guid', 'name'])

export function textOf(o: JsonObject): string | undefined {
  if (o.isCut || o.keys.length === 0) return undefined
  for (const [members, shape] of shapes) if (members.every((m) => get(o, m) !== undefined)) return shape(o)
  const first = o.keys[0]?.toLowerCase() ?? ''
  if (!lone.has(first) || !o.keys.every((k) => k.toLowerCase() === first)) return undefined
  // Enumerations come as `value` with the number and `Value` with the name: the name is the last of them.
  const value = o.values[o.values.length - 1]
  return value instanceof JsonObject ? textOf(value) : scalar(value)
}

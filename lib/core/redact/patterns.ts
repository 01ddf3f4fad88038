import { formatIp, type IpRange, parseIp, parseIpRange } from '../model'
import { beginningAt, reverseAt } from './address-parts'
import type { AddressMap } from './address-space'
import type { Domains } from './domains'
import { inCaseOf, type Keyed } from './keyed'
import type { Registry } from './registry'
import { type Reader, reader } from './scan'
import { isCommonGuid, isCommonSid, isContainer, isKeptMailbox, isNoDomain } from './well-known'

type PatternContext = {
  readonly keyed: Keyed
  readonly registry: Registry
  readonly addresses: AddressMap
  /** Do the exports have addresses in a network? */
  readonly isKnown: (net: IpRange) => boolean
  readonly domains: Domains
  /** Version numbers, which may look like addresses. */
  readonly versions: ReadonlySet<string>
  /** A whole value of a distinguished name. */
  readonly name: (text: string) => string
}

const V4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)`
const V6 = String.raw`(?:[0-9a-f]{0,4}:){2,7}(?:${V4}|[0-9a-f]{0,4})(?:%[\w.-]+)?`
const ONE = `(?:${V6}|${V4})`
const ADDRESS = new RegExp(String.raw`(${ONE})(?:\s?-\s?(${ONE})|\/(\d{1,3})(?![\w/-])|\s?\((${V4})\))?`, 'iy')
/** `ip10-20-5-7` */
const GLUED = /\p{L}{1,30}\d{1,3}(?:([-_])\d{1,3})(?:\1\d{1,3}){2}(?![\p{L}\p{N}])/uy
const ADDRESSES = new RegExp(String.raw`(?<![\w.:])${ADDRESS.source}`, 'gi')

/** Every range and address that a text names. */
export function addressesIn(text: string) {
  return [...text.matchAll(ADDRESSES)].flatMap(([whole, one = '', to = '']) => {
    const range = parseIpRange(whole)
    // `10.1.2.3/24` names a host and its network.
    const hosts = range !== undefined && to !== '' ? [] : [one, to].flatMap((t) => parseIpRange(t) ?? [])
    return [...(range ? [range] : []), ...hosts.filter((h) => h.lo !== range?.lo)]
  })
}

function addressReader({ addresses, registry, versions }: PatternContext): Reader {
  const single = (text: string): string => {
    const ip = parseIp(text)
    if (ip === undefined) return text
    const made = formatIp(ip.family, addresses.single(ip.family, ip.value))
    return registry.note('address', text, made)
  }
  const make = ([whole, one = '', to, bits, mask]: RegExpExecArray): string | undefined => {
    if (versions.has(one)) return one === whole ? whole : undefined
    const range = parseIpRange(whole)
    if (range === undefined)
      return parseIp(one) && single(one) + whole.slice(one.length).replace(new RegExp(ONE, 'gi'), single)
    if (to === undefined && bits === undefined && mask === undefined) return single(whole)
    const moved = addresses.range(range)
    const show = (value: bigint) => formatIp(range.family, value)
    if (to !== undefined) return registry.note('address', whole, `${show(moved.lo)}-${show(moved.hi)}`)
    const host = parseIp(one)
    const first = host === undefined || host.value === range.lo ? show(moved.lo) : single(one)
    return registry.note('address', whole, first + whole.slice(one.length))
  }
  return reader(ADDRESS, make)
}

/** Networks that are named by a part of their addresses. */
function partReaders({ addresses, registry, isKnown }: PatternContext): { reverse: Reader; beginning: Reader } {
  const made = (text: string, index: number, found: ReturnType<typeof reverseAt>) =>
    found && {
      end: found.end,
      made: registry.note('address', text.slice(index, found.end), found.print(addresses.range(found.net).lo)),
    }
  return {
    reverse: (text, index) => made(text, index, reverseAt(text, index)),
    beginning: (text, index) => made(text, index, beginningAt(text, index, isKnown)),
  }
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])/iy
const SID = /S-1-\d+(?:-\d+)+/iy
const HEX = /[0-9a-f]{16,}(?![\p{L}\p{N}])/iuy
const HEX_PAIRS = /[0-9a-f]{2}(?:([ :])[0-9a-f]{2})(?:\1[0-9a-f]{2}){6,}(?![\p{L}\p{N}:])/iuy
const BLOB = /[A-Za-z0-9+/]{80,}={0,2}/y

export const hexOf = ({ keyed, registry }: Pick<PatternContext, 'keyed' | 'registry'>, text: string): string =>
  registry.note('id', text, inCaseOf(text, keyed.hex('hex', text.toLowerCase(), text.length)))

function idReaders(context: PatternContext): Reader[] {
  const { keyed, registry } = context
  const guid = (text: string): string => {
    if (isCommonGuid(text)) return text
    const h = keyed.hex('guid', text.toLowerCase(), 32)
    const made = [h.slice(0, 8), h.slice(8, 12), `4${h.slice(13, 16)}`, `8${h.slice(17, 20)}`, h.slice(20)].join('-')
    return registry.note('id', text, inCaseOf(text, made))
  }
  const sid = (text: string): string => {
    if (isCommonSid(text)) return text
    const parts = text.split('-')
    const made = parts.map((p, i) =>
      i < 4 || (i > 6 && p.length < 8) ? p : number(`${parts.slice(0, i).join('-')}-${p}`),
    )
    return registry.note('id', text, made.join('-'))
  }
  const number = (text: string) =>
    String(1_000_000_000 + (Number.parseInt(keyed.hex('sid', text, 8), 16) % 1_000_000_000))
  const blob = reader(BLOB, ([text]) => (/\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) ? '…' : undefined))
  return [
    reader(SID, ([text]) => sid(text)),
    reader(GUID, ([text]) => guid(text)),
    reader(HEX, ([text]) => (/^\d+$/.test(text) && text.length < 20 ? text : hexOf(context, text))),
    reader(HEX_PAIRS, ([text, gap = '']) => {
      const made = hexOf(context, text.split(gap).join(''))
      return registry.note('id', text, (made.match(/../g) ?? []).join(gap))
    }),
    // Looked for once, where it begins.
    (text, at) => (/[A-Za-z0-9+/]/.test(text.charAt(at - 1)) ? undefined : blob(text, at)),
  ]
}

const LABEL = String.raw`[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?`
const HOST = String.raw`(?:${LABEL}\.){1,20}(?:xn--[a-z0-9-]+|\p{L}{2,})(?![\p{L}\p{N}_-])`
const DOMAIN = new RegExp(HOST, 'iuy')
const ESCAPED = new RegExp(String.raw`(?:${LABEL}\\\.){1,20}(?:xn--[a-z0-9-]+|\p{L}{2,})(?![\p{L}\p{N}_-])`, 'iuy')
const MAIL = new RegExp(String.raw`([\p{L}\p{N}._%+'=-]{1,64})@(${HOST})`, 'iuy')

/** Hosts, mailboxes, and hosts in patterns. */
export function domainReaders({ domains, registry }: Pick<PatternContext, 'domains' | 'registry'>): Reader[] {
  const mail = (text: string, box: string, host: string): string => {
    const to = isKeptMailbox(box) ? box : registry.number('mailbox', box, 'mailbox-', false)
    return registry.note('mailbox', text, `${to}@${domains.domain(host)}`)
  }
  const domain = reader(DOMAIN, ([text]) => (isNoDomain(text.split('.')) ? undefined : domains.domain(text)))
  // In the patterns of rules: `^contoso\.com$`.
  const escaped = (text: string) => domains.domain(text.replaceAll('\\.', '.')).replaceAll('.', '\\.')
  return [
    reader(ESCAPED, ([text]) => escaped(text)),
    reader(MAIL, ([text, box = '', host = '']) => mail(text, box, host)),
    // `$connector.Name` is a property in PowerShell, and `System.Security.Principal` a type.
    (text, at) => (/\$|[\p{L}\p{N})\]]\.$/u.test(text.slice(Math.max(0, at - 2), at)) ? undefined : domain(text, at)),
  ]
}

const COUNTRY = /C=[A-Z]{2}(?![\p{L}\p{N}])/uy
const PART =
  /(CN|OU|O|L|ST|S|STREET|E|DC|SERIALNUMBER|(?:OID\.)?\d(?:\.\d+){2,20}|GN|SN|T|PostalCode|Description)=("[^"]{0,256}"|(?:\\[^\r\n]|[^,<>"\r\n;:+{}/|'\\]){0,256})/iy

/** Parts of distinguished names: `CN=…`, `O=…`, `DC=…`. */
function partReader({ domains, name, registry }: PatternContext): Reader {
  const value = (type: string, text: string): string => {
    const plain = text.replace(/^"(.*)"$/s, '$1').trim()
    if (plain === '' || isContainer(plain)) return text
    if (/^(?:STREET|SERIALNUMBER|POSTALCODE|DESCRIPTION|OID\.|\d|GN|SN|T$)/.test(type))
      return text.replace(plain, () => registry.number('name', plain, 'name-'))
    const made = type === 'DC' ? domains.label(plain) : name(plain)
    return text.replace(plain, () => made)
  }
  return reader(PART, ([, type = '', text = '']) => `${type}=${value(type.toUpperCase(), text)}`)
}

/** Whatever looks like something that identifies, known or not. */
export function patternReaders(context: PatternContext): Reader[] {
  const { reverse, beginning } = partReaders(context)
  return [
    reader(COUNTRY, ([text]) => text),
    partReader(context),
    ...idReaders(context),
    reverse,
    ...domainReaders(context),
    addressReader(context),
    beginning,
    reader(GLUED, ([text]) => context.registry.number('word', text, 'name-')),
  ]
}

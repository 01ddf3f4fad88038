import type { CollectionName, RawProperty, ReportValue } from '../model'
import { lowerName } from '../text'
import { readDate } from './dates'
import { bitsOf, capabilitiesOf, enumName, enumOf, enumTable } from './enums'
import { type Kind, type Known, knownProperty, type Slot } from './kinds'
import { splitCapabilities, splitList } from './lists'
import type { ReadValue } from './read-value'
import type { Session } from './sessions'

const ok = (value: ReportValue): ReadValue => ({ state: 'ok', value })
const ambiguous: ReadValue = { state: 'ambiguous', notice: 'unknown-value' }

/** Text of a type instead of a value: what Export-Csv and nested objects leave. */
const TYPE_NAME = /^(?:System|Microsoft)\.[A-Za-z0-9_.+`]+(?:\[.{0,400}\])?$/
const DURATION = /^(-)?(?:(\d{1,8})\.)?(\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,7}))?$/
const XML_DURATION = /^(-)?P(?:(\d{1,8})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.(\d{1,7}))?S)?)?$/
const SIZE = /^[\d.,'\u2019\s]+\s?(?:[KMGT]?B|bytes?|octets?|ko|mo|go)\b.{0,40}\(([\d.,'\u2019\s]+)\s?[^\d)]{1,20}\)$/i
const PLAIN_SIZE = /^(\d{1,15})\s?(B|KB|MB|GB|TB|bytes?|octets?)?$/i
const GROUPED = /^\d{1,3}(?:[.,'\u2019\s]\d{3})+\s?(?:bytes?|octets?)?$/i
const factors: Readonly<Record<string, number>> = { kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3, tb: 1024 ** 4 }

const isUnlimited = (text: string): boolean => /^unlimited$/i.test(text)

function readBoolean(text: string): ReadValue {
  if (/^true$/i.test(text)) return ok(true)
  return /^false$/i.test(text) ? ok(false) : ambiguous
}

/** Bytes. The figure in brackets counts: the one before it is rounded. */
export function readSize(text: string): ReadValue {
  if (isUnlimited(text)) return ok('unlimited')
  const exact = SIZE.exec(text)
  if (exact) return ok(Number((exact[1] ?? '').replace(/\D/g, '')))
  const plain = PLAIN_SIZE.exec(text)
  if (plain) return ok(Number(plain[1]) * (factors[(plain[2] ?? '').toLowerCase()] ?? 1))
  // `36.700` alone is either 36,700 or 36.7: only two groups or a unit behind it prove a whole number of bytes.
  if (GROUPED.test(text) && (/[a-z]/i.test(text) || (text.match(/[.,'\u2019\s]/g) ?? []).length > 1))
    return ok(Number(text.replace(/\D/g, '')))
  return ambiguous
}

export function readDuration(text: string): ReadValue {
  if (isUnlimited(text)) return ok('unlimited')
  const m = DURATION.exec(text) ?? XML_DURATION.exec(text)
  if (!m) return ambiguous
  const [, sign, d, h, mi, s, fraction] = m
  const seconds = Number(d ?? 0) * 86_400 + Number(h ?? 0) * 3600 + Number(mi ?? 0) * 60 + Number(s ?? 0)
  const value = seconds + (fraction === undefined ? 0 : Number(`0.${fraction}`))
  return ok(sign === '-' ? -value : value)
}

function readNumber(text: string): ReadValue {
  if (isUnlimited(text)) return ok('unlimited')
  if (/^-?\d{1,15}$/.test(text)) return ok(Number(text))
  // Counts have no fraction, so that a mark before three digits groups them: `5.000` connections are five thousand.
  return /^\d{1,3}(?:[.,'\u2019\s]\d{3}){1,4}$/.test(text) ? ok(Number(text.replace(/\D/g, ''))) : ambiguous
}

/** `Version 15.2 (Build 986.5)` → `15.2.986.5`. In the directory builds under 1000 are stored with 30000 added. */
function readVersion(text: string): ReadValue {
  const m = /^(?:Version\s)?(\d{1,3})\.(\d{1,3})\s?\(Build\s(\d{1,6})\.(\d{1,6})\)$/i.exec(text)
  if (!m) return ok(text)
  const build = Number(m[3])
  return ok(`${m[1]}.${m[2]}.${build >= 30_000 ? build - 30_000 : build}.${m[4]}`)
}

/** A number that no name stands for is kept as it is printed, and nobody takes it for one of the names. */
function readEnum(text: string, known: Known, collection: CollectionName): ReadValue {
  if (!/^\d+$/.test(text)) return ok(enumName(collection, known.name, text))
  const name = enumOf(collection, known.name, Number(text))
  if (name !== undefined) return ok(name)
  return enumTable(collection, known.name) === undefined ? ok(text) : ambiguous
}

function readNames(p: RawProperty, text: string, known: Known, collection: CollectionName): ReadValue {
  let unknown = false
  const read = readList(p, text, (items) =>
    items.map((item) => {
      if (!/^\d+$/.test(item)) return enumName(collection, known.name, item)
      const name = enumOf(collection, known.name, Number(item))
      unknown ||= name === undefined
      return name ?? item
    }),
  )
  return unknown ? ambiguous : read
}

/** `Tls, Integr...`: a column was too narrow. `IP.W...` is no such thing but the services in the default view of certificates. */
const CUT_WORD = /(?:\.\.\.|\u2026)$/
const SERVICE_LETTERS = /^[I.][P.][U.][W.][S.][F.]?[C.]?$/
/** Services by their place in the default view of Get-ExchangeCertificate; a dot is a service that the certificate does not have. */
const SERVICES = ['IMAP', 'POP', 'UM', 'IIS', 'SMTP', 'Federation', 'UMCallRouter'] as const

/** Flags that decide who may do what, and whose names are all known: a word that is none of them was misread or is new. */
const CLOSED: ReadonlySet<string> = new Set(['AuthMechanism', 'PermissionGroups', 'Services'])

function readFlags(p: RawProperty, text: string, known: Known, collection: CollectionName): ReadValue {
  if (known.name === 'Services' && SERVICE_LETTERS.test(text))
    return ok(SERVICES.filter((_, i) => /\w/.test(text[i] ?? '.')))
  const table = enumTable(collection, known.name)
  if (/^\d+$/.test(text) && table !== undefined) {
    const { names, unknown } = bitsOf(table.names, Number(text))
    return unknown === 0 ? ok(names) : { state: 'ambiguous', notice: 'unknown-value' }
  }
  const cut = p.truncated === true || CUT_WORD.test(text)
  const words = text.replace(/^\{|\}$/g, '').split(',')
  const names = (cut ? words.slice(0, -1) : words)
    .map((s) => enumName(collection, known.name, s.trim()))
    .filter((n) => n !== '' && !/^none$/i.test(n))
  if (CLOSED.has(known.name) && table !== undefined && names.some((n) => !table.names.some(([, name]) => name === n)))
    return ambiguous
  if (!cut) return ok(names)
  // What the format marked as cut it has reported as well.
  return { state: 'truncated', value: names, ...(p.truncated === true ? {} : { notice: 'list-truncated' }) }
}

function readList(p: RawProperty, text: string, map: (items: readonly string[]) => readonly string[]): ReadValue {
  if (text.startsWith('{$null') || text === '{}') return { state: 'empty', value: [] }
  const truncated = p.truncated === true
  const items = map(p.items ?? splitList(text, truncated))
  return truncated ? { state: 'truncated', value: items } : ok(items)
}

const CAPABILITY_BITS = /:\s?(\d{1,9})$/

/** Numbers of capabilities become their names, where each bit has one: the number says more than a part of the names. */
function readCapabilities(p: RawProperty, text: string): ReadValue {
  let unknown = false
  const read = readList(p, text, (items) =>
    splitCapabilities(items).map((item) => {
      const bits = CAPABILITY_BITS.exec(item)
      if (bits === null) return item
      const named = capabilitiesOf(Number(bits[1]))
      unknown ||= named.unknown !== 0
      return named.unknown !== 0 ? item : `${item.slice(0, bits.index)}:${named.names.join(',') || 'None'}`
    }),
  )
  return unknown ? { ...read, notice: 'unknown-value' } : read
}

/** A property that no table knows: by its looks. Numbers with leading zeros and such stay text. */
function readShape(p: RawProperty, text: string): ReadValue {
  if (p.items !== undefined || text.startsWith('{')) return readList(p, text, (i) => i)
  if (text.length <= 5 && /^(?:true|false)$/i.test(text)) return readBoolean(text)
  const first = text.charCodeAt(0)
  if (first !== 45 && (first < 48 || first > 57)) return ok(text)
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return ok(Number(text))
  if (SIZE.test(text)) return readSize(text)
  if (DURATION.test(text) && text.length >= 8) return readDuration(text)
  return ok(text)
}

export type ReadContext = { readonly collection: CollectionName; readonly session: Session }

function readDateValue(text: string, { session }: ReadContext, name: string): ReadValue {
  const d = readDate(text, session.order)
  if (d.state === 'not-a-date') return ambiguous
  if (d.state === 'ambiguous')
    return { state: 'ambiguous', notice: 'date-ambiguous', params: { first: d.first, second: d.second } }
  if (d.iso.endsWith('Z')) return ok(d.iso)
  return ok(/UTC$/i.test(name) ? `${d.iso}Z` : session.inUtc(text, d.iso))
}

/** Longer than any value of Exchange; a list of that length would fill the memory with its items. */
const MAX_VALUE_CHARS = 4 * 1024 ** 2

/** One value that the shell or a column cut: of a text the beginning is known, of everything else nothing is. */
function cutValue(text: string, kind: Kind): ReadValue {
  if (kind !== 'text' && kind !== 'shape') return { state: 'unusable' }
  return { state: 'truncated', value: text.replace(/(?:\.\.\.|\u2026)$/, '') }
}

/** Texts that stand for something, so that a part of them stands for nothing. In a description dots are just dots. */
const WHOLE = new Set(
  'User Identity Name DomainName Thumbprint Subject Issuer Fqdn Server TlsDomain TlsCertificateName TlsSenderCertificateName'.split(
    ' ',
  ),
)

const LISTS: ReadonlySet<Kind> = new Set<Kind>(['list', 'capabilities', 'names'])

/** The value of one exported property. Text formats print null and empty alike, so blank text is `empty`. */
export const readValue = (p: RawProperty, context: ReadContext): ReadValue =>
  readKnown(p, knownProperty(context.collection, lowerName(p.name)), context)

/** Kinds whose value is in the text alone. Dates depend on the session; free text is read at no cost. */
const REPEATED: ReadonlySet<Kind> = new Set<Kind>([
  'boolean',
  'enum',
  'flags',
  'list',
  'names',
  'size',
  'number',
  'duration',
  'version',
])
const MAX_REPEATED_CHARS = 120
const MAX_REPEATED = 64

/** The same, where the property was looked up already. True, None and 00:10:00 stand in an export by the ten thousand: they are read once. */
export function readSlot(p: RawProperty, slot: Slot, context: ReadContext): ReadValue {
  const { known, read } = slot
  const { text } = p
  if (known === undefined || text === null || text.length > MAX_REPEATED_CHARS || !REPEATED.has(known.kind))
    return readKnown(p, known, context)
  if (p.items !== undefined || p.truncated === true || p.unusable === true || p.isDoubtful === true)
    return readKnown(p, known, context)
  const found = read.get(text)
  if (found !== undefined) return found
  const value = readKnown(p, known, context)
  if (read.size < MAX_REPEATED) read.set(text, value)
  return value
}

/** A blank more or less is nothing in prose, and a name has to stay one. */
const ANY_BLANKS = new Set('Name Identity Id DistinguishedName Server Comment Banner Description'.split(' '))

/** A value that could be another one is none that a rule may rely on; the format has said so with a notice. */
export function readKnown(p: RawProperty, known: Known | undefined, context: ReadContext): ReadValue {
  const read = readWhole(p, known, context)
  const isSure =
    p.isDoubtful !== true || read.value === undefined || read.state === 'empty' || ANY_BLANKS.has(known?.name ?? '')
  return isSure ? read : { state: 'ambiguous' }
}

function readWhole(p: RawProperty, known: Known | undefined, context: ReadContext): ReadValue {
  if (p.unusable === true) return { state: 'unusable', notice: 'value-unusable' }
  if (p.text === null && p.items === undefined) return { state: 'null' }
  if ((p.text?.length ?? 0) > MAX_VALUE_CHARS) return { state: 'unusable', notice: 'value-unusable' }
  const kind = known?.kind ?? 'shape'
  const text = (p.text ?? '').trim()
  if (p.items !== undefined ? p.items.length === 0 : text === '' || text === '{}') {
    if (p.truncated === true) return { state: 'unusable' }
    const isList = LISTS.has(kind) || kind === 'flags' || p.items !== undefined || text === '{}'
    return { state: 'empty', value: isList ? [] : '' }
  }
  if (p.items === undefined && (text.startsWith('System.') || text.startsWith('Microsoft.')) && TYPE_NAME.test(text)) {
    // Many properties that nobody reads print their type; a notice is worth it for those that are read.
    return known === undefined ? { state: 'unusable' } : { state: 'unusable', notice: 'value-unusable' }
  }
  if (p.truncated === true && p.items === undefined && !text.startsWith('{') && kind !== 'flags' && !LISTS.has(kind))
    return cutValue(text, kind)
  if (known === undefined) return readShape(p, text)
  switch (known.kind) {
    case 'boolean':
      return readBoolean(text)
    case 'enum':
      return readEnum(text, known, context.collection)
    case 'flags':
      return readFlags(p, p.items?.join(', ') ?? text, known, context.collection)
    case 'list':
      return readList(p, text, (i) => i)
    case 'names':
      return readNames(p, text, known, context.collection)
    case 'capabilities':
      return readCapabilities(p, text)
    case 'size':
      return readSize(text)
    case 'number':
      return readNumber(text)
    case 'duration':
      return readDuration(text)
    case 'date':
      return readDateValue(text, context, known.name)
    case 'version':
      return readVersion(text)
    default:
      // Somebody shortened it by hand: what stands there is the beginning of a name, not another name.
      if (WHOLE.has(known.name) && CUT_WORD.test(text)) return cutValue(text, kind)
      return ok(p.items?.join(', ') ?? p.text ?? '')
  }
}

import type { RawBlock, RawObject, RawProperty } from '../../model'
import { type Command, lowerName } from '../../text'
import type { ReadObject, Segment } from './segment'

/**
 * `(Get-ReceiveConnector "X").TlsDomainCapabilities | fl` prints the objects of one property: what it says is said of connector X.
 * Each of these kinds of object has a short text of its own, the one that the connector's list shows (Exchange's IPBinding, IPRange,
 * AddressSpace, SmtpReceiveDomainCapabilities).
 */
type Read = (get: (name: string) => string) => string | undefined

const shapes: readonly Read[] = [
  (get) => join(get('domain') || get('smtpx509identifier'), ':', get('capabilities')),
  (get) => get('expression') || join(get('lowerbound'), '-', get('upperbound')),
  (get) => (get('port') === '' ? undefined : join(bracketed(get('address')), ':', get('port'))),
  (get) => join(join(get('type'), ':', get('address')), ';', get('cost')),
]

const join = (a: string | undefined, sign: string, b: string): string | undefined =>
  a === undefined || a === '' || b === '' ? undefined : `${a}${sign}${b}`
const bracketed = (address: string): string =>
  address.includes(':') && !address.startsWith('[') ? `[${address}]` : address

function itemOf(o: RawObject): string | undefined {
  const get = (name: string): string => o.properties.find((p) => lowerName(p.name) === name)?.text ?? ''
  for (const shape of shapes) {
    const item = shape(get)
    if (item !== undefined) return item
  }
  return undefined
}

/** The one object that the command names, with the property it shows; undefined where the text does not tell what belongs to it. */
export function partBlock(s: Segment, command: Command, members: readonly ReadObject[]): RawBlock | undefined {
  const [name, ...others] = command.named
  const { property, collection } = command
  if (collection === null || property === null || name === undefined || others.length > 0) return undefined
  const isWhole = s.section.closed && !s.section.failed && !s.section.limited && !command.silent
  const found = members.map((m) => itemOf(m.raw))
  const items = members.length > 0 ? found.filter((i) => i !== undefined) : plainItems(s)
  if (found.includes(undefined) || items === undefined || (items.length === 0 && !isWhole)) return undefined
  const first = s.section.commandLine ?? s.section.line
  const lines: readonly [number, number] = [members[0]?.raw.lines[0] ?? first, s.lastLine ?? first]
  // The list can go on where nothing shows its end, and where the command picks some of it.
  const isCut = members.some((m) => m.raw.properties.some((p) => p.truncated)) || (members.length === 0 && !isWhole)
  const value: RawProperty = {
    name: property,
    text: `{${items.join(', ')}}`,
    items,
    lines,
    ...(isCut ? { truncated: true } : {}),
  }
  const key: RawProperty = { name: 'Identity', text: name, lines: [first, first] }
  return {
    format: 'format-list',
    cmdlet: command.cmdlet,
    collection,
    certainty: 'certain',
    completeness: 'projection',
    side: s.section.managementShell ? 'on-premises' : 'unknown',
    server: command.server ?? s.section.host,
    command: command.text,
    listing: 'named',
    named: command.named,
    objects: [{ properties: [key, value], lines: [first, lines[1]] }],
    lines: [first, lines[1]],
    ...(s.section.takenAt !== null ? { takenAt: s.section.takenAt } : {}),
  }
}

/** An address, a range, a domain, an address space: not a single word, which may be prose. */
const ITEM = /^(?=\S{0,400}(?:\d|[\w\]*][.:;/]\w))[\w*.:;\\/[\]()@-]{1,400}$/

/** Values printed one a line, between two prompts: anything else there cannot be told from prose. */
function plainItems(s: Segment): readonly string[] | undefined {
  if (!s.section.closed) return undefined
  return s.plain.every((line) => ITEM.test(line)) ? s.plain : undefined
}

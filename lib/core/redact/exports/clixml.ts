import type { RawObject } from '../../model'
import type { Pseudonyms } from '../types'
import { exportTreatment, redactedItem, redactedValue } from './values'

const TOKEN = /<(\/?)([A-Za-z0-9]+)((?:\s[^<>]*?)?)(\/?)>([^<]*)|<[?!][^>]*>[^<]*/g
const ESCAPE = /_x([0-9a-f]{4})_/gi
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const decoded = (text: string): string =>
  text
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi, (whole, hex, number, name) =>
      name === undefined
        ? String.fromCodePoint(Number.parseInt(hex ?? number, hex === undefined ? 10 : 16) || 0xfffd)
        : (NAMED[String(name).toLowerCase()] ?? whole),
    )
    .replace(ESCAPE, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

const encoded = (text: string): string =>
  text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\p{Cc}/gu, (c) => (c === '\t' ? c : `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`))

/**
 * CLIXML with the same elements and other texts. Bytes (certificates, serialized objects) are left out; what was read from them
 * stands as properties of its own, so that it is still there. `objects`: what the document was read as.
 */
export function redactClixml(xml: string, objects: readonly RawObject[], p: Pseudonyms): string | undefined {
  if (!/^\s*(?:<\?xml[^>]*>\s*)?<Objs\b/.test(xml)) return undefined
  const named = new Set([...xml.matchAll(/\bN="(\w+)"/g)].map(([, name]) => name))
  const fromBytes = (at: number) => extraProperties(objects[at], named, p)
  const names: string[] = []
  let [done, out, object, isSkipped, isTold] = [0, '', -1, false, true]
  for (const m of xml.matchAll(TOKEN)) {
    if (m.index !== done) return undefined
    done = m.index + m[0].length
    const [whole, slash = '', tag, attributes = '', isEmpty = '', text = ''] = m
    if (tag === undefined) {
      out += /^<\?xml/.test(whole) ? whole : '' // comments hold nothing that is read
      continue
    }
    if (slash !== '') names.pop()
    const opens = slash === '' && isEmpty === ''
    if (tag === 'Obj' && slash === '' && names.length === 1) {
      object++
      isTold = false
    }
    const of = nameOf(attributes) || names.at(-1) || ''
    if (opens) names.push(of)
    if (tag === 'BA') {
      if (!isTold && slash === '' && object < objects.length) out += fromBytes(object)
      isTold ||= slash === ''
      isSkipped = opens
      out += opens ? '' : text
      continue
    }
    const shown = opens ? content(tag, of, text, p) : text.trim() === '' ? text : ''
    out += `<${slash}${tag}${ownAttributes(attributes, p)}${isEmpty}>${shown}`
  }
  return done === xml.length && !isSkipped ? out : undefined
}

const nameOf = (attributes: string): string => decoded(/\bN="([^"]*)"/.exec(attributes)?.[1] ?? '')

const extraProperties = (o: RawObject | undefined, named: ReadonlySet<string | undefined>, p: Pseudonyms): string =>
  (o?.properties ?? [])
    .filter((property) => !named.has(property.name) && property.text !== null)
    .map(
      ({ name, text, items }) =>
        `<S N="${encoded(name)}">${encoded(items ? listOf(name, items, p) : redactedValue(name, text ?? '', p))}</S>`,
    )
    .join('')

const listOf = (name: string, items: readonly string[], p: Pseudonyms): string =>
  `{${items.map((item) => redactedItem(name, item, p)).join(', ')}}`

/** What says more than the reader of CLIXML asks for goes. */
const ownAttributes = (attributes: string, p: Pseudonyms): string =>
  [...attributes.matchAll(/\s(RefId|N|Version|xmlns)="([^"]*)"/g)]
    .map(
      ([, name, value = '']) =>
        ` ${name}="${name === 'N' ? encoded(p.text(decoded(value))) : value.replace(/[^\w.:/-]/g, '')}"`,
    )
    .join('')

const NUMBERS = /^(?:I16|I32|I64|U16|U32|U64|By|SB|Db|Sg|D|DT|TS|B|Version)$/

function content(tag: string, name: string, text: string, p: Pseudonyms): string {
  if (text.trim() === '' || exportTreatment(name) === 'drop') return text.trim() === '' ? text : ''
  if (NUMBERS.test(tag)) return /^m?_?(?:address|scopeid)$/i.test(name) ? '0' : text
  const plain = decoded(text)
  if (tag === 'T') return encoded(p.text(plain))
  return encoded(name === '' ? p.id(plain) : redactedValue(name, plain, p))
}

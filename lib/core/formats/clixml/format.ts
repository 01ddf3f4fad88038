import {
  type Certainty,
  type CollectionName,
  type Completeness,
  cmdletOf,
  type Diagnose,
  isSelected,
  kindOfTypes,
  type RawBlock,
  type RawObject,
  recognise,
} from '../../model'
import { completenessOf, interner, lineAt, originOf } from '../../text'
import { defineFormat } from '../define-format'
import { toRawObject } from './objects'
import { type Found, readClixml } from './reader'

const NAMESPACE = 'http://schemas.microsoft.com/powershell/2004/04'
const START =
  /^\s{0,200}(?:#< CLIXML\s{0,20})?(?:<\?xml[^>]{0,200}\?>\s{0,200})?(?:<!(?:DOCTYPE|ENTITY)[^[]{0,400}\[?[\s\S]{0,4000}?)?<Objs[\s>/]/
const FORBIDDEN = /<!(?:DOCTYPE|ENTITY)/

type Kind = { readonly collection: CollectionName | null; readonly certainty: Certainty }

function kindOf(found: Found, names: ReadonlySet<string>): Kind {
  const typed = kindOfTypes(found.types)
  if (typed !== undefined) return { collection: typed, certainty: 'certain' }
  return recognise(names) ?? { collection: null, certainty: 'unsure' }
}

type Group = { readonly kind: Kind; readonly objects: RawObject[]; completeness: Completeness }

function toBlock({ kind, objects, completeness }: Group): RawBlock {
  const origin = originOf(objects[0]?.properties ?? [])
  return {
    format: 'clixml',
    cmdlet: kind.collection === null ? null : cmdletOf[kind.collection],
    collection: kind.collection,
    certainty: kind.certainty,
    completeness,
    side: origin?.side ?? 'unknown',
    server: origin?.server ?? null,
    command: null,
    objects,
    lines: [objects[0]?.lines[0] ?? 1, objects[objects.length - 1]?.lines[1] ?? 1],
  }
}

function parse(text: string, diagnose: Diagnose): RawBlock[] {
  if (FORBIDDEN.test(text)) {
    const line = lineAt(text, text.search(FORBIDDEN))
    diagnose({ code: 'xml-refused', level: 'error', line, params: { reason: 'doctype' } })
    return []
  }
  const intern = interner()
  const groups: Group[] = []
  const end = readClixml(withoutPrologue(text), (found) => {
    const raw = toRawObject(found, intern, diagnose)
    const names = new Set(raw.properties.map((p) => p.name.toLowerCase()))
    const kind = kindOf(found, names)
    const completeness = completenessOf(kind.collection, names, isSelected(found.types))
    const last = groups[groups.length - 1]
    if (last?.kind.collection === kind.collection) {
      last.objects.push(raw)
      if (completeness !== 'full') last.completeness = completeness
    } else groups.push({ kind, objects: [raw], completeness })
  })
  if (end.state === 'cut') diagnose({ code: 'source-cut', level: 'warning', line: end.line })
  if (end.state === 'refused')
    diagnose({ code: 'xml-refused', level: 'error', line: end.line, params: { reason: end.reason } })
  // A listing of nothing is an export too: its kind is not told.
  if (groups.length === 0 && end.state === 'done')
    groups.push({ kind: { collection: null, certainty: 'certain' }, objects: [], completeness: 'full' })
  return groups.map(toBlock)
}

/** Nothing but blanks may stand before an XML declaration; both are taken out within their line, so that line numbers stay. */
function withoutPrologue(text: string): string {
  const head = text.slice(0, 1024)
  const clean = head
    .replace(/^\s*#< CLIXML[^\S\n]*/, '\n'.repeat(head.startsWith('\n') ? 1 : 0))
    .replace(/<\?xml[^>]*\?>/, '')
  return clean.length === head.length ? text : clean + text.slice(1024)
}

/** Files of Export-Clixml, and CLIXML that other PowerShell tools write. */
export const format = defineFormat({
  id: 'clixml',
  extent: 'document',
  detect(head) {
    if (!START.test(head)) return 0
    return head.includes(NAMESPACE) ? 1 : 0.6
  },
  parse: (source, diagnose) => parse(source.text, diagnose),
})

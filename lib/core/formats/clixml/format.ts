import {
  type Certainty,
  type CollectionName,
  type Completeness,
  cmdletOf,
  type Diagnose,
  type RawBlock,
  type RawObject,
  recognise,
} from '../../model'
import { completenessOf, interner, lineAt, originOf } from '../../text'
import { defineFormat } from '../define-format'
import { type HealthFacts, healthFacts, healthObject } from './health-checker'
import { messageReporter } from './messages'
import { toRawObject } from './objects'
import { type Found, readClixml } from './reader'

const NAMESPACE = 'http://schemas.microsoft.com/powershell/2004/04'
const START =
  /^\s{0,200}(?:#< CLIXML\s{0,20})?(?:<\?xml[^>]{0,200}\?>\s{0,200})?(?:<!(?:DOCTYPE|ENTITY)[^[]{0,400}\[?[\s\S]{0,4000}?)?<Objs[\s>/]/
const FORBIDDEN = ['!DOCTYPE', '!ENTITY']

/** Where `<` and the word stand. XML is full of `<`, so that the word is what is searched for. */
function indexOfMark(text: string, word: string): number {
  let at = text.indexOf(word)
  while (at >= 0 && text[at - 1] !== '<') at = text.indexOf(word, at + 1)
  return at < 0 ? at : at - 1
}

type Kind = { readonly collection: CollectionName | null; readonly certainty: Certainty }
const unknown: Kind = { collection: null, certainty: 'unsure' }

function kindOf(found: Found, names: ReadonlySet<string>): Kind {
  const { collection } = found.types
  if (collection !== undefined) return { collection, certainty: collection === null ? 'unsure' : 'certain' }
  return recognise(names) ?? unknown
}

/** Objects of one kind in a row. `isTop`: of the file itself, not somewhere inside another object. */
type Group = { readonly kind: Kind; readonly isTop: boolean; readonly objects: RawObject[]; completeness: Completeness }

/** Objects of no known kind are read by nobody; these show what a file holds. */
const MAX_UNKNOWN = 1000

type Taken = { readonly groups: Group[]; facts: HealthFacts | undefined; withoutServices: number; servicesLine: number }

function take(taken: Taken, found: Found, raw: RawObject): void {
  const names = new Set(raw.properties.map((p) => p.name.toLowerCase()))
  taken.facts ??= healthFacts(raw, names)
  const own = found.types.isCustom ? healthObject(raw, names) : undefined
  const kind: Kind = own ? { collection: own.collection, certainty: 'likely' } : kindOf(found, names)
  if (kind.collection === null && !found.isTop) return
  if (kind.collection === 'certificates' && !names.has('services')) {
    if (taken.withoutServices++ === 0) taken.servicesLine = raw.lines[0]
  }
  const completeness = own ? 'projection' : completenessOf(kind.collection, names, found.types.isSelected)
  const last = taken.groups[taken.groups.length - 1]
  const object = own?.object ?? raw
  if (last !== undefined && last.kind.collection === kind.collection && last.isTop === found.isTop && !own) {
    if (kind.collection !== null || last.objects.length < MAX_UNKNOWN) last.objects.push(object)
    if (completeness !== 'full') last.completeness = completeness
  } else taken.groups.push({ kind, isTop: found.isTop, objects: [object], completeness })
}

/** What HealthChecker asks one server for. */
const perServer: readonly (CollectionName | null)[] = [
  'receiveConnectors',
  'certificates',
  'transportServices',
  'servers',
]

/** Where the export ends early, or holds the odd ones of a kind alone, it is no list of all. */
const isPicked = (g: Group, facts: HealthFacts | undefined): boolean =>
  facts !== undefined && (g.kind.collection === 'acceptedDomains' || g.completeness === 'projection')

function toBlock(group: Group, facts: HealthFacts | undefined, isCut: boolean): RawBlock {
  const { kind, objects, completeness } = group
  const origin = originOf(objects[0]?.properties ?? [])
  const ofServer = perServer.includes(kind.collection) ? facts?.server : undefined
  return {
    format: 'clixml',
    cmdlet: kind.collection === null ? null : cmdletOf[kind.collection],
    collection: kind.collection,
    certainty: kind.certainty,
    completeness,
    side: origin?.side ?? 'unknown',
    server: ofServer ?? origin?.server ?? null,
    command: null,
    ...(isCut || isPicked(group, facts) ? { listing: 'named', isPartial: true } : {}),
    ...(facts?.takenAt ? { takenAt: facts.takenAt } : {}),
    objects,
    lines: [objects[0]?.lines[0] ?? 1, objects[objects.length - 1]?.lines[1] ?? 1],
  }
}

function parse(text: string, diagnose: Diagnose): RawBlock[] {
  for (const word of FORBIDDEN) {
    const at = indexOfMark(text, word)
    if (at < 0) continue
    diagnose({ code: 'xml-refused', level: 'error', line: lineAt(text, at), params: { reason: 'doctype' } })
    return []
  }
  const intern = interner()
  const taken: Taken = { groups: [], facts: undefined, withoutServices: 0, servicesLine: 1 }
  const messages = messageReporter(diagnose)
  let layoutLine: number | undefined
  const end = readClixml(text, {
    found: (found) => {
      if (found.types.isLayout) layoutLine ??= found.lines[0]
      else take(taken, found, toRawObject(found, intern, diagnose))
    },
    message: messages.add,
  })
  messages.end()
  if (layoutLine !== undefined) diagnose({ code: 'format-objects', level: 'error', line: layoutLine })
  if (end.state === 'cut') diagnose({ code: 'source-cut', level: 'warning', line: end.line })
  if (end.state === 'refused') {
    diagnose({ code: 'xml-refused', level: 'error', line: end.line, params: { reason: end.reason } })
    return []
  }
  if (taken.withoutServices > 0) {
    const { withoutServices: count, servicesLine: line } = taken
    diagnose({ code: 'certificate-services-unknown', level: 'info', line, params: { count } })
  }
  // A listing of nothing is an export too: its kind is not told.
  if (taken.groups.length === 0 && end.state === 'done' && end.values === 0)
    taken.groups.push({ kind: unknown, isTop: true, objects: [], completeness: 'full' })
  const known = taken.groups.some((g) => g.kind.collection !== null)
  return taken.groups
    .filter((g) => g.kind.collection !== null || !known || g.isTop === false || taken.facts === undefined)
    .map((g) => toBlock(g, taken.facts, end.state === 'cut'))
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

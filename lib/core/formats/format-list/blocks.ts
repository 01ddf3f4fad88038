import { type Certainty, type CollectionName, type Diagnose, type RawBlock, recognise } from '../../model'
import { completenessOf, nameOf, originOf, reportCuts } from '../../text'
import { closeSegment, type ReadObject, type Segment } from './segment'

type Kind = { readonly collection: CollectionName | null; readonly certainty: Certainty }

function kindOf(s: Segment, names: ReadonlySet<string>): Kind {
  const seen = recognise(names)
  const said = s.command?.collection ?? null
  if (s.command !== null && !s.command.part) {
    // A text around the output can name another command than the one that printed it: the properties decide then.
    if (said === null && seen !== undefined && s.command.cmdlet.toLowerCase().startsWith('get-'))
      return { collection: null, certainty: 'certain' }
    if (said !== null && (seen === undefined || seen.collection === said || seen.certainty !== 'certain')) {
      return { collection: said, certainty: 'certain' }
    }
  }
  if (s.command?.part) return { collection: null, certainty: 'unsure' }
  return seen === undefined ? { collection: null, certainty: 'unsure' } : seen
}

/** A list of few lines without any known property is prose with colons in it, not an export. */
const MIN_UNKNOWN_PROPERTIES = 4

export function blocksOf(s: Segment, intern: (t: string) => string, diagnose: Diagnose): RawBlock[] {
  const groups: { kind: Kind; members: ReadObject[]; names: Set<string> }[] = []
  for (const o of closeSegment(s, intern)) {
    const names = o.open.seen
    const kind = kindOf(s, names)
    if (kind.collection === null && s.command === null && names.size < MIN_UNKNOWN_PROPERTIES) continue
    const last = groups[groups.length - 1]
    if (last !== undefined && last.kind.collection === kind.collection) {
      last.members.push(o)
      for (const n of names) last.names.add(n)
    } else groups.push({ kind, members: [o], names: new Set(names) })
  }
  const blocks = groups.map((g) => toBlock(s, g.kind, g.members, g.names))
  for (const g of groups) for (const m of g.members) reportDoubts(m, diagnose)
  for (const b of blocks) for (const o of b.objects) reportCuts(o, diagnose)
  if (blocks.length === 0 && isEmptyListing(s) && s.command?.collection) {
    blocks.push(toBlock(s, { collection: s.command.collection, certainty: 'certain' }, [], new Set()))
  }
  reportOutput(s, diagnose)
  return blocks
}

/** The command showed everything it found, and that was nothing. */
const isEmptyListing = ({ section, command, otherText }: Segment): boolean =>
  section.closed &&
  !section.failed &&
  !otherText &&
  section.commands.length === 1 &&
  command?.part === false &&
  !command.silent

function reportDoubts({ raw, open }: ReadObject, diagnose: Diagnose): void {
  for (const p of open.properties) {
    const object = p.doubtful ? nameOf(raw) : undefined
    if (p.doubtful)
      diagnose({ code: 'lines-joined', level: 'info', line: p.line, property: p.name, ...(object ? { object } : {}) })
  }
}

function toBlock(s: Segment, kind: Kind, members: readonly ReadObject[], names: ReadonlySet<string>): RawBlock {
  const { command } = s
  const said = command !== null && (kind.collection === null || command.collection === kind.collection) ? command : null
  // The label column is as wide as the longest name: a wider one tells that lines were taken out.
  const cut = members.some(({ open }) => open.properties.every((p) => p.name.length < open.labelWidth))
  const origin = originOf(members[0]?.raw.properties ?? [])
  const first = members[0]?.raw.lines[0] ?? s.section.commandLine ?? s.section.line
  const last = members[members.length - 1]?.raw.lines[1] ?? s.section.commandLine ?? s.section.line
  return {
    format: 'format-list',
    cmdlet: said?.cmdlet ?? null,
    collection: kind.collection,
    certainty: kind.certainty,
    completeness:
      members.length === 0 ? 'full' : completenessOf(kind.collection, names, cut || (said?.projection ?? false)),
    side:
      origin?.side === 'exchange-online' ? 'exchange-online' : s.section.managementShell ? 'on-premises' : 'unknown',
    server: said?.server ?? s.section.host ?? origin?.server ?? null,
    command: command?.text ?? null,
    objects: members.map((m) => m.raw),
    lines: [first, last],
    ...(said ? { listing: s.section.limited || s.section.failed ? 'named' : said.listing, named: said.named } : {}),
    ...(said?.filtersRows ? { filtered: true } : {}),
    ...(s.section.takenAt !== null ? { takenAt: s.section.takenAt } : {}),
  }
}

function reportOutput(s: Segment, diagnose: Diagnose): void {
  const { section, command } = s
  if (!s.isFirst) return
  const line = section.commandLine ?? section.line
  const params = { command: command?.text ?? section.failedCmdlet ?? '' }
  if (section.limited) diagnose({ code: 'results-limited', level: 'warning', line, params })
  if (section.failed && params.command !== '') diagnose({ code: 'command-failed', level: 'warning', line, params })
  if (s.table !== null && command?.collection) {
    diagnose({
      code: 'not-recognised',
      level: 'warning',
      line: s.table,
      params: { looksLike: 'format-table', firstLine: command.text },
    })
  }
}

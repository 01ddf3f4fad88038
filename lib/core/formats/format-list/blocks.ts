import { type Certainty, type CollectionName, type Diagnose, type RawBlock, recognise } from '../../model'
import { type Command, collectionOfCmdlet, completenessOf, nameOf, originOf, reportCuts } from '../../text'
import { seenOf, wrappedOf } from './open-object'
import { partBlock } from './parts'
import type { OpenObject } from './printed'
import { brokenOff, closeSegment, headless, type ReadObject, type Segment } from './segment'

type Kind = { readonly collection: CollectionName | null; readonly certainty: Certainty }

function kindOf(command: Command | null, names: ReadonlySet<string>): Kind {
  const seen = recognise(names)
  const said = command?.collection ?? null
  if (command !== null && !command.part) {
    // A text around the output can name another command than the one that printed it: the properties decide then.
    if (said === null && seen !== undefined && command.cmdlet.toLowerCase().startsWith('get-'))
      return { collection: null, certainty: 'certain' }
    if (said !== null && (seen === undefined || seen.collection === said || seen.certainty !== 'certain')) {
      return { collection: said, certainty: 'certain' }
    }
  }
  if (command?.part) return { collection: null, certainty: 'unsure' }
  return seen === undefined ? { collection: null, certainty: 'unsure' } : seen
}

/** Several commands in one line: the one that prints this kind. Where two do, nothing tells which of them printed the object. */
function commandOf(s: Segment, names: ReadonlySet<string>): Command | null {
  const { commands } = s.section
  if (s.command === null || commands.length < 2) return s.command
  const collection = recognise(names)?.collection
  const [found, ...others] = commands.filter((c) => c.collection === collection)
  if (found === undefined) return s.command
  return others.length === 0 ? found : { ...found, text: found.cmdlet, listing: 'named', named: [], server: null }
}

/** A list of few lines without any known property is prose with colons in it, not an export. */
const MIN_UNKNOWN_PROPERTIES = 4

/** Objects of one kind. `names`: of all of them, `of`: those of the latest. */
type Group = {
  kind: Kind
  command: Command | null
  members: ReadObject[]
  names: Set<string>
  of: ReadonlySet<string>
}

type Known = { readonly names: ReadonlySet<string>; readonly kind: Kind; readonly command: Command | null }

function knownOf(s: Segment, names: ReadonlySet<string>): Known {
  const command = commandOf(s, names)
  return { names, command, kind: kindOf(command, names) }
}

/** An object that lost the properties that tell its kind, among others of which it has the rest. */
function likeNeighbour(
  s: Segment,
  names: ReadonlySet<string>,
  beside: readonly (ReadObject | undefined)[],
): Known | undefined {
  if (s.command !== null || names.size < MIN_UNKNOWN_PROPERTIES || recognise(names) !== undefined) return undefined
  for (const o of beside) {
    const theirs = o === undefined ? undefined : seenOf(o.open)
    const kind = theirs === undefined ? undefined : recognise(theirs)
    if (kind !== undefined && [...names].every((n) => theirs?.has(n))) return { names, command: null, kind }
  }
  return undefined
}

export function blocksOf(s: Segment, intern: (t: string) => string, diagnose: Diagnose): RawBlock[] {
  const groups: Group[] = []
  const cut = brokenOff(s)
  if (cut !== undefined) reportEnd(s, cut, diagnose)
  const late = headless(s)
  const members = closeSegment(s, intern)
  if (s.command?.part) {
    const part = partBlock(s, s.command, members)
    reportOutput(s, diagnose)
    if (part !== undefined) {
      for (const o of part.objects) reportCuts(o, diagnose)
      return [part]
    }
  }
  let known: Known | undefined
  for (const [i, o] of members.entries()) {
    const names = seenOf(o.open)
    known =
      known?.names === names ? known : (likeNeighbour(s, names, [members[i - 1], members[i + 1]]) ?? knownOf(s, names))
    const { kind, command } = known
    if (kind.collection === null && s.command === null && names.size < MIN_UNKNOWN_PROPERTIES) continue
    const last = groups[groups.length - 1]
    if (last !== undefined && last.kind.collection === kind.collection) {
      last.members.push(o)
      if (last.of !== names) for (const n of names) last.names.add(n)
      last.of = names
    } else groups.push({ kind, command, members: [o], names: new Set(names), of: names })
  }
  const blocks = groups.map((g, i) => toBlock(s, g, cut !== undefined || (late !== undefined && i === 0)))
  if (late !== undefined && blocks[0]?.collection) {
    const line = late.properties[0]?.lines[0] ?? blocks[0].lines[0]
    diagnose({ code: 'source-begins-late', level: 'warning', line })
  }
  for (const g of groups) for (const m of g.members) reportDoubts(m, diagnose)
  for (const b of blocks) for (const o of b.objects) reportCuts(o, diagnose)
  if (blocks.length === 0 && isEmptyListing(s) && s.command?.collection) {
    blocks.push(
      toBlock(s, {
        kind: { collection: s.command.collection, certainty: 'certain' },
        command: s.command,
        members: [],
        names: new Set(),
        of: new Set(),
      }),
    )
  }
  if (!s.command?.part) reportOutput(s, diagnose)
  return blocks
}

/** Without a line end at the end, the last value may have lost some of its own. */
function reportEnd(s: Segment, o: OpenObject, diagnose: Diagnose): void {
  const last = o.properties[o.properties.length - 1]
  if (last === undefined) return
  if (s.endsInLine) wrappedOf(o, last).isCut = true
  diagnose({ code: 'source-cut', level: 'warning', line: last.lines[1] })
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
  for (const [p, { doubtful }] of open.wrapped) {
    const object = doubtful ? nameOf(raw) : undefined
    if (doubtful)
      diagnose({
        code: 'lines-joined',
        level: 'info',
        line: p.lines[0],
        property: p.name,
        ...(object ? { object } : {}),
      })
  }
}

function toBlock(s: Segment, { kind, command, members, names }: Group, isCut = false): RawBlock {
  const said = command !== null && (kind.collection === null || command.collection === kind.collection) ? command : null
  // The label column is as wide as the longest name: a wider one tells that lines were taken out.
  const cut = members.some(({ open }) => open.properties.every((p) => p.name.length < open.labelWidth))
  // One object with lines gone and no prompt behind it may be the first of many. Several that lack the same lines were edited.
  const mayBreakOff = cut && members.length === 1 && !s.section.closed
  const isPartial = isCut || mayBreakOff || s.section.limited || s.section.failed
  const origin = originOf(members[0]?.raw.properties ?? [])
  const first = members[0]?.raw.lines[0] ?? s.section.commandLine ?? s.section.line
  const last = members[members.length - 1]?.raw.lines[1] ?? s.section.commandLine ?? s.section.line
  return {
    format: 'format-list',
    cmdlet: said?.cmdlet ?? null,
    collection: kind.collection,
    certainty: kind.certainty,
    completeness:
      members.length === 0
        ? 'full'
        : completenessOf(kind.collection, names, cut || isCut || (said?.projection ?? false)),
    side:
      origin?.side === 'exchange-online' ? 'exchange-online' : s.section.managementShell ? 'on-premises' : 'unknown',
    server: said?.server ?? s.section.host ?? origin?.server ?? null,
    command: command?.text ?? null,
    objects: members.map((m) => m.raw),
    lines: [first, last],
    ...(isPartial ? { listing: 'named' as const, isPartial } : said ? { listing: said.listing } : {}),
    ...(said ? { named: said.named } : {}),
    ...(said?.filtersRows ? { filtered: true } : {}),
    ...(s.section.takenAt !== null ? { takenAt: s.section.takenAt } : {}),
  }
}

function reportOutput(s: Segment, diagnose: Diagnose): void {
  const { section, command } = s
  if (!s.isFirst) return
  const line = section.commandLine ?? section.line
  const cmdlet = command?.cmdlet ?? section.failedCmdlet ?? ''
  if (collectionOfCmdlet(cmdlet) === null) return
  const params = { command: command?.text ?? cmdlet }
  if (section.limited) diagnose({ code: 'results-limited', level: 'warning', line, params })
  if (section.failed) diagnose({ code: 'command-failed', level: 'warning', line, params })
}

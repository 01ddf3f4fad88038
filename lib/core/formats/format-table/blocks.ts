import type { Completeness, Diagnose, RawBlock, RawObject } from '../../model'
import { type Command, firstLineOf, interner, isNoise, lowerName, originOf, type Section } from '../../text'
import type { Found, Search } from './find'
import { type Kind, kindOfColumns } from './kind'
import { isNamed, reportCells, toObject } from './objects'
import type { Row, Table } from './table'

type Collected = NonNullable<Kind['collection']>
/** Tables that are one output: those of one command, or the parts that -GroupBy made of it. */
type Output = {
  readonly section: Section
  readonly command: Command | null
  readonly collection: Collected
  readonly certainty: Kind['certainty']
  readonly tables: Table[]
}

/** About how many properties `Format-List *` shows of an object of Exchange Server 2016 to SE, for people to see what a table leaves out. */
const PROPERTIES: Readonly<Partial<Record<Collected, number>>> = {
  receiveConnectors: 70,
  sendConnectors: 55,
  acceptedDomains: 40,
  inboundConnectors: 40,
  outboundConnectors: 40,
  servers: 40,
}

/** What comes out behind these is something else than what went in. */
const REMADE = /\|\s{0,8}(?:group(?:-object)?|gm|get-member|measure(?:-object)?|compare(?:-object)?)\b/i

function kindOf(command: Command | null, names: ReadonlySet<string>): Kind | undefined {
  const seen = kindOfColumns(names)
  if (command === null) return seen
  const said = command.collection
  if (command.part || REMADE.test(command.text)) return undefined
  if (said === null && /^get-/i.test(command.cmdlet)) return undefined
  if (said !== null && (seen === undefined || seen.collection === said || seen.certainty !== 'certain'))
    return { collection: said, certainty: 'certain' }
  return seen
}

/** Does text stand between two lines? Behind a table it ends what the last command says, where no prompt ends the output. */
function isProse({ lines }: Search, from: number, to: number): boolean {
  for (let n = from; n <= to; n++) if (!lines.isBlank(n) && !isNoise(lines.line(n))) return true
  return false
}

function outputsOf(s: Search): Output[] {
  const out: Output[] = []
  let before: Found | undefined
  for (const f of s.found) {
    const { table, section } = f
    const follows = before?.section === section && !isProse(s, before.table.to + 1, table.from - 1)
    const applies = before?.section !== section || section.closed || follows
    const names = new Set(table.labels.map(lowerName))
    const command = applies ? commandFor(section, names) : null
    const kind = kindOf(command, names)
    before = f
    if (kind?.collection == null) continue
    const last = out[out.length - 1]
    const isSame = last?.section === section && last.command === command && last.collection === kind.collection
    const isGroup = follows && table.group !== null && last?.tables[0]?.group?.name === table.group.name
    if (last !== undefined && isSame && (command !== null || isGroup)) last.tables.push(table)
    else out.push({ section, command, collection: kind.collection, certainty: kind.certainty, tables: [table] })
  }
  return out
}

/** Of several statements in a line the one that makes such rows. */
function commandFor(section: Section, names: ReadonlySet<string>): Command | null {
  const seen = kindOfColumns(names)?.collection
  return section.commands.find((c) => c.collection === seen) ?? section.command
}

export function blocksOf(s: Search, diagnose: Diagnose): RawBlock[] {
  const intern = interner()
  const blocks = outputsOf(s)
    .filter((o) => o.tables.some((t) => t.rows.length > 0 || t.lost.length > 0))
    .map((o) => toBlock(s, o, intern, diagnose))
  for (const h of s.headless) {
    const { command } = h.section
    if (command?.collection) diagnose(headless(h.line, command.text))
  }
  return blocks
}

const headless = (line: number, firstLine: string) =>
  ({
    code: 'not-recognised',
    level: 'warning',
    line,
    params: { looksLike: 'table-without-header', firstLine },
  }) as const

/** `-HideTableHeaders`: nothing tells what the columns are. */
export function reportHidden(all: readonly Section[], text: string, diagnose: Diagnose): void {
  for (const { command, from, to, line } of all) {
    if (!command?.collection || !/\s-hidet\w*/i.test(command.text)) continue
    if (text.slice(from, Math.min(to, from + 4096)).trim() !== '') diagnose(headless(line, command.text))
  }
}

/** At most so many rows of one table are named that could not be read. */
const MAX_LOST = 20

function reportLost(s: Search, table: Table, diagnose: Diagnose): void {
  for (const line of table.lost.slice(0, MAX_LOST)) {
    const params = { looksLike: 'table-row', firstLine: firstLineOf(s.lines.line(line)) }
    diagnose({ code: 'not-recognised', level: 'warning', line, params })
  }
}

/** Rows whose rights are not shown or not whole cannot prove that an account lacks a right. */
function hidesRights(o: Output): boolean {
  if (o.collection !== 'adPermissions') return false
  return o.tables.some(({ labels, rows }) => {
    const names = labels.map(lowerName)
    if (!names.includes('extendedrights') && !names.includes('accessrights')) return true
    return rows.some((r) => r.cells.some((c, k) => DECIDING.has(names[k] ?? '') && (c.cut !== null || c.isDoubtful)))
  })
}
const DECIDING = new Set(['identity', 'user', 'deny', 'isinherited', 'inherited', 'extendedrights', 'accessrights'])

function toBlock(s: Search, o: Output, intern: (t: string) => string, diagnose: Diagnose): RawBlock {
  const { section, tables } = o
  const objects: RawObject[] = []
  for (const t of tables) {
    for (const r of t.rows) objects.push(read(o, t, r, intern, diagnose))
    reportLost(s, t, diagnose)
  }
  const from = tables[0]?.from ?? 1
  const to = tables[tables.length - 1]?.to ?? from
  const count = new Set(tables.flatMap((t) => t.labels.map(lowerName))).size
  const total = PROPERTIES[o.collection]
  const params = total === undefined ? { count } : { count, total }
  diagnose({ code: 'table-projection', level: 'info', line: from, params })
  const said = o.command !== null && o.command.collection === o.collection ? o.command : null
  const origin = originOf(objects[0]?.properties ?? [])
  const hidden = hidesRights(o)
  // Names that are cut, rows that are lost, a command that failed: what is not in the table may exist nevertheless.
  const isDamaged =
    hidden || section.limited || section.failed || tables.some((t) => t.lost.length > 0 || lacksNames(o, t))
  return {
    format: 'format-table',
    cmdlet: said?.cmdlet ?? null,
    collection: o.collection,
    certainty: o.certainty,
    completeness: completenessOf(tables, said),
    side: origin?.side === 'exchange-online' ? 'exchange-online' : section.managementShell ? 'on-premises' : 'unknown',
    server: said?.server ?? section.host ?? origin?.server ?? null,
    command: o.command?.text ?? null,
    objects,
    lines: [from, to],
    ...(isDamaged ? { listing: 'named' as const, isPartial: true } : said ? { listing: said.listing } : {}),
    ...(said ? { named: said.named } : {}),
    ...(said?.filtersRows || hidden ? { filtered: true } : {}),
    ...(section.takenAt !== null ? { takenAt: section.takenAt } : {}),
  }
}

/** Rows of an access list are named by their connector, which the command may say. */
const lacksNames = (o: Output, t: Table): boolean =>
  o.collection !== 'adPermissions' && t.rows.some((r) => !isNamed(r, t.labels))

function read(o: Output, t: Table, r: Row, intern: (t: string) => string, diagnose: Diagnose): RawObject {
  const object = toObject(t, r, o.collection, intern)
  reportCells(t, r, object, diagnose)
  return object
}

function completenessOf(tables: readonly Table[], said: Command | null): Completeness {
  if (tables.every((t) => t.labels.length === 1 && t.group === null)) return 'identity-only'
  return said?.projection ? 'projection' : 'table'
}

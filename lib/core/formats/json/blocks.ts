import { type Completeness, cmdletOf, type RawBlock } from '../../model'
import { originOf, type Section } from '../../text'
import type { Found, JsonDocument } from './documents'

const rank: Readonly<Record<Completeness, number>> = { full: 3, projection: 2, table: 1, 'identity-only': 0 }

const worst = (found: readonly Found[]): Completeness =>
  found.reduce<Completeness>((w, f) => (rank[f.completeness] < rank[w] ? f.completeness : w), 'full')

function blockOf(
  found: readonly Found[],
  lines: readonly [number, number],
  collection: Found['kind']['collection'] | null,
  section: Section | null,
  documents: readonly JsonDocument[],
): RawBlock {
  const command = section?.command ?? null
  const said = command !== null && (collection === null || command.collection === collection) ? command : null
  const origin = originOf(found[0]?.raw.properties ?? [])
  const isWhole = documents.every((d) => d.ending.state === 'done')
  const ran = collection === null ? '' : cmdletOf[collection].toLowerCase()
  const completeness = worst(found)
  const isAll = section?.limited === false && !section.failed && isWhole && said?.listing === 'all'
  const listing = said
    ? isAll
      ? 'all'
      : 'named'
    : isWhole && documents.some((d) => d.succeeded.has(ran))
      ? 'all'
      : null
  const isCloud = origin?.side === 'exchange-online' || documents.some((d) => d.isCloud)
  return {
    format: 'json',
    cmdlet: said?.cmdlet ?? (collection === null ? null : cmdletOf[collection]),
    collection,
    certainty: found.length === 0 || found.every((f) => f.kind.certainty === 'certain') ? 'certain' : 'likely',
    completeness: said?.projection && completeness === 'full' && found.length > 0 ? 'projection' : completeness,
    side: isCloud ? 'exchange-online' : section?.managementShell ? 'on-premises' : 'unknown',
    server: said?.server ?? section?.host ?? origin?.server ?? null,
    command: command?.text ?? null,
    objects: found.map((f) => f.raw),
    lines,
    ...(listing ? { listing } : {}),
    ...(said ? { named: said.named } : {}),
    ...(said?.filtersRows ? { filtered: true } : {}),
    ...(section?.takenAt != null ? { takenAt: section.takenAt } : {}),
  }
}

/** Blocks of documents that belong together: one output, or one file. One for each kind; what the text broke is kept apart. */
export function blocksOf(documents: readonly JsonDocument[], section: Section | null): RawBlock[] {
  const groups = new Map<string, Found[]>()
  for (const f of documents.flatMap((d) => d.found)) {
    const key = `${f.kind.collection}/${f.isCut}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [f])
    else group.push(f)
  }
  const blocks = [...groups.values()].map((found) => {
    const last = found.reduce((line, f) => Math.max(line, f.raw.lines[1]), 1)
    return blockOf(found, [found[0]?.raw.lines[0] ?? 1, last], found[0]?.kind.collection ?? null, section, documents)
  })
  const empty = documents.flatMap((d) =>
    d.empty.filter((e) => !d.failed.has(cmdletOf[e.collection].toLowerCase())).map((e) => ({ ...e })),
  )
  for (const e of empty) {
    if (![...groups.keys()].some((k) => k.startsWith(`${e.collection}/`)))
      blocks.push(blockOf([], e.lines, e.collection, null, documents))
  }
  const first = documents[0]
  if (blocks.length === 0 && first !== undefined && documents.every((d) => d.isEmpty)) {
    const lines: [number, number] = [first.line, documents[documents.length - 1]?.ending.line ?? first.line]
    blocks.push(
      blockOf([], lines, section?.command?.part ? null : (section?.command?.collection ?? null), section, documents),
    )
  }
  return blocks
}

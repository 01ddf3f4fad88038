import { type CollectionName, type Completeness, cmdletOf, type RawBlock } from '../../model'
import { originOf, type Section } from '../../text'
import type { Contents, Found } from './documents'

const rank: Readonly<Record<Completeness, number>> = { full: 3, projection: 2, table: 1, 'identity-only': 0 }

const worst = (found: readonly Found[]): Completeness =>
  found.reduce<Completeness>((w, f) => (rank[f.completeness] < rank[w] ? f.completeness : w), 'full')

function blockOf(
  found: readonly Found[],
  lines: readonly [number, number],
  collection: Found['kind']['collection'] | null,
  section: Section | null,
  contents: Contents,
): RawBlock {
  const command = section?.command ?? null
  const said = command !== null && (collection === null || command.collection === collection) ? command : null
  const origin = originOf(found[0]?.raw.properties ?? [])
  const isWhole = !contents.isBroken
  const ran = collection === null ? '' : cmdletOf[collection].toLowerCase()
  const completeness = worst(found)
  const isPartial = !isWhole || section?.limited || section?.failed
  const listing = isPartial ? 'named' : (said?.listing ?? (contents.succeeded.has(ran) ? 'all' : null))
  const isCloud = origin?.side === 'exchange-online' || contents.isCloud
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
    ...(isPartial ? { isPartial } : {}),
    ...(said ? { named: said.named } : {}),
    ...(said?.filtersRows ? { filtered: true } : {}),
    ...(section?.takenAt != null ? { takenAt: section.takenAt } : {}),
  }
}

/** Blocks of what belongs together: one output, or one file. One for each kind; what the text broke is kept apart. */
export function blocksOf(contents: Contents, section: Section | null): RawBlock[] {
  const groups = new Map<string, Found[]>()
  const kinds = new Set<CollectionName>()
  for (const f of contents.found) {
    const key = `${f.kind.collection}/${f.isCut}`
    const group = groups.get(key)
    kinds.add(f.kind.collection)
    if (group === undefined) groups.set(key, [f])
    else group.push(f)
  }
  const blocks = [...groups.values()].map((found) => {
    const last = found.reduce((line, f) => Math.max(line, f.raw.lines[1]), 1)
    return blockOf(found, [found[0]?.raw.lines[0] ?? 1, last], found[0]?.kind.collection ?? null, section, contents)
  })
  for (const { collection, lines } of contents.empty) {
    if (kinds.has(collection) || contents.failed.has(cmdletOf[collection].toLowerCase())) continue
    kinds.add(collection)
    blocks.push(blockOf([], lines, collection, null, contents))
  }
  if (blocks.length === 0 && contents.emptyLines[1] > 0) {
    const collection = section?.command?.part ? null : (section?.command?.collection ?? null)
    blocks.push(blockOf([], contents.emptyLines, collection, section, contents))
  }
  return blocks
}

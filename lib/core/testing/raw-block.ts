import type { CollectionName, RawBlock, RawObject } from '../model'

/** Text of each property, or the items of a list, or a whole property where a test needs more. */
export type RawValues = Readonly<
  Record<string, string | null | readonly string[] | Partial<RawObject['properties'][number]>>
>

const isItems = (v: RawValues[string]): v is readonly string[] => Array.isArray(v)

/** A block as a format would give it: one property a line, a blank line between objects. */
export function rawBlock(
  collection: CollectionName,
  objects: readonly RawValues[],
  more: Partial<RawBlock> = {},
): RawBlock {
  let line = 0
  const made = objects.map((values): RawObject => {
    line++
    const from = line
    const properties = Object.entries(values).map(([name, value]) => {
      const lines: [number, number] = [line, line++]
      if (value === null || typeof value === 'string') return { name, text: value, lines }
      if (isItems(value)) return { name, text: value.join(', '), items: value, lines }
      return { name, text: '', lines, ...value }
    })
    return { properties, lines: [from, line - 1] }
  })
  return {
    format: 'format-list',
    cmdlet: null,
    collection,
    certainty: 'certain',
    completeness: 'full',
    side: 'unknown',
    server: null,
    command: null,
    objects: made,
    lines: [1, Math.max(line, 1)],
    ...more,
  }
}

import type { TopologyLine } from './types'

/** Two lines side by side are told apart more easily than they are followed; from three on a common trunk reads better. */
const fewest = 3

/**
 * Lines that look alike, leave the same card and end in the same lane beyond others share a trunk and fan out in front of their
 * receivers. Gives the key of the trunk for every line; a line by itself has its own id.
 */
export function trunksOf(lines: readonly TopologyLine[], lanes: ReadonlyMap<string, number>): Map<string, string> {
  const laneOf = (id: string) => lanes.get(id) ?? 0
  const keyOf = (line: TopologyLine): string =>
    line.bypass || Math.abs(laneOf(line.from) - laneOf(line.to)) > 1
      ? [line.from, laneOf(line.to), line.protection, line.bypass].join('>')
      : line.id
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1)
  return new Map(
    lines.map((line) => {
      const key = keyOf(line)
      return [line.id, (counts.get(key) ?? 0) >= fewest ? key : line.id]
    }),
  )
}

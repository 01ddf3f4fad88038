import type { ReportSource } from './schema'

/** How many lines of a source were taken, mended and not read. */
export type LineUse = {
  readonly used: number
  /** Lines of a damaged text that were put right, by what says so. */
  readonly repaired: number
  readonly unreadable: number
}

type Range = readonly [number, number]

/** Lines that at least one of the ranges covers. */
function covered(ranges: readonly Range[]): number {
  let total = 0
  let end = 0
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (to <= end) continue
    total += to - Math.max(from, end + 1) + 1
    end = to
  }
  return total
}

/** A notice about many lines counts them; another one speaks of its own. */
function counted(source: ReportSource, codes: readonly string[]): number {
  return source.notices
    .filter((n) => codes.includes(n.code))
    .reduce((sum, n) => sum + (typeof n.params?.count === 'number' ? n.params.count : n.line === undefined ? 0 : 1), 0)
}

export function lineUse(source: ReportSource): LineUse {
  return {
    used: covered(source.blocks.map((b) => b.lines)),
    repaired: counted(source, ['lines-joined', 'log-line-repaired', 'mojibake-repaired']),
    unreadable: counted(source, ['log-line-unreadable']),
  }
}

import { collectCommand } from './collect-command'
import { coverageGaps, type Gap } from './coverage'
import { coverageMatrix, type MatrixRow } from './coverage-matrix'
import { sortedUnique } from './order'
import type { RuleCatalogue } from './rule-info'
import type { Report } from './schema'

/** What to run on one server, or once for the organisation or the tenant, and what is there of it. */
export type ServerCoverage = {
  readonly server: string | null
  readonly side: Gap['side']
  /** What is there; without one for a server that only a check names. */
  readonly row: MatrixRow | undefined
  readonly gaps: readonly Gap[]
}

/** The same gap for one server alone: its command names no other. */
const forServer = (gap: Gap, server: string): Gap => ({
  ...gap,
  servers: [server],
  command: collectCommand({ cmdlet: gap.cmdlet, side: gap.side, servers: [server] }),
})

/** By server: first the servers with something to run, then the others; what names no server stands with its side, before them. */
export function coverageServers(report: Report, catalogue: RuleCatalogue): ServerCoverage[] {
  const gaps = coverageGaps(report, catalogue)
  const matrix = coverageMatrix(report)
  const once = gaps.filter((g) => g.servers.length === 0)
  const sides = [...new Set(once.map((g) => g.side))].sort()
  const names = sortedUnique([
    ...matrix.servers.flatMap((r) => (r.server === null ? [] : [r.server])),
    ...gaps.flatMap((g) => g.servers),
  ])
  const servers = names.map((server): ServerCoverage => {
    const row = matrix.servers.find((r) => r.server === server)
    const own = gaps.filter((g) => g.servers.includes(server))
    return { server, side: row?.side ?? own[0]?.side ?? 'unknown', row, gaps: own.map((g) => forServer(g, server)) }
  })
  return [
    ...sides.map((side) => ({
      server: null,
      side,
      row: matrix.organisation.find((r) => r.side === side),
      gaps: once.filter((g) => g.side === side),
    })),
    ...servers.filter((s) => s.gaps.length > 0),
    ...servers.filter((s) => s.gaps.length === 0),
  ]
}

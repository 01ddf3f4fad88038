import { cmdletOf } from '../model/collections'
import { collectCommand } from './collect-command'
import type { Report, ReportBlock, ReportSource } from './schema'

/** Why an export is not whole, the worst first. */
export const partialReasons = ['identity-only', 'table', 'projection', 'cut', 'failed', 'intended'] as const
export type PartialReason = (typeof partialReasons)[number]

/** An export that is there and does not say everything, with the command that would. */
export type PartialExport = {
  readonly source: string
  readonly name: string
  readonly lines: readonly [number, number]
  readonly cmdlet: string
  readonly side: ReportBlock['side']
  readonly server: string | null
  readonly objects: number
  readonly reason: PartialReason
  readonly command: string
}

const cutting: readonly string[] = [
  'list-truncated',
  'column-cut',
  'multivalue-lost',
  'value-unusable',
  'results-limited',
]

const isInside = (line: number | undefined, [from, to]: readonly [number, number]): boolean =>
  line !== undefined && line >= from && line <= to

function reasonOf(block: ReportBlock, source: ReportSource): PartialReason | null {
  if (block.intended) return 'intended'
  if (block.completeness !== 'full') return block.completeness
  const noticed = (codes: readonly string[]) =>
    source.notices.some((n) => codes.includes(n.code) && isInside(n.line, block.lines))
  if (block.gaps || noticed(cutting)) return 'cut'
  if (noticed(['command-failed', 'source-cut', 'source-begins-late'])) return 'failed'
  return null
}

function toPartial(source: ReportSource, block: ReportBlock): PartialExport[] {
  const reason = reasonOf(block, source)
  if (reason === null || block.collection === null) return []
  const { server, side, objects, lines } = block
  const cmdlet = cmdletOf[block.collection]
  const known = side === 'unknown' ? 'on-premises' : side
  const command = collectCommand({ cmdlet, side: known, servers: server === null ? [] : [server] })
  return [{ source: source.id, name: source.name, lines, cmdlet, side, server, objects, reason, command }]
}

/** The sources that are there but cut, selected, printed as a table, or wishes instead of facts. Access lists need no property more. */
export function partialExports(report: Report): PartialExport[] {
  return report.sources
    .flatMap((source) => source.blocks.flatMap((block) => toPartial(source, block)))
    .filter((p) => p.cmdlet !== cmdletOf.adPermissions || p.reason === 'cut')
    .sort((a, b) => partialReasons.indexOf(a.reason) - partialReasons.indexOf(b.reason))
}

import { formatSelection, type Topology } from '@/lib/core'

/** Path of the map with what a finding is about selected: its line before its card; the whole map where it is on neither. */
export function mapHrefOf(base: string, topology: Topology | null, finding: string | undefined): string {
  const selection = topology && finding !== undefined ? selectionOf(topology, finding) : null
  return selection === null ? `${base}/map` : `${base}/map?sel=${encodeURIComponent(selection).replaceAll('%3A', ':')}`
}

function selectionOf(topology: Topology, finding: string): string | null {
  const line = topology.lines.find((l) => l.findings.includes(finding))
  if (line) return formatSelection({ kind: 'line', id: line.id })
  const card = topology.cards.find((c) => c.findings.includes(finding))
  return card ? formatSelection({ kind: 'card', id: card.id }) : null
}

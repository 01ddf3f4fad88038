import { byText } from './names'
import { laneIds } from './schema'
import { type MapLanguage, mapTexts } from './texts'
import type { Door, Topology, TopologyLine } from './types'
import { cardName, whoText } from './words'

/** One connector of one connection: the map as a table. */
export type TopologyRow = {
  readonly line: string
  readonly from: string
  readonly to: string
  readonly fromCard: string
  readonly toCard: string
  readonly door: Door
  /** null for a way without a connector. */
  readonly connector: string | null
  readonly ports: readonly number[]
  readonly who: string
  readonly protection: string
  readonly trust: string
  readonly bypass: boolean
  readonly findings: readonly string[]
  readonly worst: TopologyLine['worst']
}

/** The same that the drawing shows, connector by connector, in lane order of the sender, then of the receiver. */
export function topologyRows(topology: Topology, lang: MapLanguage): TopologyRow[] {
  const t = mapTexts(lang)
  const cards = new Map(topology.cards.map((card) => [card.id, card]))
  const rank = (id: string) => laneIds.indexOf(cards.get(id)?.lane ?? 'outside')
  const lines = [...topology.lines].sort(
    (a, b) => rank(a.from) - rank(b.from) || byText(a.from, b.from) || rank(a.to) - rank(b.to) || byText(a.to, b.to),
  )
  return lines.flatMap((line) =>
    line.doors.map((door): TopologyRow => {
      const [from, to] = [cards.get(line.from), cards.get(line.to)]
      return {
        ...{ line: line.id, fromCard: line.from, toCard: line.to, door },
        from: from ? cardName(from, lang) : line.from,
        to: to ? cardName(to, lang) : line.to,
        connector: door.connector === null ? null : door.server === null ? door.name : `${door.server}\\${door.name}`,
        ports: door.ports,
        who: whoText(door, lang),
        protection: t.protections[door.protection],
        trust: [t.trusts[door.trust], ...(door.unproven ? [t.unproven] : [])].filter((part) => part !== '').join(', '),
        bypass: line.bypass,
        findings: door.findings,
        worst: line.worst,
      }
    }),
  )
}

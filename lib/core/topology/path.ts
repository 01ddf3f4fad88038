import { parseIp } from '../model'
import { serverKey } from './names'
import { findInTopology } from './selection'
import type { Topology, TopologyCard } from './types'

/** A node of a way: what a trace calls it. */
export type PathNode = { readonly kind: string; readonly id: string }

const named = (card: TopologyCard, text: string): boolean => {
  const key = text.toLowerCase()
  return card.name?.toLowerCase() === key || [...card.members, ...card.addresses].some((m) => m.toLowerCase() === key)
}

const ofKind: Readonly<Record<string, readonly TopologyCard['kind'][]>> = {
  'exchange-online': ['exchange-online'],
  internet: ['internet'],
  gateway: ['gateway', 'gateways'],
  partner: ['partner', 'partners'],
}

function cardOf(topology: Topology, node: PathNode): string | null {
  const { cards } = topology
  if (node.kind === 'server' || node.kind === 'edge' || node.kind === 'mailbox')
    return cards.find((c) => c.members.some((m) => serverKey(m) === serverKey(node.id)))?.id ?? null
  const like = cards.filter((c) => ofKind[node.kind]?.includes(c.kind))
  return (like.find((c) => named(c, node.id)) ?? like[0])?.id ?? null
}

/** Where a way begins: an address, the port that it connects to, and whether Exchange Online has it. */
export type PathStart = { readonly address: string; readonly port: number; readonly isCloud: boolean }

/**
 * The card that an address belongs to: the one whose door to the next card has the narrowest range around it. A range for everybody
 * is a door of the Internet before one of clients, and one of Exchange Online only where the address is.
 */
function senderOf(topology: Topology, { address, port, isCloud }: PathStart, to: string | null): string | null {
  if (parseIp(address) === undefined) return null
  const cards = new Map(topology.cards.map((c) => [c.id, c]))
  const lines = new Map(topology.lines.map((l) => [l.id, l]))
  const hits = findInTopology(topology, address).ranges.flatMap(({ line, door, range }) => {
    const found = lines.get(line)
    const card = found && cards.get(found.from)
    if (card === undefined || found?.to !== to || (card.lane === 'cloud') !== isCloud) return []
    return [{ card, range, isPort: door.ports.includes(port) }]
  })
  const atPort = hits.some((h) => h.isPort) ? hits.filter((h) => h.isPort) : hits
  const narrowest = atPort.filter((h) => h.range === atPort[0]?.range)
  return (
    (narrowest.find((h) => h.card.kind === 'internet') ?? narrowest[0])?.card.id ?? (isCloud ? cloudOf(cards) : null)
  )
}

const cloudOf = (cards: ReadonlyMap<string, TopologyCard>): string | null =>
  [...cards.values()].find((c) => c.kind === 'exchange-online')?.id ?? null

/** Cards along a way, one after the other. Nodes that are on no card are left out. */
export function pathOnMap(topology: Topology, nodes: readonly PathNode[], start: PathStart | null): readonly string[] {
  const ids = nodes.flatMap((node) => cardOf(topology, node) ?? [])
  const sender = start === null ? null : senderOf(topology, start, ids[0] ?? null)
  const all = sender === null ? ids : [sender, ...ids]
  return all.filter((id, i) => id !== all[i - 1])
}

/** A way as the address of the map carries it; what is not on this map is dropped. */
export function parsePath(text: string, topology: Topology): readonly string[] {
  const known = new Set(topology.cards.map((c) => c.id))
  return text
    .split(',')
    .slice(0, 40)
    .filter((id) => known.has(id))
}

/** What stays bright of the map: the cards of the way, and the lines between one and the next. */
export function shownOfPath(
  topology: Topology,
  path: readonly string[],
): { cards: ReadonlySet<string>; lines: ReadonlySet<string> } {
  const steps = path.slice(1).map((to, i) => ({ from: path[i], to }))
  const lines = topology.lines.filter((l) => steps.some((s) => s.from === l.from && s.to === l.to))
  return { cards: new Set(path), lines: new Set(lines.map((l) => l.id)) }
}

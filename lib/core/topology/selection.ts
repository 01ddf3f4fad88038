import { parseIp, parseIpRange } from '../model'
import type { Door, Topology } from './types'

/** A card or a line of the map, as an address of the page names it: `n:site-munich`, `e:internet~site-munich`. */
export type Selection = { readonly kind: 'card' | 'line'; readonly id: string }

/** A selection as the address carries it. */
export const formatSelection = ({ kind, id }: Selection): string => `${kind === 'card' ? 'n' : 'e'}:${id}`

export const isSelectable = (topology: Topology, { kind, id }: Selection): boolean =>
  kind === 'card' ? topology.cards.some((card) => card.id === id) : topology.lines.some((line) => line.id === id)

/** null for anything that is not on this map. */
export function parseSelection(text: string | null | undefined, topology: Topology): Selection | null {
  const match = /^([ne]):(.{1,200})$/.exec(text ?? '')
  if (!match) return null
  const selection: Selection = { kind: match[1] === 'n' ? 'card' : 'line', id: match[2] ?? '' }
  return isSelectable(topology, selection) ? selection : null
}

/** What stays bright: the selected thing, its lines and the cards at their other ends. */
export function shownWith(
  topology: Topology,
  { kind, id }: Selection,
): { cards: ReadonlySet<string>; lines: ReadonlySet<string> } {
  const lines = topology.lines.filter((line) => (kind === 'line' ? line.id === id : line.from === id || line.to === id))
  const cards = new Set(lines.flatMap((line) => [line.from, line.to]))
  if (kind === 'card') cards.add(id)
  return { cards, lines: new Set(lines.map((line) => line.id)) }
}

export type Found = {
  readonly cards: readonly string[]
  readonly lines: readonly string[]
  /** For an address: every range that contains it, narrowest first. */
  readonly ranges: readonly { readonly line: string; readonly door: Door; readonly range: string }[]
}

function findAddress(topology: Topology, address: NonNullable<ReturnType<typeof parseIp>>): Found {
  const hits = topology.lines.flatMap((line) =>
    line.doors.flatMap((door) =>
      door.who.kind !== 'addresses'
        ? []
        : door.who.items.flatMap((text) => {
            const range = parseIpRange(text)
            const inside =
              range && range.family === address.family && range.lo <= address.value && address.value <= range.hi
            return inside ? [{ line: line.id, door, range: text, size: range.hi - range.lo }] : []
          }),
    ),
  )
  hits.sort((a, b) => (a.size < b.size ? -1 : a.size > b.size ? 1 : 0))
  const lines = [...new Set(hits.map((hit) => hit.line))]
  const narrowest = hits.filter((hit) => hit.size === hits[0]?.size)
  const cards = topology.lines.filter((line) => narrowest.some((hit) => hit.line === line.id)).map((line) => line.from)
  return { cards: [...new Set(cards)], lines, ranges: hits.map(({ line, door, range }) => ({ line, door, range })) }
}

/** Is it one IP address, and not a name? */
export const isAddress = (text: string): boolean => parseIp(text) !== undefined

/** Cards by name, address, server or connector; for an IP address the doors whose ranges contain it. */
export function findInTopology(topology: Topology, query: string): Found {
  const text = query.trim().toLowerCase()
  if (text === '') return { cards: [], lines: [], ranges: [] }
  const address = parseIp(text)
  if (address) return findAddress(topology, address)
  const has = (value: string | null) => value?.toLowerCase().includes(text) ?? false
  const lines = topology.lines.filter((line) => line.doors.some((door) => has(door.name) || has(door.connector)))
  const named = topology.cards.filter(
    (card) =>
      has(card.name) || card.kind.replaceAll('-', ' ').includes(text) || [...card.members, ...card.addresses].some(has),
  )
  return { cards: named.map((card) => card.id), lines: lines.map((line) => line.id), ranges: [] }
}

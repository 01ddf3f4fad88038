import { type Board, type CardDraft, put } from './board'
import { byText } from './names'
import type { CardKind } from './types'

/**
 * How many cards of a kind stand alone before they become one. Together with Internet, clients, unknown senders, servers of an
 * unknown site and Exchange Online these make at most 46 cards, which is what one screen holds with labels of 11 px.
 */
const limits: readonly { readonly of: CardKind; readonly group: CardKind; readonly max: number }[] = [
  { of: 'partner', group: 'partners', max: 6 },
  { of: 'app', group: 'apps', max: 6 },
  { of: 'outside-app', group: 'outside-apps', max: 4 },
  { of: 'gateway', group: 'gateways', max: 7 },
  { of: 'edge', group: 'edges', max: 7 },
  { of: 'site', group: 'sites', max: 11 },
]

function merge(board: Board, cards: readonly CardDraft[], group: CardKind): void {
  const first = cards[0]
  if (first === undefined) return
  const whole = put(board, {
    key: group,
    lane: first.lane,
    kind: group,
    name: null,
    uploaded: cards.some((c) => c.uploaded),
    certainty: cards.every((c) => c.certainty === 'certain') ? 'certain' : 'likely',
  })
  for (const card of cards) {
    whole.members.add(card.name ?? '')
    for (const address of card.addresses) whole.addresses.add(address)
    for (const server of card.notUploaded) whole.notUploaded.add(server)
    // A group of sites still knows its servers: findings are counted by them.
    if (card.lane === 'mailbox' || card.lane === 'edge') for (const server of card.members) whole.members.add(server)
    whole.internalDoors += card.internalDoors
    board.cards.delete(card.key)
  }
}

/** Turns kinds with too many cards into one card each, and leads their lines to it. */
export function collapse(board: Board): void {
  for (const { of, group, max } of limits) {
    const cards = [...board.cards.values()].filter((card) => card.kind === of).sort((a, b) => byText(a.key, b.key))
    if (cards.length <= max) continue
    merge(board, cards, group)
    const gone = new Set(cards.map((card) => card.key))
    const lead = (key: string) => (gone.has(key) ? group : key)
    const links = board.links.map((l) => ({ ...l, from: lead(l.from), to: lead(l.to) })).filter((l) => l.from !== l.to)
    board.links.splice(0, board.links.length, ...links)
  }
}

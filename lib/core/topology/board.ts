import type { CardKind, Door, LaneId } from './types'

/** A card while the map is being made. Keys become ids when all cards are known. */
export type CardDraft = {
  readonly key: string
  readonly lane: LaneId
  readonly kind: CardKind
  readonly name: string | null
  readonly members: Set<string>
  readonly notUploaded: Set<string>
  readonly addresses: Set<string>
  uploaded: boolean
  certainty: 'certain' | 'likely'
  internalDoors: number
}

export type CardSeed = Pick<CardDraft, 'key' | 'lane' | 'kind' | 'name'> & {
  readonly members?: readonly string[]
  readonly addresses?: readonly string[]
  readonly certainty?: 'certain' | 'likely'
  readonly uploaded?: boolean
}

export type DoorDraft = Omit<Door, 'findings' | 'certificates'>
export type Link = { readonly from: string; readonly to: string; readonly door: DoorDraft }

export type Board = { readonly cards: Map<string, CardDraft>; readonly links: Link[] }

export const newBoard = (): Board => ({ cards: new Map(), links: [] })

/** Puts a card on the board, or adds to the one that is there. What is certain or uploaded once stays so. */
export function put(board: Board, seed: CardSeed): CardDraft {
  const certainty = seed.certainty ?? 'certain'
  const card: CardDraft = board.cards.get(seed.key) ?? {
    ...{ key: seed.key, lane: seed.lane, kind: seed.kind, name: seed.name },
    members: new Set(),
    notUploaded: new Set(),
    addresses: new Set(),
    uploaded: seed.uploaded ?? true,
    certainty,
    internalDoors: 0,
  }
  if (certainty === 'certain') card.certainty = 'certain'
  if (seed.uploaded ?? true) card.uploaded = true
  for (const member of seed.members ?? []) card.members.add(member)
  for (const address of seed.addresses ?? []) card.addresses.add(address)
  board.cards.set(seed.key, card)
  return card
}

export function link(board: Board, from: CardDraft, to: CardDraft, door: DoorDraft): void {
  if (from !== to) board.links.push({ from: from.key, to: to.key, door })
}

import type { LaneId, TopologyCard, TopologyLine } from './types'

/** Sizes in px of the drawing. A card of 176 × 52 holds a name of 13 px and a line of 12 px. */
export const size = {
  card: { width: 176, height: 52 },
  /** Room that every line gets at the side of its card, so that markers of 11 px do not touch. */
  port: 14,
  gap: 16,
  pass: 14,
  lane: { width: 192, gutter: 60, head: 34 },
  margin: 8,
  track: 14,
  channelHead: 24,
} as const

export type Point = { readonly x: number; readonly y: number }
export type PlacedCard = {
  readonly card: TopologyCard
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** `points` are the corners the line passes, from sender to receiver; every second leg between lanes is drawn as a curve. */
export type PlacedLine = {
  readonly line: TopologyLine
  readonly points: readonly Point[]
  /** It shares its beginning with others. */
  readonly trunk: boolean
}
export type PlacedLane = { readonly id: LaneId; readonly x: number; readonly width: number }

export type Layout = {
  readonly width: number
  readonly height: number
  readonly lanes: readonly PlacedLane[]
  /** Lane by lane and from top to bottom: the reading order. */
  readonly cards: readonly PlacedCard[]
  readonly lines: readonly PlacedLine[]
  /** The way past the gateway; null where nothing takes it. */
  readonly channel: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null
}

import type { Severity } from '../rules/define-rule'
import type { Point } from './geometry'
import { type Colour, severityColour } from './palette'

const shapes: Readonly<Record<Severity, string>> = {
  critical: '<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/>',
  high: '<path d="M8 1l7 13H1z"/>',
  medium: '<path d="M8 1l7 7-7 7-7-7z"/>',
  low: '<circle cx="8" cy="8" r="6.5"/>',
  info: '<circle cx="8" cy="8" r="5.5" stroke-width="2.5"/>',
}

/** The mark of a severity, `side` px wide, with its upper left corner at a point. Every level has a shape of its own. */
export function severityMark(level: Severity, at: Point, side: number, colour: Colour): string {
  const paint = colour(severityColour[level])
  const ink = level === 'info' ? `fill="none" stroke="${paint}"` : `fill="${paint}"`
  return `<g transform="translate(${at.x} ${at.y}) scale(${side / 16})" ${ink}>${shapes[level]}</g>`
}

const centred = (at: Point, body: string): string => `<g transform="translate(${at.x} ${at.y})">${body}</g>`

/** Two ticks: both ends are proven. */
export const ticksMark = (at: Point, colour: Colour): string =>
  centred(
    at,
    `<rect x="-9" y="-5.5" width="18" height="11" rx="3" fill="${colour('subtle')}"/><path d="M-7 .5l2.5 3 5-6M-1 .5l2.5 3 5-6" fill="none" stroke="${colour('passed')}" stroke-width="1.75"/>`,
  )

const body = (paint: string) => `<rect x="-4" y="-1" width="8" height="6" rx="1" fill="${paint}"/>`

/** A closed lock: the certificate of the other end is checked. */
export const lockMark = (at: Point, colour: Colour): string =>
  centred(
    at,
    `<rect x="-6" y="-6.5" width="12" height="13" rx="3" fill="${colour('subtle')}"/>${body(colour('accent'))}<path d="M-2.25-1v-2a2.25 2.25 0 0 1 4.5 0v2" fill="none" stroke="${colour('accent')}" stroke-width="1.5"/>`,
  )

/** An open padlock on a tag: trusted by address alone. The tag carries the colour of the worst finding of the line. */
export function openLockMark(at: Point, worst: Severity | null, colour: Colour): string {
  const paint = colour(worst === null ? 'ink-2' : severityColour[worst])
  return centred(
    at,
    `<rect x="-7" y="-6.5" width="14" height="13" rx="3" fill="${paint}"/>${`<rect x="-4" y="-.5" width="8" height="5.5" rx="1" fill="${colour('canvas')}"/>`}<path d="M-2.25-.5v-2.5a2.25 2.25 0 0 1 4.4-.7" fill="none" stroke="${colour('canvas')}" stroke-width="1.5"/>`,
  )
}

import type { PlacedCard } from './geometry'
import type { Colour } from './palette'
import { severityMark } from './svg-marks'
import { escapeXml, fitText, textWidth, twoLines } from './svg-text'
import type { MapLanguage } from './texts'
import { cardDetail, cardName, cardTitle } from './words'

export type CardLook = {
  readonly colour: Colour
  readonly lang: MapLanguage
  readonly dim: boolean
  readonly selected: boolean
  /** Found by the search. */
  readonly marked: boolean
  readonly href: string | null
  /** How wide the font is against the widest one that may be there: the page brings its own. */
  readonly fontScale: number
}

const inset = 12

function badge({ card, x, y, width, height }: PlacedCard, colour: Colour): { svg: string; width: number } {
  if (card.worst === null) return { svg: '', width: 0 }
  const count = String(card.findings.length)
  const wide = 18 + textWidth(count, 12)
  const left = x + width - inset - wide
  const base = y + height / 2
  return {
    svg: `${severityMark(card.worst, { x: left, y: base + 5 }, 13, colour)}<text x="${x + width - inset}" y="${base + 16}" font-size="12" font-weight="600" text-anchor="end" fill="${colour('ink')}">${count}</text>`,
    width: wide + 6,
  }
}

/** Name and second line; where the name needs one line only, the second may take two. */
function textsOf(placed: PlacedCard, look: CardLook, taken: number): string {
  const { card, x, y, width, height } = placed
  const room = (width - 2 * inset) / look.fontScale
  const name = twoLines(cardName(card, look.lang), room - (card.uploaded ? 0 : 14), 13, true)
  const text = cardDetail(card, look.lang)
  const detail =
    text === '' ? [] : name.length === 1 && taken === 0 ? twoLines(text, room, 12) : [fitText(text, room - taken, 12)]
  const middle = y + height / 2
  const lines = name.length + detail.length
  const first = middle + (lines === 1 ? 4 : lines === 2 ? -5 : -10)
  const ink = look.colour('ink')
  const names = name.map(
    (line, i) =>
      `<text x="${x + inset}" y="${first + i * 14}" font-size="13" font-weight="600" fill="${ink}">${escapeXml(line)}</text>`,
  )
  const below = first + name.length * 14 + (lines === 2 ? 5 : 0)
  const details = detail.map(
    (line, i) =>
      `<text x="${x + inset}" y="${below + i * 14}" font-size="12" fill="${look.colour('ink-2')}">${escapeXml(line)}</text>`,
  )
  return [...names, ...details].join('')
}

/** A card: name of 13 px, second line of 12 px, the worst severity with the number of findings; dashed with `?` without upload. */
export function drawCard(placed: PlacedCard, look: CardLook): string {
  const { card, x, y, width, height } = placed
  const { colour, lang } = look
  const mark = badge(placed, colour)
  const border = colour(look.selected ? 'focus' : 'line-strong')
  const dash = card.uploaded ? '' : ' stroke-dasharray="4 3"'
  const box = `<rect data-box="" x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${colour('canvas')}" stroke="${border}" stroke-width="${look.selected ? 2.5 : 1.25}"${dash}/>`
  const ring = look.marked
    ? `<rect x="${x - 4}" y="${y - 4}" width="${width + 8}" height="${height + 8}" rx="9" fill="none" stroke="${colour('accent')}" stroke-width="2" stroke-dasharray="2 2"/>`
    : ''
  const question = card.uploaded
    ? ''
    : `<text x="${x + width - inset}" y="${y + 18}" font-size="14" font-weight="700" text-anchor="end" fill="${colour('unknown')}">?</text>`
  const title = escapeXml(cardTitle(card, lang))
  const inner = `<title>${title}</title>${ring}${box}${textsOf(placed, look, mark.width)}${question}${mark.svg}`
  const group = `<g data-card="${escapeXml(card.id)}"${look.dim ? ' opacity="0.4"' : ''}>`
  if (look.href === null) return `${group}${inner}</g>`
  const current = look.selected ? ' aria-current="true"' : ''
  return `${group}<a href="${escapeXml(look.href)}" aria-label="${title}"${current}>${inner}</a></g>`
}

import { severities } from '../rules/define-rule'
import { type Colour, strokes } from './palette'
import { protections } from './schema'
import { lockMark, openLockMark, severityMark, ticksMark } from './svg-marks'
import { escapeXml, textWidth } from './svg-text'
import { type MapLanguage, mapTexts } from './texts'
import type { Topology } from './types'

type Entry = { readonly sample: (x: number, y: number) => string; readonly sampleWidth: number; readonly text: string }

function lineSample(level: (typeof protections)[number], colour: Colour) {
  return (x: number, y: number): string => {
    const stroke = strokes[level]
    const dash = stroke.dash === null ? '' : ` stroke-dasharray="${stroke.dash}"`
    const mark =
      stroke.mark === 'ticks'
        ? ticksMark({ x: x + 16, y }, colour)
        : stroke.mark === 'lock'
          ? lockMark({ x: x + 16, y }, colour)
          : ''
    return `<path d="M${x} ${y}h32" fill="none" stroke="${colour(stroke.colour)}" stroke-width="${stroke.width}"${dash}/>${mark}`
  }
}

/** Only what is on the screen. */
function entriesOf({ cards, lines }: Topology, lang: MapLanguage, colour: Colour): Entry[] {
  const t = mapTexts(lang)
  const entries: Entry[] = [...protections]
    .reverse()
    .filter((level) => lines.some((line) => line.protection === level))
    .map((level) => ({ sample: lineSample(level, colour), sampleWidth: 32, text: t.protections[level] }))
  if (lines.some((line) => line.unproven))
    entries.push({ sample: (x, y) => openLockMark({ x: x + 8, y }, null, colour), sampleWidth: 16, text: t.unproven })
  if (lines.some((line) => line.doors.filter((door) => door.connector !== null).length > 1)) {
    entries.push({
      sample: (x, y) =>
        `<rect x="${x}" y="${y - 6.5}" width="15" height="13" rx="6.5" fill="${colour('canvas')}" stroke="${colour('line-strong')}"/><text x="${x + 7.5}" y="${y + 4}" font-size="11" text-anchor="middle" fill="${colour('ink')}">2</text>`,
      sampleWidth: 15,
      text: t.severalDoors,
    })
  }
  if (cards.some((card) => !card.uploaded)) {
    entries.push({
      sample: (x, y) =>
        `<rect x="${x}" y="${y - 7}" width="16" height="14" rx="3" fill="none" stroke="${colour('line-strong')}" stroke-dasharray="4 3"/><text x="${x + 8}" y="${y + 4}" font-size="11" font-weight="700" text-anchor="middle" fill="${colour('unknown')}">?</text>`,
      sampleWidth: 16,
      text: t.notUploaded,
    })
  }
  for (const level of severities.filter((severity) => cards.some((card) => card.worst === severity))) {
    entries.push({
      sample: (x, y) => severityMark(level, { x, y: y - 6.5 }, 13, colour),
      sampleWidth: 13,
      text: t.severities[level],
    })
  }
  return entries
}

/** Legend in as many rows as the width needs, from y downwards. */
export function drawLegend(
  topology: Topology,
  lang: MapLanguage,
  colour: Colour,
  width: number,
  y: number,
): { svg: string; height: number } {
  const entries = entriesOf(topology, lang, colour)
  let x = 8
  let row = 0
  const parts = entries.map((entry) => {
    const wide = entry.sampleWidth + 8 + textWidth(entry.text, 12) * 1.08
    if (x > 8 && x + wide > width - 8) {
      x = 8
      row += 1
    }
    const middle = y + 14 + row * 22
    const part = `${entry.sample(x, middle)}<text x="${x + entry.sampleWidth + 7}" y="${middle + 4}" font-size="12" fill="${colour('ink-2')}">${escapeXml(entry.text)}</text>`
    x += wide + 20
    return part
  })
  return { svg: `<g data-legend="">${parts.join('')}</g>`, height: entries.length === 0 ? 0 : 28 + row * 22 }
}

import type { FormatId } from '../model'
import type { Format } from './define-format'

/** Detectors look at a part of a text at a time, and at as much of it as this: long prose or other output may stand before an export. */
export const DETECT_CHARS = 2_097_152
const PART_CHARS = 262_144
const ENOUGH = 0.5

/**
 * The formats that read a text: the one document it is, or all formats of passages where one of them claims it. Empty: nobody does.
 * `wanted`: the format that a person chose.
 */
export function readersOf(
  formats: readonly Format[],
  text: string,
  name: string,
  wanted?: FormatId,
): readonly Format[] {
  const first = wanted === undefined ? detectFormat(formats, text, name) : formats.find((f) => f.id === wanted)
  if (first === undefined) return []
  if (first.extent !== 'passage' || wanted !== undefined) return [first]
  return [first, ...formats.filter((f) => f.extent !== 'document' && f !== first)]
}

/** The format that claims a text most, by content; the name decides between equals. undefined: nobody claims it. */
export function detectFormat(formats: readonly Format[], text: string, name: string): Format | undefined {
  const end = Math.min(text.length, DETECT_CHARS)
  for (let at = 0; at === 0 || at < end; at += PART_CHARS) {
    const claimed = claimantOf(formats, text.slice(at, Math.min(end, at + PART_CHARS)), name)
    if (claimed !== undefined) return claimed
  }
  return undefined
}

function claimantOf(formats: readonly Format[], part: string, name: string): Format | undefined {
  let best: { format: Format; score: number } | undefined
  for (const format of formats) {
    const score = format.detect(part, name)
    if (score >= ENOUGH && (best === undefined || score > best.score)) best = { format, score }
  }
  return best?.format
}

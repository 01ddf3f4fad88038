import type { Format } from './define-format'

/** Detectors look at the beginning of a text; long prose may stand in front of an export. */
export const HEAD_CHARS = 262_144
const ENOUGH = 0.5

/** The format that claims a text most, by content; the name decides between equals. undefined: nobody claims it. */
export function detectFormat(formats: readonly Format[], text: string, name: string): Format | undefined {
  const head = text.length > HEAD_CHARS ? text.slice(0, HEAD_CHARS) : text
  let best: { format: Format; score: number } | undefined
  for (const format of formats) {
    const score = format.detect(head, name)
    if (score >= ENOUGH && (best === undefined || score > best.score)) best = { format, score }
  }
  return best?.format
}

import { decodeSource } from './decode-source'
import type { Place } from './model'
import type { Reading } from './reading'
import type { OpenSource } from './source'
import { type LineIndex, lineIndex, ownCopy } from './text'

/** Decoded texts kept at one time, in characters; more than that is decoded again when a line of it is asked for. */
const KEEP_CHARS = 64 * 1024 ** 2

/** Characters of one piece of evidence. XML that was written without line ends has everything in one line. */
const MAX_EVIDENCE = 20_000

/** Gives the lines of a place as they stand in the upload. Texts are decoded on demand, so that a large upload does not stay in memory. */
export function evidenceReader(sources: readonly OpenSource[], reading: Reading): (place: Place) => string {
  const byId = new Map(sources.map((s) => [s.id, s]))
  const nameOf = new Map(sources.map((s) => [s.id, s.name]))
  const kept = new Map<string, { lines: LineIndex; size: number }>()
  let total = 0
  return ({ source, lines: [from, to] }) => {
    let entry = kept.get(source)
    if (entry === undefined) {
      const load = byId.get(source)?.load
      if (!load) return ''
      const loaded = load()
      if ('refusal' in loaded) return ''
      const { text } = decodeSource(nameOf.get(source) ?? '', loaded, reading)
      if (total + text.length > KEEP_CHARS) {
        kept.clear()
        total = 0
      }
      entry = { lines: lineIndex(text), size: text.length }
      kept.set(source, entry)
      total += entry.size
    }
    const text = entry.lines.slice(from, to)
    return text.length > MAX_EVIDENCE ? `${ownCopy(text.slice(0, MAX_EVIDENCE))}…` : ownCopy(text)
  }
}

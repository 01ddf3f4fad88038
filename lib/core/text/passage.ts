import { type Section, sections } from './console'

/** Numbers of lines for offsets that are asked about from left to right. */
export function lineCounter(text: string): (offset: number) => number {
  let at = -1
  let line = 1
  return (offset) => {
    for (let i = text.indexOf('\n', at + 1); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
      line++
      at = i
    }
    return line
  }
}

/**
 * The output that an offset belongs to, asked from left to right. What stands at the very beginning of a text belongs to none, and a
 * text that is one thing from its beginning on need not be looked through for prompts. A section that tells nothing is none either.
 */
export function sectionFinder(text: string): (offset: number) => Section | null {
  const start = text.search(/\S/)
  let all: readonly Section[] | undefined
  let next = 0
  return (offset) => {
    if (offset <= start) return null
    all ??= sections(text)
    while (next + 1 < all.length && (all[next + 1]?.from ?? text.length) <= offset) next++
    const found = all[next]
    return found !== undefined && (found.command ?? found.host ?? found.takenAt) !== null ? found : null
  }
}

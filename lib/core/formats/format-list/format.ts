import type { Diagnostic, RawBlock } from '../../model'
import { interner, tidied } from '../../text'
import { defineFormat } from '../define-format'
import { blocksOf } from './blocks'
import { scan } from './scan'

/** What was read of a text: the score of `detect`, and what `parse` gives. */
type Read = {
  readonly text: string
  readonly score: number
  readonly blocks: readonly RawBlock[]
  readonly notices: readonly Diagnostic[]
}

/** A short text is detected as a whole, and read right after that. A longer one would be kept in memory by this. */
const KEPT_CHARS = 262_144
let latest: Read | undefined

function read(text: string): Read {
  if (latest?.text === text) return latest
  const intern = interner()
  const blocks: RawBlock[] = []
  const notices: Diagnostic[] = []
  let score = 0
  for (const s of scan(tidied(text), intern)) {
    for (const b of blocksOf(s, intern, (d) => notices.push(d))) {
      score = Math.max(score, b.collection !== null ? 0.9 : 0.3)
      blocks.push(b)
    }
    if (s.command?.collection) score = Math.max(score, 0.6)
  }
  const made = { text, score, blocks, notices }
  latest = text.length <= KEPT_CHARS ? made : undefined
  return made
}

/** Output of `… | Format-List`, one or many of them in one text, with or without prompts and prose between them. */
export const format = defineFormat({
  id: 'format-list',
  extent: 'passage',
  detect: (head) => read(head).score,
  parse(source, diagnose) {
    const { blocks, notices } = read(source.text)
    for (const d of notices) diagnose(d)
    return blocks
  },
})

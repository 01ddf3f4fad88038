import { interner, tidied } from '../../text'
import { defineFormat } from '../define-format'
import { blocksOf } from './blocks'
import { scan } from './scan'

/** Output of `… | Format-List`, one or many of them in one text, with or without prompts and prose between them. */
export const format = defineFormat({
  id: 'format-list',
  extent: 'passage',
  detect(head) {
    const intern = interner()
    let score = 0
    for (const s of scan(tidied(head), intern)) {
      for (const b of blocksOf(s, intern, () => undefined)) score = Math.max(score, b.collection !== null ? 0.9 : 0.3)
      if (s.command?.collection) score = Math.max(score, 0.6)
    }
    return score
  },
  parse(source, diagnose) {
    const intern = interner()
    return scan(tidied(source.text), intern).flatMap((s) => blocksOf(s, intern, diagnose))
  },
})

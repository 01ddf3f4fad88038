import type { Diagnose, RawBlock } from '../../model'
import { sections } from '../../text'
import { defineFormat } from '../define-format'
import { blocksOf, reportHidden } from './blocks'
import { mayHoldTable, search } from './find'

/** No-break spaces, which browsers put into what is copied from a page. */
const SPACES = /[\u00a0\u2007\u202f]/g

function read(text: string, diagnose: Diagnose): RawBlock[] {
  if (!mayHoldTable(text)) return []
  const plain = text.replace(SPACES, ' ')
  const all = sections(plain)
  reportHidden(all, plain, diagnose)
  return blocksOf(search(plain, all), diagnose)
}

/** Output of `… | Format-Table`, or of a cmdlet whose own view is a table: as printed, or as it came out of other programs. */
export const format = defineFormat({
  id: 'format-table',
  extent: 'passage',
  detect(head) {
    const isTable = read(head, () => undefined).some((b) => b.objects.length > 0)
    return isTable ? 0.85 : 0
  },
  parse: (source, diagnose) => read(source.text, diagnose),
})

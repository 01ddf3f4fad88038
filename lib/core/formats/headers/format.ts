import type { Diagnose, RawBlock } from '../../model'
import { interner } from '../../text'
import { defineFormat } from '../define-format'
import { readMessages } from './messages'

/** One look over the text: most texts have nothing of it. */
const SOME =
  /^(?:\s{0,3}>){0,9}[ ]?(?:Received|Received-SPF|Authentication-Results|ARC-Seal|X-MS-Exchange-[\w-]{3,80}|X-OriginatorOrg|X-Forefront-Antispam-Report):[ \t\n]/im
const ENOUGH = 2

function detect(head: string): number {
  if (!SOME.test(head)) return 0
  const { objects } = readMessages(head, (t) => t)
  const most = Math.max(0, ...objects.map((o) => o.properties.length))
  return most >= ENOUGH ? 0.6 : most > 0 ? 0.3 : 0
}

function parse(text: string, diagnose: Diagnose): RawBlock[] {
  if (!SOME.test(text)) return []
  const { objects, personal, personalLine } = readMessages(text, interner())
  const [first] = objects
  const last = objects[objects.length - 1]
  if (first === undefined || last === undefined) return []
  if (personal.size > 0) {
    const property = [...personal].sort().join(', ')
    diagnose({ code: 'personal-data-ignored', level: 'info', line: personalLine, property })
  }
  return [
    {
      format: 'headers',
      cmdlet: null,
      collection: null,
      certainty: 'certain',
      completeness: 'projection',
      side: 'unknown',
      server: null,
      command: null,
      objects,
      lines: [first.lines[0], last.lines[1]],
    },
  ]
}

/** Headers of messages: the way they took and what servers thought of them. Copied from a mail program, quoted, or a whole `.eml`. */
export const format = defineFormat({
  id: 'headers',
  extent: 'passage',
  detect,
  parse: (source, diagnose) => parse(source.text, diagnose),
})

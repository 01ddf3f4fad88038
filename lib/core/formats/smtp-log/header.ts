import type { LogFacts } from '../../model'

/** What the `#` lines of a log say: its fields in their order, and its direction. The lines may come again where files were joined. */
export type Header = { fields: readonly string[]; direction: LogFacts['direction']; illustrative: boolean }

/** Microsoft Learn, "Protocol logging": the fields of the receive and the send log. */
export const FIELDS: readonly string[] =
  'date-time connector-id session-id sequence-number local-endpoint remote-endpoint event data context'.split(' ')

// On slides and pages a blank stands behind the # and rows are numbered; the fields given there are the ones that count.
const FIELD_LINE = /^\s{0,8}(?:\d{1,4}\s)?#\s{0,8}Fields\s?:\s{0,4}([a-z][a-z, -]{8,400})$/i
const TYPE_LINE = /^\s{0,8}#\s{0,8}Log-type\s?:\s{0,4}SMTP (Receive|Send) Protocol Log/i

export const newHeader = (): Header => ({ fields: FIELDS, direction: 'unknown', illustrative: false })

/** Fields of an SMTP log and of no other: an endpoint, a sequence and an event. */
function fieldsOf(line: string): readonly string[] | undefined {
  const list = FIELD_LINE.exec(line)?.[1]
    ?.toLowerCase()
    .split(',')
    .map((f) => f.trim())
  if (list === undefined || !['sequence-number', 'remote-endpoint', 'event'].every((f) => list.includes(f)))
    return undefined
  return list
}

export const isHeaderLine = (line: string): boolean => TYPE_LINE.test(line) || fieldsOf(line) !== undefined

export function readHeaderLine(h: Header, line: string): void {
  const type = TYPE_LINE.exec(line)?.[1]?.toLowerCase()
  if (type === 'receive' || type === 'send')
    h.direction = h.direction === 'unknown' || h.direction === type ? type : 'unknown'
  const fields = fieldsOf(line)
  if (fields === undefined) return
  h.fields = fields
  if (fields.join() !== FIELDS.join()) h.illustrative = true
}

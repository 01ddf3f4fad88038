import { type Certainty, type CollectionName, isSelected, kindOfTypes, recognise } from '../../model'
import { type Command, lowerName } from '../../text'
import { newRow, readRow } from './records'

export type Header = {
  readonly names: readonly string[]
  readonly lower: ReadonlySet<string>
  readonly delimiter: number
  readonly isQuoted: boolean
  readonly collection: CollectionName
  readonly certainty: Certainty
  /** Columns were chosen: what is not there may exist nevertheless. */
  readonly isSelected: boolean
  readonly line: number
  /** Offset of the first row. */
  readonly end: number
}

/** Column that Format-List and Format-Table put into what they hand on (Microsoft.PowerShell.Commands.Internal.Format). */
export const LAYOUT_COLUMN = 'classid2e4f51ef21dd47e99d3c952918aff9cd'

const DELIMITERS = [44, 59, 9]
const MIN_NAMES = 2

/** Names of the columns in a line, with the delimiter that parts it into most of them. Columns without a name count. */
export function columnsOf(line: string): { names: string[]; delimiter: number; isQuoted: boolean } | undefined {
  let best: { names: string[]; delimiter: number; isQuoted: boolean } | undefined
  const row = newRow()
  for (const delimiter of DELIMITERS) {
    if (!line.includes(String.fromCharCode(delimiter))) continue
    readRow(line, 0, delimiter, row)
    if (row.isOpen || row.isDamaged) continue
    if (best === undefined || row.fields.length > best.names.length)
      best = { names: row.fields.map((n) => n.trim()), delimiter, isQuoted: row.isQuoted }
  }
  return best
}

type Kind = { readonly collection: CollectionName; readonly certainty: Certainty }

/** By the type that the file names, else by the command that printed it, else by the columns. */
function kindOf(names: ReadonlySet<string>, type: string | null, said: Command | null): Kind | undefined {
  const typed = type === null ? undefined : kindOfTypes([type])
  if (typed !== undefined) return { collection: typed, certainty: 'certain' }
  const seen = recognise(names)
  if (
    said?.collection &&
    !said.part &&
    /-csv\b/i.test(said.text) &&
    (seen === undefined || seen.certainty !== 'certain')
  )
    return { collection: said.collection, certainty: 'certain' }
  return seen
}

/** The header in the line from `at` on. `type`: what the line `#TYPE …` before it says. undefined: not a header of ours. */
export function headerAt(
  text: string,
  at: number,
  line: number,
  type: string | null,
  said: Command | null,
): Header | 'layout' | undefined {
  const newline = text.indexOf('\n', at)
  const end = newline < 0 ? text.length : newline
  const columns = columnsOf(text.slice(at, end))
  if (columns === undefined) return undefined
  const lower = new Set(columns.names.filter((n) => n !== '').map(lowerName))
  if (lower.has(LAYOUT_COLUMN)) return 'layout'
  if (lower.size < MIN_NAMES) return undefined
  const kind = kindOf(lower, type, said)
  if (kind === undefined) return undefined
  return {
    ...columns,
    lower,
    ...kind,
    isSelected: type !== null && isSelected([type]),
    line,
    end: Math.min(end + 1, text.length),
  }
}

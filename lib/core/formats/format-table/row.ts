import type { Run } from './rule-line'
import type { Shape } from './shapes'

export type Cells = readonly string[]

/** A row while its lines are read: per column the pieces of its text, one per line that has some. */
export type OpenRow = {
  readonly line: number
  last: number
  readonly parts: string[][]
  /** The last piece of each column that is not blank. */
  readonly tails: string[]
  isMixed: boolean
}

export type Rows = {
  readonly rows: OpenRow[]
  readonly lost: number[]
  /** Columns of which a cell shows that they are set to the left. */
  readonly isLeft: boolean[]
  /** The longest text of each column, blanks at the end of a line counted: the last column is at least that wide. */
  readonly longest: number[]
  /** A row went on in the line below. */
  isWrapped: boolean
  /** Last line that belongs to the table. */
  last: number
}

export type RowsOptions = {
  readonly lineOf: (n: number) => string
  readonly runs: readonly Run[]
  readonly labels: readonly string[]
  readonly shapes: readonly Shape[]
  /** The rule's line. */
  readonly rule: number
  /** Last line that may belong to the table. */
  readonly end: number
  /** Blank lines that stand between all lines. */
  readonly step: number
  /** Does the command wrap (`-Wrap`)? null: no command is known. */
  readonly wraps: boolean | null
}

/** Why a cell is not the whole value. `column`: no room in its column. `list`: $FormatEnumerationLimit. `doubt`: see `unusable`. */
export type Cut = 'column' | 'list'

export type Cell = {
  readonly text: string
  readonly cut: Cut | null
  /** Wrapped, and nothing shows how its lines belong together. */
  readonly isDoubtful: boolean
  readonly lines: readonly [number, number]
}

export type Row = { readonly cells: readonly Cell[]; readonly lines: readonly [number, number] }

/** What `-GroupBy` prints above a table, and what it says of every row below. */
export type Group = { readonly name: string; readonly value: string; readonly line: number }

/** A table as it stands in a text, before it is known what its rows are. */
export type Table = {
  readonly labels: readonly string[]
  readonly rows: readonly Row[]
  readonly group: Group | null
  /** Line of the header (of the group where there is one), and the last line. */
  readonly from: number
  readonly to: number
  /** Lines between the rows that could not be read as rows: the table has more than `rows`. */
  readonly lost: readonly number[]
}

/** What only a table of PowerShell has in its cells: lists in braces, dots where a column was too narrow, letters of services. */
const DRAWN_CELL =
  /(?:^|\t)"?\{[^\t\n]{0,2000}(?:\}|\.\.\.|\u2026)"?\s{0,8}(?:\t|$)|(?:\.\.\.|\u2026)"?\s{0,8}(?:\t|$)|(?:^|\t)"?[I.][P.][U.][W.][S.][F.][C.]?"?\s{0,8}(?:\t|$)/m

/** Rows that are looked at. */
const LOOK_CHARS = 4096

/**
 * Are the rows with tabs that begin at the offset a table that PowerShell drew, copied through a spreadsheet or a document? Else they
 * are a file of fields (Export-Csv with tabs). Both readers ask this, so that one of them takes the rows.
 */
export const isCopiedTable = (text: string, at: number): boolean => DRAWN_CELL.test(text.slice(at, at + LOOK_CHARS))

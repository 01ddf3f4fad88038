import type { Diagnose, RawProperty } from '../../model'
import { isCutList, isObjectText, isTypeName, joinedItems, lowerName } from '../../text'

/** What a cell says: a property without its name and lines. */
export type Cell = Omit<RawProperty, 'name' | 'lines'>

/** True and False as a spreadsheet writes them that runs in German or French. PowerShell never translates them. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['WAHR', 'True'],
  ['FALSCH', 'False'],
  ['VRAI', 'True'],
  ['FAUX', 'False'],
  ['TRUE', 'True'],
  ['FALSE', 'False'],
])
/** A long number, shortened to what fits into a cell; an error in place of a value; a column that was too narrow. */
const SHORTENED = /^-?\d(?:[.,]\d{1,15})?E[+-]?\d{1,3}$/i
const ERROR = /^#(?:NAME\?|WERT!|VALUE!|VALEUR!|BEZUG!|REF!|NOM\s?\?|NV|N\/A|DIV\/0!|ZAHL!|NUM!|#{2,40})$/

export type Sheet = {
  /** The names of the columns have no quotes, which all versions of Export-Csv give them and all spreadsheets take away. */
  readonly isPlain: boolean
  readonly say: (code: 'multivalue-lost' | 'spreadsheet-saved', name: string, line: number, value: string) => void
}

/** Says a thing once: about lists for each property, about spreadsheets for the whole text. */
export function onceSaid(diagnose: Diagnose): Sheet['say'] {
  const said = new Set<string>()
  return (code, name, line, value) => {
    const key = code === 'multivalue-lost' ? `${code}/${lowerName(name)}` : code
    if (said.has(key)) return
    said.add(key)
    if (code === 'multivalue-lost') diagnose({ code, level: 'warning', line, property: name })
    else diagnose({ code, level: 'warning', line, params: { value: value.slice(0, 60) } })
  }
}

/** undefined: the cell shows no sign of a spreadsheet. */
function resaved(text: string): Cell | undefined {
  const word = WORDS.get(text)
  if (word !== undefined) return { text: word }
  if (SHORTENED.test(text) || ERROR.test(text)) return { text, unusable: true }
  // The apostrophe keeps a spreadsheet from calculating; it is none of the value.
  if (/^'[=+@-]/.test(text)) return { text: text.slice(1) }
  return /^="[^"]*"$/.test(text) ? { text: text.slice(2, -1) } : undefined
}

const isOdd = (first: number): boolean =>
  first === 35 ||
  first === 39 ||
  first === 45 ||
  first === 61 ||
  (first >= 48 && first <= 57) ||
  (first >= 70 && first <= 87)

export function readCell(name: string, text: string, isList: boolean, line: number, sheet: Sheet): Cell {
  if (text === '') return { text }
  const first = text.charCodeAt(0)
  if (sheet.isPlain && isOdd(first)) {
    const cell = resaved(text)
    if (cell !== undefined) {
      sheet.say('spreadsheet-saved', name, line, text)
      return cell
    }
  }
  if (((first === 77 || first === 83) && isTypeName(text)) || (first === 64 && isObjectText(text))) {
    sheet.say('multivalue-lost', name, line, text)
    return { text, unusable: true }
  }
  if (first === 123 && isCutList(text)) return { text, truncated: true }
  if (!isList) return { text }
  const items = joinedItems(name, text)
  return items === undefined ? { text } : { text, items }
}

import type { RawObject, RawProperty } from '../../model'
import { isListProperty, parsePrompt } from '../../text'
import { type Cell, readCell, type Sheet } from './cells'
import { columnsOf, type Header } from './header'
import { newRow, type Row, readRow } from './records'

/** What stands under a header. */
export type Table = {
  readonly objects: readonly RawObject[]
  /** Offset and line of what follows. */
  readonly end: number
  readonly endLine: number
  /** Rows with another number of fields, and the first of them. */
  readonly uneven: number
  readonly unevenLine: number
  /** Line in which the text broke off; 0 where it did not. */
  readonly cutLine: number
}

type Intern = (text: string) => string
type Lines = readonly [number, number]

/**
 * More or fewer fields than columns are the same table where only nameless or blank ones differ. Delimiters behind the last field
 * stand in the first row as well (`isTrailed`), or else it is one inside a value, which moved the rest to the next columns.
 */
function fits(fields: readonly string[], names: readonly string[], isTrailed: boolean): boolean {
  if (fields.length === names.length) return true
  if (fields.length > names.length) return isTrailed && fields.slice(names.length).every((f) => f === '')
  return fields.length > 1 && names.slice(fields.length).every((n) => n === '')
}

/** What the row before said in each column: a field that is the same says the same. */
type Memory = { readonly before: string[]; readonly cells: Cell[]; readonly isList: boolean[] }

function toObject(row: Row, names: readonly string[], line: number, sheet: Sheet, memory: Memory, intern: Intern) {
  const whole: Lines = [line, line + row.newlines]
  const properties: RawProperty[] = []
  const { fields, starts } = row
  for (let i = 0; i < names.length; i++) {
    const name = names[i]
    const field = fields[i]
    if (name === undefined || name === '' || field === undefined) continue
    const from = line + (starts[i] ?? 0)
    let cell = memory.cells[i]
    if (cell === undefined || memory.before[i] !== field) {
      const own = intern(field)
      cell = readCell(name, own, memory.isList[i] === true, from, sheet)
      memory.before[i] = own
      memory.cells[i] = cell
    }
    const lines: Lines = row.newlines === 0 ? whole : [from, line + (starts[i + 1] ?? row.newlines)]
    properties.push(
      cell.items === undefined && cell.unusable === undefined && cell.truncated === undefined
        ? { name, text: cell.text, lines }
        : { name, ...cell, lines },
    )
  }
  return { properties, lines: whole }
}

const isRepeated = (fields: readonly string[], names: readonly string[]): boolean =>
  fields[0] === names[0] && fields[1] === names[1] && fields.every((f, i) => f === (names[i] ?? ''))

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

const PROMPT_START = /^\s{0,8}(?:\[|PS|[A-Za-z]:\\|>)/

/** Does something else begin here: a prompt, a type, another header? */
function isOther(line: string): boolean {
  if (line.startsWith('#TYPE ') || (PROMPT_START.test(line) && parsePrompt(line) !== undefined)) return true
  const names = line.length > 20 ? columnsOf(line)?.names : undefined
  return names !== undefined && names.length > 2 && names.every((n) => /^[A-Za-z@][\w@.]{0,60}$/.test(n))
}

/** A quote that nothing closes makes everything behind it one field; so often is the row read again as one line. */
const PATIENCE = 4
const LONG_LINE = 8192

/** Rows that do not fit, until it is known whether the table goes on behind them. */
type Waiting = { count: number; line: number; hasParts: boolean; end: number }
const nobody = (): Waiting => ({ count: 0, line: 0, hasParts: false, end: 0 })

class Reader {
  private readonly row: Row
  private readonly memory: Memory
  private readonly objects: RawObject[] = []
  private readonly header: Header
  private at: number
  private line: number
  private end: number
  private endLine: number
  /** Delimiters stand behind the last column: what the first row shows. */
  private isTrailed = true
  private uneven = 0
  private unevenLine = 0
  private cutLine = 0
  private waiting = nobody()
  private patience: number

  constructor(
    private readonly text: string,
    header: Header,
    private readonly limit: number,
    private readonly sheet: Sheet,
    private readonly intern: Intern,
  ) {
    this.header = { ...header, names: header.names.map(intern) }
    this.row = newRow()
    this.memory = { before: this.row.before, cells: [], isList: this.header.names.map(isListProperty) }
    this.at = header.end
    this.end = header.end
    this.endLine = header.line
    this.line = header.line + 1
    this.patience = PATIENCE * text.length
  }

  read(): Table {
    while (this.at < this.limit && this.next()) {
      this.at = this.row.end
      this.line += this.row.newlines + 1
    }
    this.finish()
    return {
      objects: this.objects,
      end: this.end,
      endLine: this.endLine,
      uneven: this.uneven,
      unevenLine: this.unevenLine,
      cutLine: this.cutLine,
    }
  }

  /** false: the table ends before this row. */
  private next(): boolean {
    const { row, header } = this
    readRow(this.text, this.at, header.delimiter, row)
    const isWhole = !row.isOpen && !row.isDamaged && fits(row.fields, header.names, this.isTrailed)
    if (!isWhole && (row.isOpen || row.newlines > 0)) return this.readAsLine()
    if (isWhole && row.fields.length > 1) return this.take()
    return isEmptyRow(row) || this.pass()
  }

  /** A quote swallowed what follows, up to another one or to the end: the row is its first line, and damaged. */
  private readAsLine(): boolean {
    const { row, text } = this
    const next = lineEnd(text, this.at)
    this.patience -= row.end - this.at
    if (this.patience < 0 || (row.isOpen && next >= text.length)) {
      this.cutLine = this.line
      this.end = this.limit
      return false
    }
    row.end = next
    row.newlines = 0
    return this.pass()
  }

  private take(): boolean {
    const { row } = this
    if (this.objects.length === 0) this.isTrailed = row.fields.length > this.header.names.length
    const isHeader = isRepeated(row.fields, this.header.names)
    if (!isHeader && row.fields.some((f) => f !== ''))
      this.objects.push(toObject(row, this.header.names, this.line, this.sheet, this.memory, this.intern))
    this.countWaiting()
    this.end = row.end
    this.endLine = this.line + row.newlines
    return true
  }

  private pass(): boolean {
    const { row, waiting, text } = this
    if (isOther(text.slice(this.at, Math.min(lineEnd(text, this.at), this.at + LONG_LINE)))) return false
    if (waiting.count++ === 0) waiting.line = this.line
    waiting.hasParts ||= row.isDamaged || row.fields.length > 1
    waiting.end = row.end
    return true
  }

  private countWaiting(): void {
    if (this.waiting.count === 0) return
    if (this.uneven === 0) this.unevenLine = this.waiting.line
    this.uneven += this.waiting.count
    this.waiting = nobody()
  }

  /** The last row of a text that was cut has too few fields; prose behind a table has no fields at all. */
  private finish(): void {
    const { waiting, text } = this
    const isLast = waiting.end >= text.length && !text.endsWith('\n') && waiting.line === this.endLine + 1
    if (waiting.count === 1 && isLast) this.cutLine = waiting.line
    else if (waiting.hasParts) this.countWaiting()
  }
}

const isEmptyRow = (row: Row): boolean => row.fields.length === 1 && row.fields[0] === '' && !row.isQuoted

/** Reads rows to the end of the text or of the table. `limit`: the end of the output it is in. */
export const readTable = (text: string, header: Header, limit: number, sheet: Sheet, intern: Intern): Table =>
  new Reader(text, header, limit, sheet, intern).read()

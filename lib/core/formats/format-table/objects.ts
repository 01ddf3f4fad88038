import type { CollectionName, Diagnose, RawObject, RawProperty } from '../../model'
import { lowerName, nameOf } from '../../text'
import { shapeOf } from './shapes'
import type { Cell, Row, Table } from './table'

/** Columns that name the object of a row. */
const NAMING = new Set(['identity', 'name', 'id', 'thumbprint', 'domainname'])
const isNaming = (label: string): boolean => NAMING.has(lowerName(label))
const isWhole = (c: Cell | undefined): boolean => c !== undefined && c.text !== '' && c.cut === null && !c.isDoubtful

/** Is there a whole cell that names the row? A cut name is none: two objects can begin alike. */
export const isNamed = (row: Row, labels: readonly string[]): boolean =>
  labels.some((l, k) => isNaming(l) && isWhole(row.cells[k]))

type Intern = (text: string) => string

/** A row as an object. What its cells do not hold in full is marked, and cut names stand aside where a whole one is there. */
export function toObject(table: Table, row: Row, collection: CollectionName, intern: Intern): RawObject {
  const { labels, group } = table
  const named = isNamed(row, labels)
  const properties: RawProperty[] = []
  if (group !== null && !labels.some((l) => lowerName(l) === lowerName(group.name)))
    properties.push({ name: intern(group.name), text: intern(group.value), lines: [group.line, group.line] })
  for (const [k, label] of labels.entries()) {
    const cell = row.cells[k]
    if (cell === undefined || isAbsent(label, cell)) continue
    if (isNaming(label) && !isWhole(cell) && cell.text !== '' && (named || collection === 'adPermissions')) continue
    properties.push(toProperty(intern(label), cell, intern))
  }
  return { properties, lines: row.lines }
}

/** A value of such a column is never blank: the object has no property of that name. */
const isAbsent = (label: string, cell: Cell): boolean =>
  cell.text === '' && (cell.isDoubtful || shapeOf(lowerName(label)) !== 'text')

function toProperty(name: string, cell: Cell, intern: Intern): RawProperty {
  const base = { name, text: intern(cell.text), lines: cell.lines }
  if (cell.cut !== null || (cell.isDoubtful && isNaming(name))) return { ...base, truncated: true }
  return cell.isDoubtful ? { ...base, unusable: true } : base
}

/** Says of each cell that is not whole what is wrong with it. */
export function reportCells(table: Table, row: Row, o: RawObject, diagnose: Diagnose): void {
  for (const [k, label] of table.labels.entries()) {
    const cell = row.cells[k]
    if (cell === undefined || cell.text === '' || (cell.cut === null && !cell.isDoubtful)) continue
    const object = nameOf(o)
    const code = cell.cut === null ? 'lines-joined' : cell.cut === 'list' ? 'list-truncated' : 'column-cut'
    diagnose({ code, level: 'warning', line: cell.lines[0], property: label, ...(object ? { object } : {}) })
  }
}

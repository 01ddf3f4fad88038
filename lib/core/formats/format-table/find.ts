import { recognise } from '../../model'
import { isCopiedTable, type Section } from '../../text'
import { collapsedHeader, collapsedStarts, collapsedTable } from './collapsed-table'
import { headerOf } from './header'
import { isQuoted, runsOf, unquoted } from './rule-line'
import { ruledTable } from './ruled'
import { type Separator, separatedHeader, separatedTable } from './separated'
import type { Table } from './table'
import { type TextLines, textLines } from './text-lines'

export type Found = { readonly table: Table; readonly section: Section }
/** A line of dashes with rows below it and no header above it. */
export type Headless = { readonly line: number; readonly section: Section }
export type Search = {
  readonly found: readonly Found[]
  readonly headless: readonly Headless[]
  readonly lines: TextLines
}

/** Can a text hold a table at all? Most texts that cannot are known by a few searches. */
export const mayHoldTable = (text: string): boolean =>
  text.includes('---') ||
  text.includes('\t') ||
  text.includes('|') ||
  collapsedStarts.some((s) => text.includes(s)) ||
  /-hidet/i.test(text)

/** Fields with tabs between them are read as CSV where nothing shows that they were drawn as a table. */
const isFieldFile = (text: string, rows: number, labels: readonly string[]): boolean =>
  recognise(new Set(labels.map((l) => l.toLowerCase()))) !== undefined && !isCopiedTable(text, rows)

/** Section that an offset lies in. They follow each other and cover the text. */
function sectionFinder(all: readonly Section[]): (offset: number) => Section | undefined {
  return (offset) => {
    let low = 0
    let high = all.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((all[middle]?.from ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return all[low]
  }
}

const WRAP = /\s-wr(?:ap?)?(?![\w-])/i
const wrapsOf = (s: Section): boolean | null => (s.command === null ? null : WRAP.test(s.command.text))

/** All tables of a text in the order of their lines. One pass for each way a table can look. */
export function search(text: string, all: readonly Section[]): Search {
  const lines = textLines(text)
  const sectionAt = sectionFinder(all)
  const found: Found[] = []
  const headless: Headless[] = []

  /** Reads at each place where a text stands; `read` gives the last line it took, or undefined. */
  const scan = (sign: string, read: (n: number, section: Section, end: number) => number | undefined): void => {
    for (let at = text.indexOf(sign); at >= 0; ) {
      const n = lines.at(at)
      const section = sectionAt(lines.start(n))
      const end = section === undefined ? n : Math.max(n, lines.at(Math.max(section.from, section.to - 1)))
      const last = section === undefined ? n : (read(n, section, end) ?? n)
      at = last < lines.count ? text.indexOf(sign, lines.start(last + 1)) : -1
    }
  }

  scan('---', (n, section, end) => {
    const line = lines.line(n)
    const plain = isQuoted(line) ? unquoted(line) : line
    const runs = runsOf(plain)
    if (runs === undefined) return undefined
    const lineOf = plain === line ? lines.line : (i: number) => unquoted(lines.line(i))
    const first = lines.at(section.from)
    const inSection = (i: number): string => (i < first ? '' : lineOf(i))
    const table = ruledTable(inSection, n, runs, end, wrapsOf(section))
    if (table !== undefined) found.push({ table, section })
    else if (runs.length > 1 && headerOf(lineOf, n, runs) === undefined) headless.push({ line: n, section })
    return table?.to
  })
  const separated = (by: Separator) => (n: number, section: Section, end: number) => {
    const labels = separatedHeader(lines.line(n), by)
    if (labels === undefined || (by === 'tab' && isFieldFile(text, lines.start(n + 1), labels))) return undefined
    const table = separatedTable(lines.line, n, labels, end, by)
    found.push({ table, section })
    return table.to
  }
  scan('\t', separated('tab'))
  scan('|', separated('pipe'))
  for (const start of collapsedStarts) {
    scan(start, (n, section, end) => {
      const labels = collapsedHeader(lines.line(n))
      const table = labels && collapsedTable(lines.line, n, labels, end)
      if (table !== undefined) found.push({ table, section })
      return table?.to
    })
  }
  found.sort((a, b) => a.table.from - b.table.from)
  return { found, headless, lines }
}

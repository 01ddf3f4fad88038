import type { Diagnose, RawBlock } from '../../model'
import { interner, isCopiedTable, lineAt, lineCounter, reportCuts, sectionFinder } from '../../text'
import { defineFormat } from '../define-format'
import { blockOf } from './blocks'
import { onceSaid } from './cells'
import { headerAt } from './header'
import { readTable } from './rows'

/** A line that could be the header of a table, or the line `#TYPE …` before it. */
const START = /^[ \t]{0,80}(?:#TYPE[ \t]|"[^"\n]{1,80}"[ \t]{0,3}[,;\t]|[A-Za-z@][\w@.]{0,60}[,;\t])/gm
const TYPE = /^\s*#TYPE[ \t]+([^\n]{1,2000})/
/** What Format-List and Format-Table hand on instead of objects. */
const LAYOUT_TYPE = /^(?:Selected\.|Deserialized\.)*Microsoft\.PowerShell\.Commands\.Internal\.Format\./

const behindLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

const typeAt = (text: string, at: number): string | null =>
  TYPE.exec(text.slice(at, at + 2100))?.[1]?.replace(/[\s",;]+$/, '') ?? null

const TAB = 9

type Layout = { readonly layoutAt: number }

function tablesOf(text: string, diagnose: Diagnose): RawBlock[] | Layout {
  const blocks: RawBlock[] = []
  const intern = interner()
  const say = onceSaid(diagnose)
  const lineOf = lineCounter(text)
  const sectionOf = sectionFinder(text)
  for (let at = 0; at < text.length; ) {
    START.lastIndex = at
    const m = START.exec(text)
    if (m === null) break
    const start = m.index
    const type = m[0].includes('#TYPE') ? typeAt(text, start) : null
    if (type !== null && LAYOUT_TYPE.test(type)) return { layoutAt: start }
    const headerStart = type === null ? start : behindLine(text, start)
    at = behindLine(text, headerStart)
    const section = isWorth(text, start) ? sectionOf(start) : null
    const header = headerAt(text, headerStart, lineOf(headerStart), type, section?.command ?? null)
    if (header === 'layout') return { layoutAt: headerStart }
    if (header === undefined) continue
    if (header.delimiter === TAB && isCopiedTable(text, header.end)) continue
    const limit = section === null ? text.length : section.to
    const table = readTable(text, header, limit, { isPlain: !header.isQuoted, say }, intern)
    at = Math.max(table.end, header.end)
    const block = blockOf(header, table, section)
    for (const o of block.objects) reportCuts(o, diagnose)
    if (table.uneven > 0)
      diagnose({ code: 'row-uneven', level: 'warning', line: table.unevenLine, params: { count: table.uneven } })
    if (table.cutLine > 0) diagnose({ code: 'source-cut', level: 'warning', line: table.cutLine })
    blocks.push(block)
  }
  return blocks
}

/** Prose has lines with a comma behind the first word; the prompts of a text are looked for where a line has more than that. */
const isWorth = (text: string, at: number): boolean =>
  /^[ \t]{0,80}(?:#TYPE|"|[\w@.]{1,60}([,;\t])[\w@.]{1,60}(?:\1|\s{0,3}$))/m.test(text.slice(at, at + 300))

/** What Export-Csv and ConvertTo-Csv write, also after a spreadsheet saved it, and behind a prompt. */
export const format = defineFormat({
  id: 'csv',
  extent: 'passage',
  detect(head) {
    const found = tablesOf(head, () => undefined)
    return 'layoutAt' in found || found.length > 0 ? 0.9 : 0
  },
  parse({ text }, diagnose) {
    const found = tablesOf(text, diagnose)
    if (!('layoutAt' in found)) return found
    diagnose({ code: 'format-objects', level: 'error', line: lineAt(text, found.layoutAt) })
    return []
  },
})

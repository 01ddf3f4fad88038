import type { Pseudonyms } from '../types'
import { redactedValue } from './values'

type Cell = { readonly text: string; readonly isQuoted: boolean }

/** CSV with the same cells, quotes and line ends. `undefined` where the text is none. */
export function redactCsv(text: string, p: Pseudonyms): string | undefined {
  const lines = text.split('\n')
  const head = lines.findIndex((l) => l.trim() !== '' && !l.startsWith('#'))
  const header = lines[head]
  if (header === undefined) return undefined
  const delimiter = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] ?? ','
  const records = recordsOf(lines.slice(head).join('\n'), delimiter)
  const names = records[0]?.map((c) => c.text) ?? []
  const print = (cells: readonly Cell[], isHead: boolean): string =>
    cells
      .map((c, k) => {
        const made = isHead || c.text === '' ? c.text : redactedValue(names[k] ?? '', c.text, p)
        const quote = c.isQuoted || made.includes(delimiter) || /["\n]/.test(made)
        return quote ? `"${made.replaceAll('"', '""')}"` : made
      })
      .join(delimiter)
  const before = lines.slice(0, head).map((l) => (l.startsWith('#') ? p.text(l) : ''))
  return [...before, ...records.map((r, i) => print(r, i === 0))].join('\n')
}

function recordsOf(text: string, delimiter: string): Cell[][] {
  const records: Cell[][] = [[]]
  const cell = new RegExp(`"((?:[^"]|"")*)"|([^${delimiter}\\n"]*)`, 'y')
  for (let at = 0; at <= text.length; ) {
    cell.lastIndex = at
    const m = cell.exec(text)
    if (m === null) break
    const isQuoted = m[1] !== undefined
    records.at(-1)?.push({ text: isQuoted ? (m[1] ?? '').replaceAll('""', '"') : (m[2] ?? ''), isQuoted })
    at += m[0].length
    const next = text.charAt(at)
    if (next === '\n') records.push([])
    else if (next !== delimiter) {
      if (at >= text.length) break
      // A quote inside a cell: what follows belongs to it.
      const end = text.slice(at).search(new RegExp(`[${delimiter}\\n]`))
      const rest = text.slice(at, end < 0 ? undefined : at + end)
      const cells = records.at(-1)
      const open = cells?.pop()
      cells?.push({ text: (open?.text ?? '') + rest.replaceAll('"', ''), isQuoted: true })
      at += rest.length
      if (text.charAt(at) === '\n') records.push([])
    }
    at++
  }
  return records
}

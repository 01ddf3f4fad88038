import type { RawBlock } from '../../model'
import { redactedCode } from '../code'
import type { Pseudonyms } from '../types'
import { redactedValue } from './values'

/** Lines of a text as they are written again; null: the line goes with the one before it. */
export type Lines = (string | null)[]

const LABEL_ENDS = /^[^:]{0,120}?:[ \t]?/

/** `Name : value` with the value replaced. A value that was wrapped comes to stand in one line. */
export function redactList(block: RawBlock, from: readonly string[], to: Lines, p: Pseudonyms): void {
  for (const { properties } of block.objects) {
    const taken = new Set<number>()
    for (const { name, text, lines, truncated } of properties) {
      const [first, last] = [lines[0] - 1, lines[1] - 1]
      const isSecond = taken.has(first)
      taken.add(first)
      const made = `${labelOf(from[first] ?? '', name)}${redactedValue(name, cutMark(text ?? '', truncated), p)}`
      to[first] = !isSecond ? made : `${to[first]}\n${made}`
      for (let at = first + 1; at <= last; at++) if (!taken.has(at)) to[at] = null
    }
  }
}

/** A list that was cut says so by its own end; a value that was cut any other way gets one that does. */
const cutMark = (text: string, truncated = false): string =>
  truncated && !/(?:\.\.\.|\u2026)\}?$/.test(text) ? `${text}...` : text

function labelOf(line: string, name: string): string {
  const at = line.toLowerCase().indexOf(name.toLowerCase())
  if (at < 0 || /[^\s>*`|#-]/.test(line.slice(0, at))) return `${name} : `
  const end = LABEL_ENDS.exec(line.slice(at))?.[0] ?? `${name} : `
  return `${line.slice(0, at)}${end}${/[ \t]$/.test(end) ? '' : ' '}`
}

const RULE = /^[\s>|]*-{2,}(?:\s+-{2,})*\s*$/

/** A table with its columns where they were, or wider where a pseudonym needs the room. */
export function redactTable(block: RawBlock, from: readonly string[], to: Lines, p: Pseudonyms): void {
  const [first, last] = [block.lines[0] - 1, block.lines[1] - 1]
  const rule = ruleOf(from, first, last)
  if (rule < 0) {
    for (let i = first; i <= last; i++) to[i] = p.value(from[i] ?? '')
    return
  }
  const starts = [...(from[rule] ?? '').matchAll(/-+/g)].map((m) => m.index)
  const head = headerStart(from, rule)
  const lines = from.slice(head, last + 1)
  const names = starts.map((_, k) =>
    lines
      .slice(0, rule - head)
      .map((l) => cellOf(l, starts, k).trim())
      .join(''),
  )
  const rows = lines.map((line, i) =>
    starts.map((_, k) => {
      const cell = cellOf(line, starts, k)
      return i <= rule - head || cell.trim() === '' ? cell.trimEnd() : cellText(cell, names[k] ?? '', p)
    }),
  )
  const widths = starts.map((s, k) =>
    Math.max((starts[k + 1] ?? s) - s, ...rows.map((r) => (r[k] ?? '').length + (k + 1 < starts.length ? 1 : 0))),
  )
  const margin = ' '.repeat(starts[0] ?? 0)
  for (const [i, row] of rows.entries())
    to[head + i] = (margin + row.map((c, k) => c.padEnd(widths[k] ?? 0)).join('')).trimEnd()
}

/** The line of dashes: within the block, or a little above where the block begins with its rows. */
function ruleOf(from: readonly string[], first: number, last: number): number {
  for (let i = first; i <= last; i++) if (RULE.test(from[i] ?? '')) return i
  for (let i = first - 1; i >= 0 && i >= first - 8; i--) if (RULE.test(from[i] ?? '')) return i
  return -1
}

const cellOf = (line: string, starts: readonly number[], k: number): string => line.slice(starts[k] ?? 0, starts[k + 1])
const cellText = (cell: string, name: string, p: Pseudonyms): string => {
  const blank = /^\s*/.exec(cell)?.[0] ?? ''
  return blank + redactedValue(name, cell.trim(), p)
}

function headerStart(from: readonly string[], rule: number): number {
  let head = rule - 1
  while (head > 0 && (from[head] ?? '').trim() === '') head--
  while (head > 0 && (from[head - 1] ?? '').trim() !== '' && rule - head < 6) head--
  return Math.max(0, head)
}

const USER = /^((?:Username|RunAs User|Benutzername|RunAs-Benutzer|Nom d.utilisateur)\s*:\s*)(?=\S)/i

/** Stands for a line that is none of the export's: that there was one can matter. */
export const REMOVED = '(removed)'

const COMMAND = /\b(?:Get|Set|New|Remove|Add|Enable|Disable|Import|Export)-[A-Za-z]{3,}/
const PROMPT = /^\s*(?:\[PS\]|PS)\s[^>]{0,200}>/
const TRANSCRIPT =
  /^(?:\*{10,}|Windows PowerShell|PowerShell)|^(?:Start time|Startzeit|Startuhrzeit|End time|Endzeit|Username|Benutzername|RunAs User|Machine|Computer|Host Application|Hostanwendung|PSVersion|PSEdition|BuildVersion|CLRVersion)\s*:/i

/** Lines around the output: prompts, commands and the header of a transcript say where it comes from. All others are left out. */
export function surroundingLine(line: string, p: Pseudonyms): string {
  if (PROMPT.test(line) || COMMAND.test(line)) return redactedCode(line, p, p.value)
  const user = USER.exec(line)?.[1]
  if (user !== undefined) return p.value(user) + p.free(line.slice(user.length))
  if (line.trim() === '' || TRANSCRIPT.test(line)) return p.value(line)
  return REMOVED
}

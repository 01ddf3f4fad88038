import type { Diagnose, RawBlock, RawProperty } from '../../model'
import { parseCommand, parsePrompt } from '../../text'
import { defineFormat } from '../define-format'
import { type Cmdlet, cmdletOf, mentions } from './cmdlets'
import { type ReadCommand, readCommand } from './command'
import { endOfLine, goesOnBelow, isFullLine, lineOf, openLines, sourceOf, takeLine } from './lines'
import { type Before, before } from './place'

type Found = {
  readonly cmdlet: Cmdlet
  readonly before: Before
  readonly read: ReadCommand
  readonly line: number
  readonly lastLine: number
}

/** Comments over several lines: the help of a script is full of commands that nobody runs. */
function blockComments(text: string): (offset: number) => boolean {
  const ends: [number, number][] = []
  for (let at = text.indexOf('<#'); at >= 0; ) {
    const end = text.indexOf('#>', at + 2)
    if (end < 0) break
    ends.push([at, end])
    at = text.indexOf('<#', end + 2)
  }
  let n = 0
  return (offset) => {
    while (n < ends.length && (ends[n]?.[1] ?? 0) < offset) n++
    const [from, to] = ends[n] ?? [Number.POSITIVE_INFINITY, 0]
    return offset > from && offset < to
  }
}

/** Lines that commands without an end may cost in a text: where there are so many, it is none of commands. */
const MAX_LOST_LINES = 20_000

function* commandsIn(text: string): Iterable<Found> {
  const pattern = mentions()
  const isComment = blockComments(text)
  const cursor = { line: 1, start: 0, end: endOfLine(text, 0), lost: 0 }
  for (let m = pattern.exec(text); m !== null; m = pattern.exec(text)) {
    while (cursor.end < m.index) {
      cursor.line++
      cursor.start = cursor.end + 1
      cursor.end = endOfLine(text, cursor.start)
    }
    const cmdlet = cmdletOf(m[0])
    if (cmdlet === undefined || isComment(m.index)) continue
    const found = commandAt(text, m.index, cursor, cmdlet)
    if (found === undefined) continue
    pattern.lastIndex = Math.max(pattern.lastIndex, found.next)
    if (found.command !== undefined) yield found.command
  }
}

/** The line of a mention. */
type Cursor = { readonly line: number; readonly start: number; lost: number }
type Attempt = { readonly command?: Found; readonly next: number }

function commandAt(text: string, at: number, cursor: Cursor, cmdlet: Cmdlet): Attempt | undefined {
  const here = before(text.slice(Math.max(cursor.start, at - 4000), at))
  if (!here.isCommand) return undefined
  const behind = text.slice(at + cmdlet.name.length, at + cmdlet.name.length + 3)
  // Prose names cmdlets too: in the middle of a sentence only a parameter or a quoted name makes it a command.
  if (!/^[ \t\u00a0](?!:\s)/.test(behind) || (!here.isStart && !/^\s{1,2}[-\u2013\u2014"'\u201c\u201e@`]/.test(behind)))
    return undefined
  const lines = openLines(text, at, cursor.line)
  let began = cursor.start
  const more = (where: 'inside' | 'next'): boolean => {
    if (cursor.lost > MAX_LOST_LINES) return false
    const isBroken = here.isPrompted && where === 'inside' && isFullLine(began, lines.sourceEnd)
    began = lines.sourceEnd + 1
    return takeLine(lines, text, isBroken ? '' : '\n')
  }
  while (here.isPrompted && goesOnBelow(text, began, lines.sourceEnd)) {
    began = lines.sourceEnd + 1
    if (!takeLine(lines, text, '')) break
  }
  const read = readCommand(lines, cmdlet, cmdlet.name.length, more)
  if (read === undefined) return { next: at + cmdlet.name.length }
  if (read.open) cursor.lost += lines.starts.length
  const next = read.open ? endOfLine(text, at) : sourceOf(lines, read.end)
  const line = cursor.line
  return { command: { cmdlet, before: here, read, line, lastLine: lineOf(lines, Math.max(0, read.end - 1)) }, next }
}

function toBlock({ cmdlet, before: b, read, line, lastLine }: Found): RawBlock {
  return {
    format: 'command-text',
    cmdlet: cmdlet.name,
    collection: cmdlet.collection,
    certainty: 'certain',
    completeness: 'projection',
    side: b.side,
    server: b.host,
    command: read.text,
    intended: true,
    ...(b.takenAt === undefined ? {} : { takenAt: b.takenAt }),
    objects: [{ properties: [...identityFromPipe(b, read, line), ...read.properties], lines: [line, lastLine] }],
    lines: [line, lastLine],
  }
}

/** `Get-ReceiveConnector "EX01\Relay" | Set-ReceiveConnector …`: what is changed stands in front. */
function identityFromPipe({ pipedFrom }: Before, read: ReadCommand, line: number): RawProperty[] {
  if (pipedFrom === '' || read.properties.some((p) => /^(?:identity|name|thumbprint)$/i.test(p.name))) return []
  const typed = parsePrompt(pipedFrom)?.command ?? pipedFrom
  const named = parseCommand(typed)?.named ?? []
  return named.length === 1 && named[0] !== undefined ? [{ name: 'Identity', text: named[0], lines: [line, line] }] : []
}

function parse(text: string, diagnose: Diagnose): RawBlock[] {
  const blocks: RawBlock[] = []
  for (const found of commandsIn(text)) {
    for (const s of found.read.splats)
      diagnose({ code: 'value-unusable', level: 'info', line: s.line, property: s.name, params: { value: s.name } })
    if (found.read.properties.length > 0) blocks.push(toBlock(found))
  }
  return blocks
}

/** Commands that make or change connectors, domains, certificates: what somebody wanted, from scripts, logs, articles. */
export const format = defineFormat({
  id: 'command-text',
  extent: 'passage',
  detect(head) {
    for (const { read } of commandsIn(head)) if (read.properties.length > 0) return 0.55
    return 0
  },
  parse: (source, diagnose) => parse(source.text, diagnose),
})

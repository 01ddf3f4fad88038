import type { RawBlock } from '../../model'
import type { ReadSource } from '../../source'
import { redactedCode } from '../code'
import type { Pseudonyms } from '../types'
import { redactClixml } from './clixml'
import { redactCsv } from './csv'
import { redactJson } from './json'
import { type Lines, REMOVED, redactList, redactTable, surroundingLine } from './lines'

/** Objects of a kind that is read. What else somebody exported, mailboxes perhaps, is not passed on. */
const isExport = (b: RawBlock): boolean => b.collection !== null && b.format !== 'smtp-log' && b.format !== 'headers'

/** The text of one export with pseudonyms, or why there is none. */
export function redactText(
  { blocks, status }: ReadSource,
  text: string,
  p: Pseudonyms,
): string | { readonly reason: 'log' | 'not-recognised' } {
  if (status !== 'parsed' && status !== 'partial') return { reason: 'not-recognised' }
  const wanted = blocks.filter(isExport)
  if (wanted.length === 0)
    return { reason: blocks.some((b) => b.log || b.format === 'headers') ? 'log' : 'not-recognised' }
  const [first] = wanted
  const whole =
    first?.format === 'clixml'
      ? redactClixml(
          text,
          wanted.flatMap((b) => b.objects),
          p,
        )
      : first?.format === 'json'
        ? redactJson(text, p)
        : null
  if (whole !== null) return whole ?? { reason: 'not-recognised' }
  const from = text.split('\n')
  const to: Lines = from.map(() => '')
  const covered = new Set<number>()
  for (const b of blocks) for (let i = b.lines[0] - 1; i < b.lines[1]; i++) covered.add(i)
  for (const [i, line] of from.entries())
    if (!covered.has(i) || isCommandLine(wanted, i)) to[i] = surroundingLine(line, p)
  for (const b of blocks) if (!isExport(b)) leaveOut(b, from, to)
  for (const b of wanted) redactBlock(b, from, to, p)
  return to.filter((line) => line !== null).join('\n')
}

function leaveOut(block: RawBlock, from: readonly string[], to: Lines): void {
  for (let i = block.lines[0] - 1; i < block.lines[1]; i++) to[i] = from[i]?.trim() ? REMOVED : ''
}

const isCommandLine = (blocks: readonly RawBlock[], at: number): boolean =>
  blocks.some((b) => b.objects.length === 0 && b.lines[0] - 1 <= at && at < b.lines[1])

function redactBlock(block: RawBlock, from: readonly string[], to: Lines, p: Pseudonyms): void {
  const [first, last] = [block.lines[0] - 1, block.lines[1] - 1]
  switch (block.format) {
    case 'format-list':
      redactList(block, from, to, p)
      break
    case 'format-table':
      redactTable(block, from, to, p)
      break
    case 'csv': {
      const made = redactCsv(from.slice(first, last + 1).join('\n'), p)?.split('\n')
      for (let i = first; i <= last; i++) to[i] = made?.[i - first] ?? ''
      break
    }
    case 'command-text':
      for (let i = first; i <= last; i++) to[i] = redactedCode(from[i] ?? '', p, p.value)
  }
}

import type { Label } from '../../text'

const LOOSE = /^[ \t]{0,40}([A-Za-z]\w{1,80}):(?=[ \t]|$)/

/**
 * `Name: value`, as people type it and as some pages show it: the shell itself puts a blank before the colon. Prose and headers of
 * messages look the same, so the names decide later whether this is a list.
 */
export function looseLabelAt(text: string, start: number, end: number): Label | undefined {
  const m = LOOSE.exec(text.slice(start, Math.min(end, start + 140)))
  if (m === null) return undefined
  const to = start + m[0].length - 1
  return { from: to - (m[1] ?? '').length, to, colon: to }
}

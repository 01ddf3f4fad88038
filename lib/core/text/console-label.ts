const SPACE = 32
const TAB = 9
const COLON = 58

const isNameStart = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
const isNamePart = (c: number): boolean =>
  isNameStart(c) || (c >= 48 && c <= 57) || c === 46 || c === 64 || c === 36 || c === 35

/** `start`/`end` of the name and the offset of the colon of a line `Name   : value`, or undefined. */
export type Label = { readonly from: number; readonly to: number; readonly colon: number }

/**
 * A list line has a name, at least one blank, a colon, and a blank or nothing after it (ListWriter of PowerShell pads every label
 * to the longest one and adds ` : `). Prose such as `Source: https://…` has no blank before its colon.
 */
export function labelAt(text: string, start: number, end: number): Label | undefined {
  let i = start
  while (i < end && (text.charCodeAt(i) === SPACE || text.charCodeAt(i) === TAB)) i++
  const from = i
  if (i >= end || !isNameStart(text.charCodeAt(i))) return undefined
  while (i < end && isNamePart(text.charCodeAt(i))) i++
  const to = i
  while (i < end && (text.charCodeAt(i) === SPACE || text.charCodeAt(i) === TAB)) i++
  if (i === to || i >= end || text.charCodeAt(i) !== COLON) return undefined
  if (i + 1 < end && text.charCodeAt(i + 1) !== SPACE && text.charCodeAt(i + 1) !== TAB) return undefined
  return { from, to, colon: i }
}

export function indentOf(text: string, start: number, end: number): number {
  let i = start
  while (i < end && (text.charCodeAt(i) === SPACE || text.charCodeAt(i) === TAB)) i++
  return i - start
}

/** End of the line without its trailing blanks. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let i = end
  while (i > start && (text.charCodeAt(i - 1) === SPACE || text.charCodeAt(i - 1) === TAB)) i--
  return i
}

const SPACE = 32

/** Value of a label line: what stands after `: `, trailing blanks kept (they prove a soft line break). */
export function valueAfter(text: string, colon: number, end: number): string {
  const at = colon + 1 < end && text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1
  return text.slice(Math.min(at, end), end)
}

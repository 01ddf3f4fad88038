const SPACE = 32

/** Where the value of a label line begins: behind `: `. Trailing blanks are part of it (they prove a soft line break). */
export function valueStart(text: string, colon: number, end: number): number {
  return Math.min(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end)
}

/** Line (from 1) of an offset in a text. */
const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** Line that an error of JSON.parse speaks of; engines name the offset in words, and at a premature end not at all. */
export function positionOf(error: unknown, text: string): number {
  const message = error instanceof Error ? error.message : ''
  const offset = /at position (\d+)/.exec(message)?.[1]
  return lineAt(text, offset === undefined ? text.length : Number(offset))
}

/** Line on which each item of a JSON list begins. The text has been read by JSON.parse before. */
export function entryLines(text: string): number[] {
  const lines: number[] = []
  let depth = 0
  let line = 1
  let inString = false
  let expected = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '\n') line++
    if (inString) {
      if (c === '\\') i++
      else if (c === '"') inString = false
      continue
    }
    if (expected && c !== undefined && !/[\s\]]/.test(c)) {
      lines.push(line)
      expected = false
    }
    if (c === '"') inString = true
    else if (c === '[' || c === '{') {
      depth++
      if (depth === 1) expected = true
    } else if (c === ']' || c === '}') depth--
    else if (c === ',' && depth === 1) expected = true
  }
  return lines
}

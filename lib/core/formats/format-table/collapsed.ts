import { isFlag, type Shape, shapeOf } from './shapes'

const lastWord = (text: string): number => text.lastIndexOf(' ') + 1

/** Where the cell at the end of a text begins, or -1. */
function lastCell(text: string, shape: Shape): number {
  if (shape === 'list') {
    if (!/(?:\}|\.\.\.|\u2026)$/.test(text)) return -1
    const at = text.lastIndexOf(' {')
    return at < 0 ? -1 : at + 1
  }
  const at = lastWord(text)
  if (shape === 'flag' && !isFlag(text.slice(at))) return -1
  return at
}

/**
 * The cells of a row whose runs of blanks became one: read from the right as long as the columns tell where they begin, then from
 * the left; what is left is the one column of free text. undefined where more than one column is free text.
 */
export function collapsedCells(line: string, shapes: readonly Shape[]): string[] | undefined {
  if (shapes.length < 2) return undefined
  const cells = shapes.map(() => '')
  let rest = line.trim()
  let right = shapes.length - 1
  for (; right > 0 && isBounded(shapes[right]); right--) {
    const at = lastCell(rest, shapes[right] ?? 'text')
    if (at < 1) return undefined
    cells[right] = rest.slice(at)
    rest = rest.slice(0, at).trimEnd()
  }
  let left = 0
  for (; left < right && isWord(shapes[left]); left++) {
    const at = rest.indexOf(' ')
    if (at < 1) return undefined
    cells[left] = rest.slice(0, at)
    rest = rest.slice(at + 1).trimStart()
  }
  if (left !== right || rest === '') return undefined
  cells[left] = rest
  return cells
}

const isWord = (shape: Shape | undefined): boolean => shape === 'flag' || shape === 'word' || shape === 'enum'
const isBounded = (shape: Shape | undefined): boolean => isWord(shape) || shape === 'list'

/** The shapes of columns; the letters of services are one word, which their names are not. */
export const collapsedShapes = (labels: readonly string[], line: string): readonly Shape[] =>
  labels.map((l) => {
    const name = l.toLowerCase()
    return name === 'services' && /(?:^|\s)[IPUWSFC.]{6,7}(?:\s|$)/.test(line) ? 'word' : shapeOf(name)
  })

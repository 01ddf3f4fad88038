/** A printed line of a value: the text after the indent, and the length of the whole line. */
export type Part = { readonly text: string; readonly length: number; readonly blanksBefore: number }

export type OpenProperty = {
  readonly name: string
  readonly line: number
  lastLine: number
  /** The text in the label's line, and the length of that line. */
  readonly text: string
  readonly length: number
  more: Part[] | null
  /** Nothing shows whether a blank belongs at a break of the value. */
  doubtful: boolean
}

export const firstPart = (p: OpenProperty): Part => ({ text: p.text, length: p.length, blanksBefore: 0 })

/** A list object while its lines are read. `column` is the offset of the colon in its lines. */
export type OpenObject = {
  readonly column: number
  readonly indent: number
  readonly labelWidth: number
  readonly properties: OpenProperty[]
  readonly seen: Set<string>
  /** Gaps between label lines with and without blank lines: tells doubled line ends from real separators. */
  gapsWithBlank: number
  gapsWithout: number
  /** Index of the first property after the latest blank line, 0 where there was none. */
  afterBlank: number
}

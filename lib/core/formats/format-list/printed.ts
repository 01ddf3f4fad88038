/** A printed line of a value: the text after the indent, and the length of the line from where its list begins. */
export type Part = {
  text: string
  length: number
  /** How much further right the text begins than the value above it. */
  readonly shift: number
  readonly blanksBefore: number
  /** It stood at the margin: the indent was lost, and with it what the length of the line above would tell. */
  readonly isFlush: boolean
}

/** A property while its object is read: `text` is that of the label's line until the object is closed. */
export type OpenProperty = {
  readonly name: string
  text: string
  readonly lines: [number, number]
  truncated?: boolean
  unusable?: boolean
  isDoubtful?: boolean
}

/** What else is known of a property that goes on below its label's line, or lost its end. Very few do. */
export type Wrapped = {
  /** Length of the label's line. */
  readonly length: number
  readonly more: Part[]
  /** Nothing shows whether a blank belongs at a break of the value. */
  doubtful: boolean
  /** The text around it shows that something is missing at its end. */
  isCut: boolean
}

export const firstPart = (p: OpenProperty, length: number): Part => ({
  text: p.text,
  length,
  shift: 0,
  blanksBefore: 0,
  isFlush: false,
})

/** A list object while its lines are read. `column` is the offset of the colon in its lines. */
export type OpenObject = {
  readonly column: number
  readonly indent: number
  readonly labelWidth: number
  /** `Name: value`, without the blank that the shell prints: a list only if its names are those of one. */
  readonly isLoose: boolean
  readonly properties: OpenProperty[]
  readonly wrapped: Map<OpenProperty, Wrapped>
  /** Lengths of its label lines: of the longest, and of the last. */
  longest: number
  lastLength: number
  /** The object above. Those of one command have the same properties, and most of their values. */
  readonly like: OpenObject | null
  /** Names in lower case. null while they are those of the object above, one by one. */
  seen: Set<string> | null
  /** Gaps between label lines with and without blank lines: tells doubled line ends from real separators. */
  gapsWithBlank: number
  gapsWithout: number
  /** Index of the first property after the latest blank line, 0 where there was none. */
  afterBlank: number
  /** No label is padded: blanks were collapsed or became tabs, and the column of the colon tells nothing. */
  isRagged: boolean
  /** A line below a value does not begin where the value does. */
  isShifted: boolean
}

import { firstWordLength, lastWordLength, wordsTell } from './break-words'
import { firstPart, type OpenObject, type OpenProperty, type Part, type Wrapped } from './printed'

/**
 * What is known of the width that a stretch of output was printed with. PowerShell breaks a value at blanks where the session's
 * culture is en, de, fr, it, es or pt, and cuts at exactly the width elsewhere; a word longer than a line is cut everywhere
 * (GenerateLines of PowerShell's ComplexWriter). Nothing marks a break, so the width decides how two lines belong together.
 */
export type Widths = {
  /** No printed line is longer than the width. */
  longest: number
  /** Trailing blanks are there: a break without one was made inside a word. */
  untrimmed: boolean
  /** Places (property and line of it) where the line above a break has the longest length: a few of them are hardly chance. */
  readonly fullBreaks: Set<string>
  /** At one of those the word, if it was cut there, would fit into a line: nobody cuts it who keeps words whole. */
  hasShortWord: boolean
  /** Breaks after a line that is shorter than that, more than by the blank that may have been trimmed. */
  shorterBreaks: number
  /** The width is below this: the word below a break had no room above it. */
  limit: number
}

export const newWidths = (): Widths => ({
  longest: 0,
  untrimmed: false,
  fullBreaks: new Set(),
  hasShortWord: false,
  shorterBreaks: 0,
  limit: Number.POSITIVE_INFINITY,
})

const isBlank = (c: number): boolean => c === 32 || c === 9
const blankEnd = (text: string): boolean => isBlank(text.charCodeAt(text.length - 1))

/** Second look at a stretch of objects, when its longest line is known: what do the breaks say about the width? */
export function measure(objects: readonly OpenObject[], w: Widths): void {
  const moved = objects.filter((o) => o.isShifted && straighten(o))
  if (moved.length > 0) w.longest = longestOf(objects)
  for (const o of objects) for (const [p, wrapped] of o.wrapped) measureProperty(p, wrapped, o, w)
}

/**
 * Pages move the first column of a list and leave the rest, or the other way round: then all lines below values are off by the same.
 * A few that are off by one blank may have been cut before a blank.
 */
function straighten(o: OpenObject): boolean {
  const parts = [...o.wrapped].flatMap(([p, { more }]) => more.filter((m) => !m.isFlush && !MULTILINE.test(p.name)))
  const shift = parts.reduce((least, m) => Math.min(least, m.shift), Number.POSITIVE_INFINITY)
  if (!Number.isFinite(shift) || shift === 0 || (Math.abs(shift) < 2 && parts.length < 4)) return false
  for (const m of parts) {
    m.text = m.text.slice(Math.max(0, shift))
    m.length -= shift
  }
  return true
}

const longestOf = (objects: readonly OpenObject[]): number =>
  objects.reduce((max, o) => {
    for (const { more } of o.wrapped.values()) for (const m of more) max = Math.max(max, m.length)
    return Math.max(max, o.longest)
  }, 0)

function measureProperty(p: OpenProperty, { length, more }: Wrapped, o: OpenObject, w: Widths): void {
  let upper = firstPart(p, length)
  for (const [i, lower] of more.entries()) {
    if (blankEnd(upper.text)) w.untrimmed = true
    else if (lower.blanksBefore === 0 && !lower.isFlush && !MULTILINE.test(p.name)) {
      // Objects of one kind break alike, so the same place of another object proves nothing more.
      if (upper.length === w.longest) {
        if (w.fullBreaks.size < MANY) w.fullBreaks.add(`${p.name}/${i}`)
        w.hasShortWord ||= !isBlank(lower.text.charCodeAt(0)) && !isLongWord(upper, lower, i === more.length - 1, o, w)
      } else if (upper.length < w.longest - 1) {
        w.shorterBreaks++
        w.limit = Math.min(w.limit, upper.length + 1 + firstWordLength(lower.text))
      }
    }
    upper = lower
  }
}

/** That many different breaks at the longest line are none of chance. */
const MANY = 3

/** Properties whose text may hold line ends of its own. */
const MULTILINE = /^(?:comments?|banner|description|notes|adminnotes)$/i
/** No blank stands behind the commas of its names. */
const IN_DIRECTORY = /^distinguishedname$/i
/** Long names that nothing is judged by: no need to tell of every break in them. */
const UNUSED = /^(?:distinguishedname|objectcategory|objectclass|homemta|organizationalunitroot)/i
/** Widths a console or `Out-File` has by itself: a full line of that length was cut, not broken at a blank. */
const usualWidths: readonly number[] = [79, 80, 119, 120]

/** Another width than that of the longest line explains all breaks as well: none of them was made inside a word then. */
const mayBeWider = (w: Widths): boolean => w.limit > w.longest + 1
const isUsual = (w: Widths): boolean => usualWidths.includes(w.longest)
const mayBeUsual = (w: Widths): boolean => usualWidths.some((width) => width > w.longest && width < w.limit)

/** Without the blank between them, are the last word above and the first word below longer than a line? Then every culture cuts. */
function isLongWord(upper: Part, lower: Part, last: boolean, o: OpenObject, w: Widths): boolean {
  const room = w.longest - (o.column - o.indent) - 2
  // The blank after a word counts, also where it is gone with the line's end.
  const below = firstWordLength(lower.text) + (!last && !/[ \t]/.test(lower.text) ? 1 : 0)
  return lastWordLength(upper.text) + below > room
}

/** How two lines belong together; `?` where the other way fits what was seen as well. */
type Break = 'cut' | 'blank' | 'cut?' | 'blank?'

/**
 * Was the break after this line, whose trailing blanks are gone, made inside a word or at a blank? Where words are kept whole, the
 * blank behind a word still fits into the line, so that a line broken at a blank is shorter than the width.
 */
function breakOf(upper: Part, lower: Part, last: boolean, o: OpenObject, w: Widths): Break {
  if (upper.length !== w.longest) return 'blank'
  if (isBlank(lower.text.charCodeAt(0))) return 'cut'
  const keepsWords = w.shorterBreaks > 0
  if (keepsWords && w.hasShortWord) return 'blank'
  const told = wordsTell(upper.text, lower.text)
  if (told !== undefined) return told
  if (w.fullBreaks.size >= MANY) return 'cut'
  if (keepsWords) {
    if (!mayBeWider(w) || isUsual(w)) return 'cut'
    return mayBeUsual(w) ? 'blank?' : 'cut?'
  }
  if (isLongWord(upper, lower, last, o, w) && (isUsual(w) || !mayBeUsual(w))) return 'cut'
  return w.fullBreaks.size > 1 || isUsual(w) ? 'cut?' : 'blank?'
}

type Glued = { readonly p: OpenProperty; readonly wrapped: Wrapped; readonly o: OpenObject; readonly w: Widths }

function glue(upper: Part, lower: Part, last: boolean, { p, wrapped, o, w }: Glued): string {
  if (lower.isFlush) {
    if (!upper.text.trimEnd().endsWith(',')) wrapped.doubtful = true
    return blankEnd(upper.text) ? '' : ' '
  }
  if (MULTILINE.test(p.name)) {
    if (lower.blanksBefore > 0) return '\n'.repeat(Math.min(lower.blanksBefore + 1, 8))
    const used = upper.length + (blankEnd(upper.text) ? 0 : 1)
    if (used + firstWordLength(lower.text) <= w.longest) return '\n' // the word had room above: a line end of the text itself
  }
  if (blankEnd(upper.text) || w.untrimmed) return ''
  if (upper.length === w.longest && upper.text.endsWith(',') && IN_DIRECTORY.test(p.name)) return ''
  const kind = breakOf(upper, lower, last, o, w)
  if (kind.endsWith('?') && !UNUSED.test(p.name)) wrapped.doubtful = true
  return kind.startsWith('cut') ? '' : ' '
}

/** The value as it was before it was printed over several lines. Marks the property where the text does not decide how. */
export function joinParts(p: OpenProperty, wrapped: Wrapped, o: OpenObject, w: Widths): string {
  const more = partsOf(p, wrapped)
  const out: string[] = []
  let upper = firstPart(p, wrapped.length)
  for (const [i, lower] of more.entries()) {
    const between = glue(upper, lower, i === more.length - 1, { p, wrapped, o, w })
    out.push(between === '' ? upper.text : upper.text.trimEnd(), between)
    // Deeper than the value above began: the first column of the labels was moved, not the lines below.
    const isWhole = between.startsWith('\n') || (between === '' && !blankEnd(upper.text))
    upper = isWhole ? lower : { ...lower, text: lower.text.trimStart() }
  }
  out.push(upper.text)
  return out.join('').trim()
}

/** Lines at the margin belong to a list only where they end it; otherwise it was cut, and prose stands below. */
function partsOf(p: OpenProperty, wrapped: Wrapped): readonly Part[] {
  const { more } = wrapped
  const flush = more.findIndex((m) => m.isFlush)
  if (flush < 0 || p.text[0] !== '{' || more[more.length - 1]?.text.trimEnd().endsWith('}')) return more
  wrapped.isCut = true
  p.lines[1] = p.lines[0] + flush
  return more.slice(0, flush)
}

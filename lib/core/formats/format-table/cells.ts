import type { Cell, Cut } from './table'

const CUT = /(?:\.\.\.|\u2026)$/
const CUT_LEFT = /^(?:\.\.\.|\u2026)[\d.,]/
/** Their text may have lines; a table without -Wrap shows the first of them and dots, also where there is room. */
const MULTILINE = /^(?:comments?|banner|description|notes|adminnotes|conditions|actions|exceptions)$/i

/** The default view of certificates: a letter at its place for each service (ServicesStringForm), six places before 2013. */
const SERVICES = /^[I.][P.][U.][W.][S.][F.][C.]?$/
const serviceNames = ['IMAP', 'POP', 'UM', 'IIS', 'SMTP', 'Federation', 'UMCallRouter']

/** `IP.WS..` as Format-List prints it; undefined where the text is no such thing. */
export function servicesOf(text: string): string | undefined {
  if (!SERVICES.test(text)) return undefined
  const names = [...text].flatMap((c, i) => (c === '.' ? [] : (serviceNames[i] ?? [])))
  return names.length === 0 ? 'None' : names.join(', ')
}

/** `isFull`: the text reaches the end of its column, so that dots at its end mean that more was there. */
export function cutOf(name: string, text: string, isFull: boolean): Cut | null {
  if (text.startsWith('{')) {
    if (/(?:\.\.\.|\u2026)\}$/.test(text)) return 'list'
    return text.endsWith('}') ? null : 'column'
  }
  const last = text.charCodeAt(text.length - 1)
  if (last !== 46 && last !== 0x2026) return CUT_LEFT.test(text) ? 'column' : null
  return CUT.test(text) && (isFull || MULTILINE.test(name)) ? 'column' : null
}

export type CellFacts = { readonly isFull: boolean; readonly isDoubtful: boolean; readonly lines: [number, number] }

export function cellOf(name: string, raw: string, { isFull, isDoubtful, lines }: CellFacts): Cell {
  const text = raw.trim()
  const services = name.toLowerCase() === 'services' ? servicesOf(text) : undefined
  if (services !== undefined) return { text: services, cut: null, isDoubtful, lines }
  return { text, cut: cutOf(name, text, isFull), isDoubtful, lines }
}

/** A remark that somebody wrote behind a line: `True   <== this one`. */
const REMARK = /\s(?:<[=<-]|\u2190|\u21d0)/
const PLAIN = /^(?:True|False)?\s*$/
const REMARK_BEHIND_VALUE = /^(True|False|\{[^}]*\})\s+(?:[<\u2190\u21d0#!(]|\/\/|--)/i

/** The last cell without the remark behind it; the cell itself where nothing shows that it is one. */
export function withoutRemark(text: string): string {
  if (PLAIN.test(text)) return text
  const whole = REMARK_BEHIND_VALUE.exec(text)?.[1]
  if (whole !== undefined) return whole
  const at = REMARK.exec(text)?.index
  const head = at === undefined ? '' : text.slice(0, at)
  const kept = head.trimEnd()
  return kept !== '' && kept.length < head.length ? kept : text
}

/** Wrapped lines of a cell as one text. `width` null: nothing but the longest line is known of the column. */
export function joinLines(
  parts: readonly string[],
  width: number | null,
  longest: number,
): { text: string; isDoubtful: boolean } {
  const out = [parts[0]?.trimEnd() ?? '']
  let upper = out[0] ?? ''
  const isList = upper.trimStart().startsWith('{')
  let isTight = /,\S/.test(upper)
  let isApart = false
  let isDoubtful = false
  for (const raw of parts.slice(1)) {
    const part = raw.trimEnd()
    if (part === '') {
      isApart = true // a word up to the edge: its blank got a line of its own
      continue
    }
    const isFull = upper.length >= (width ?? longest)
    // Items of a list stand apart by a comma and a blank, so that a comma at the break takes its blank with it.
    const comma = upper.endsWith(',') && (isList || !isTight)
    if (isFull && width === null && !comma && !isApart) isDoubtful = true
    out.push(upper === '' || part.startsWith(' ') || (isFull && !comma && !isApart) ? part : ` ${part}`)
    isTight ||= /,\S/.test(part)
    upper = part
    isApart = false
  }
  return { text: out.join(''), isDoubtful }
}

import { rangeText } from '../exposure/exposure'
import type { Exposure, ExposureClass, ListenerExposure, RelayTheorem } from '../exposure/types'
import { formatIp } from '../model'
import { exposureWords, rightColumns, rightWord, theoremText } from './exposure-words'
import { missingText } from './outline'
import type { Language } from './schema'
import { type TextOptions, wrapWords } from './text'
import { visible } from './visible'
import { say } from './words'

/** The sentence that answers for all listeners. */
export const relaySentence = ({ publicRelay, witness }: RelayTheorem, lang: Language): string =>
  say(
    theoremText[publicRelay],
    lang,
    witness === null ? {} : { address: witness.address, server: witness.server, port: String(witness.port) },
  )

const maxRanges = 4

function addressText(c: ExposureClass, lang: Language): string {
  const shown = c.ranges.slice(0, maxRanges).map(rangeText)
  const left = c.ranges.length - shown.length
  return [...shown, ...(left > 0 ? [say(exposureWords.moreRanges, lang, { n: left })] : [])].join(', ')
}

/** `presumed` candidates and those of equal ranges by name; `unknown` without candidates: a connector that nobody exported. */
function connectorText(c: ExposureClass, lang: Language): string {
  if (c.connector !== null) return visible(c.connector.name)
  const names = c.ambiguous.map((x) => visible(x.name)).join(', ')
  if (names !== '') return say(exposureWords.either, lang, { names })
  return c.submit === 'no' ? exposureWords.nobody[lang] : exposureWords.notKnown[lang]
}

/** Columns as wide as their widest cell; the last one is not padded. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((r) => r[i]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function listenerLines(l: ListenerExposure, lang: Language, bold: (text: string) => string): string[] {
  const local = l.localAddress === null ? '' : `, ${formatIp(l.family, l.localAddress)}`
  const port = say(exposureWords.port, lang, { n: String(l.port) })
  const heads = rightColumns.map((c) => c.head[lang])
  const rows = l.classes.map((c) => [
    ...rightColumns.map(({ key }) => rightWord[c[key]][lang]),
    connectorText(c, lang),
    addressText(c, lang),
  ])
  return [
    bold(`${visible(l.server)}, ${port}, IPv${l.family}${local}`),
    ...table([[...heads, exposureWords.connector[lang], exposureWords.addresses[lang]], ...rows]).map((t) => `  ${t}`),
    '',
  ]
}

/** The exposure for a terminal: whether a stranger can relay, what would tell, and a table for each listener. */
export function renderExposureText(exposure: Exposure, { lang, width = 100, color = false }: TextOptions): string {
  const { theorem, listeners } = exposure
  const bold = (text: string): string => (color ? `\x1b[1m${text}\x1b[0m` : text)
  const open = listeners.some((l) =>
    l.classes.some((c) => rightColumns.some(({ key }) => c[key] === 'presumed-no' || c[key] === 'unknown')),
  )
  return [
    ...wrapWords(visible(relaySentence(theorem, lang)), width, '').map(bold),
    ...(theorem.missing.length > 0
      ? [`${exposureWords.wanted[lang]}:`, ...theorem.missing.map((m) => `  ${visible(missingText(m))}`)]
      : []),
    '',
    ...(listeners.length === 0 ? [exposureWords.noListeners[lang]] : []),
    ...listeners.flatMap((l) => listenerLines(l, lang, bold)),
    ...(open ? [...wrapWords(exposureWords.legend[lang], width, ''), ''] : ['']),
  ].join('\n')
}

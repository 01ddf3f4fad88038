import { bytesOfPage, type CodePage, codePages } from './code-pages'

/** Letters that were UTF-8 and were read with a wrong code page: which one, an example as it stands and as it was. */
export type Mojibake = {
  readonly codepage: CodePage
  readonly example: string
  readonly repaired: string
  readonly count: number
  /** Offset of the example in the text. */
  readonly at: number
}

/** Every byte of a UTF-8 sequence is a character beyond ASCII in the code pages, so damage is a run of these. */
const RUN = /[\u0080-\uffff]{2,4000}/g
const MAX_LOOKED_AT = 20_000
const MAX_EXAMPLE = 60

/** What admins write: Latin, Greek, Cyrillic letters and the marks of word processors. A chance hit gives something else. */
const isPlausible = (text: string): boolean => /^[\u00a0-\u017f\u0370-\u04ff\u2010-\u203a\u20ac\u2122]+$/.test(text)

/** The run as it was before, or undefined: encoded with the page it must be UTF-8, and fewer characters than before. */
function repairRun(run: string, page: CodePage): string | undefined {
  const table = bytesOfPage(page)
  const bytes = new Uint8Array(run.length)
  for (let i = 0; i < run.length; i++) {
    const byte = table.get(run.charCodeAt(i))
    if (byte === undefined || (i === 0 && (byte < 0xc2 || byte > 0xf4))) return undefined
    bytes[i] = byte
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.length < run.length && isPlausible(text) ? text : undefined
  } catch {
    return undefined
  }
}

/** A quotation mark behind `Ä` or `Å` happens to be UTF-8 of a rare letter; runs like that alone prove no damage. */
const isRare = (text: string): boolean => /^[\u0100-\u017f]+$/.test(text)

/** The pages that explain runs of the text, the most likely first; empty where nothing is damaged. */
function pagesOf(text: string): readonly CodePage[] {
  const score = new Map<CodePage, number>()
  let proofs = 0
  let looked = 0
  for (const [run] of text.matchAll(RUN)) {
    if (++looked > MAX_LOOKED_AT) break
    for (const page of codePages) {
      const was = repairRun(run, page)
      if (was === undefined) continue
      if (!isRare(was)) proofs++
      score.set(page, (score.get(page) ?? 0) + 1)
    }
  }
  if (proofs === 0) return []
  return codePages.filter((p) => score.has(p)).sort((a, b) => (score.get(b) ?? 0) - (score.get(a) ?? 0))
}

const repairWith = (run: string, pages: readonly CodePage[]): string | undefined => {
  for (const page of pages) {
    const was = repairRun(run, page)
    if (was !== undefined) return was
  }
  return undefined
}

export function findMojibake(text: string): Mojibake | undefined {
  const pages = pagesOf(text)
  const [codepage] = pages
  if (codepage === undefined) return undefined
  let first: { example: string; repaired: string; at: number } | undefined
  let count = 0
  for (const m of text.matchAll(RUN)) {
    const was = repairWith(m[0], pages)
    if (was === undefined) continue
    count++
    first ??= exampleOf(text, m.index, m[0].length, pages)
    if (count >= MAX_LOOKED_AT) break
  }
  return first && { codepage, count, ...first }
}

/** The word that the damage stands in. */
function exampleOf(text: string, at: number, length: number, pages: readonly CodePage[]) {
  let from = at
  let to = at + length
  while (from > 0 && at - from < MAX_EXAMPLE / 2 && /\S/.test(text[from - 1] ?? ' ')) from--
  while (to < text.length && to - at < MAX_EXAMPLE && /\S/.test(text[to] ?? ' ')) to++
  const example = text.slice(from, to)
  return { example, repaired: example.replace(RUN, (run) => repairWith(run, pages) ?? run), at: from }
}

/** The text with its damaged runs put right, and nothing else changed: lines stay where they are. */
export function repairMojibake(text: string): string {
  const pages = pagesOf(text)
  return pages.length === 0 ? text : text.replace(RUN, (run) => repairWith(run, pages) ?? run)
}

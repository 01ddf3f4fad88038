import { buildConfig } from '../build'
import { formats } from '../formats'
import { readersOf } from '../formats/detect'
import type { Config, Diagnostic } from '../model'
import { readingOf } from '../reading'
import type { Answers } from '../rules/define-rule'
import { decodeText } from '../text'

const normal = (text: string): string => decodeText(new TextEncoder().encode(text)).text

/**
 * Config from the text of exports, through the real formats and build: `configFrom('Identity : EX01\\Relay …')`, or several files as
 * `{ 'ex01/receive.txt': '…' }`. Text that no format claims is read as Format-List, so that one small object is enough for a test.
 */
export function configFrom(input: string | Readonly<Record<string, string>>): Config {
  return readFrom(input).config
}

export type ReadFrom = {
  readonly config: Config
  readonly notices: readonly (Diagnostic & { readonly source: string })[]
}

/** The same, with the notices of reading and building. */
export function readFrom(input: string | Readonly<Record<string, string>>, answers: Answers = {}): ReadFrom {
  const files = typeof input === 'string' ? { 'export.txt': input } : input
  const notices: (Diagnostic & { source: string })[] = []
  const names = Object.keys(files).sort()
  const sources = names.map((name, i) => {
    const id = `s${i + 1}`
    const text = normal(files[name] ?? '')
    const claimed = readersOf(formats, text, name)
    const readers = claimed.length > 0 ? claimed : formats.filter((f) => f.id === 'format-list')
    const blocks = readers.flatMap((f) => f.parse({ id, name, text }, (d) => notices.push({ ...d, source: id })))
    return { id, name, blocks }
  })
  const { config } = buildConfig(sources, (source, d) => notices.push({ ...d, source }), readingOf(answers))
  return { config, notices }
}

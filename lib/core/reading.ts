import { type FormatId, formatIds } from './model'
import type { Answers } from './rules/define-rule'

/** Code pages that a person may choose for a file whose bytes do not tell theirs. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'cp850', 'cp437'] as const
export type EncodingName = (typeof encodings)[number]

/**
 * What a person said about the files that the files do not tell. Sources are meant by their name (`archive.zip!/ex01/receive.txt`).
 * `format`: read as this one, or `ignore` to leave the file out. `isRepaired`: letters that a wrong code page damaged are put right.
 */
export type Reading = {
  readonly dateOrder: (source: string) => 'day-first' | 'month-first' | undefined
  readonly server: (source: string) => string | undefined
  readonly encoding: (source: string) => EncodingName | undefined
  readonly format: (source: string) => FormatId | 'ignore' | undefined
  readonly isRepaired: (source: string) => boolean
}

/** The answers that are about reading: `date-order`, `server:FILE`, `encoding:FILE`, `format:FILE`, `mojibake:FILE`. */
export function readingOf(answers: Answers): Reading {
  const answer = (key: string): string | undefined => (Object.hasOwn(answers, key) ? answers[key] : undefined)
  const oneOf = <T extends string>(value: string | undefined, allowed: readonly T[]): T | undefined =>
    allowed.find((a) => a === value)
  return {
    dateOrder: (source) =>
      oneOf(answer(`date-order:${source}`) ?? answer('date-order'), ['day-first', 'month-first'] as const),
    server: (source) => answer(`server:${source}`),
    encoding: (source) => oneOf(answer(`encoding:${source}`), encodings),
    format: (source) => oneOf(answer(`format:${source}`), [...formatIds, 'ignore'] as const),
    isRepaired: (source) => answer(`mojibake:${source}`) === 'repair',
  }
}

export const nothingSaid: Reading = readingOf({})

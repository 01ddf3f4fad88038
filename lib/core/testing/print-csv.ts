/** A value as Export-Csv gets it. A list is destroyed, joined, or the list of one, by the options. */
export type CsvInput = string | boolean | null | { readonly list: readonly string[]; readonly type?: string }
export type CsvObject = Readonly<Record<string, CsvInput>>

export type CsvPrint = {
  readonly edition: '5.1' | '7'
  readonly delimiter?: ',' | ';' | '\t'
  /** 5.1 writes the type unless it is told not to. */
  readonly type?: string
  /** Only 7 can leave quotes away. */
  readonly quotes?: 'always' | 'as-needed'
  /** `lost`: the list itself; else what a calculated property joined it with. */
  readonly lists?: 'lost' | ',' | ';' | ', ' | '|' | '\n' | ' '
  readonly eol?: '\n' | '\r\n'
}

/** 5.1 writes ASCII if nobody asks for more. */
export const asAscii = (text: string): string => text.replace(/[^\0-\x7f]/g, '?')

export function printCsv(objects: readonly CsvObject[], options: CsvPrint): string {
  const { edition, delimiter = ',', type, quotes = 'always', lists = 'lost', eol = '\r\n' } = options
  const names = Object.keys(objects[0] ?? {})
  const isBare = (s: string) =>
    edition === '7' && quotes === 'as-needed' && !/["\r\n]/.test(s) && !s.includes(delimiter)
  const field = (s: string) => (isBare(s) && s === s.trim() ? s : `"${s.replaceAll('"', '""')}"`)
  const text = (v: CsvInput): string | null => {
    if (v === null || typeof v === 'string') return v
    if (typeof v === 'boolean') return v ? 'True' : 'False'
    return lists === 'lost' ? (v.type ?? 'System.Collections.ArrayList') : v.list.join(lists)
  }
  const rows = objects.map((o) =>
    names
      .map((n) => text(o[n] ?? null))
      .map((t) => (t === null ? '' : field(t)))
      .join(delimiter),
  )
  const head = type === undefined ? [] : [`#TYPE ${type}`]
  return [...head, names.map(field).join(delimiter), ...rows, ''].join(eol)
}

/** A value as ConvertTo-Json gets it. `date`: milliseconds since 1970. Objects are those of .NET, with the members that are written. */
export type JsonInput =
  | string
  | number
  | boolean
  | null
  | { readonly date: number }
  | { readonly list: readonly JsonInput[] }
  | { readonly object: Readonly<Record<string, JsonInput>>; readonly text?: string; readonly isCustom?: boolean }

export type JsonPrint = {
  readonly edition: '5.1' | '7'
  /** Levels below the objects; what lies deeper becomes text without a word. */
  readonly depth?: number
  readonly isCompressed?: boolean
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

/** ToString of what lies too deep: a list is its items parted by blanks, a custom object `@{a=b; c=d}`. */
function deepText(v: JsonInput): string {
  if (v === null) return ''
  if (typeof v === 'boolean') return v ? 'True' : 'False'
  if (typeof v !== 'object') return String(v)
  if ('date' in v) return iso(v.date)
  if ('list' in v) return v.list.map(deepText).join(' ')
  if (v.text !== undefined) return v.text
  const members = Object.entries(v.object).map(([k, m]) => `${k}=${deepText(m)}`)
  return v.isCustom ? `@{${members.join('; ')}}` : 'Microsoft.Exchange.Data.Anything'
}

/** JavaScriptSerializer escapes what could end a script or an attribute; PowerShell 7 (Newtonsoft) what JSON demands. */
function quoted(text: string, edition: '5.1' | '7'): string {
  const plain = JSON.stringify(text)
  if (edition === '7') return plain
  return plain.replace(/[<>&']/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** 5.1 puts a list or an object as far to the right as the key in front of it reaches; 7 goes two blanks deeper. */
export function printJson(value: JsonInput, { edition, depth = 2, isCompressed = false }: JsonPrint): string {
  const isOld = edition === '5.1'
  const write = (v: JsonInput, level: number, column: number): string => {
    if (v === null) return 'null'
    if (typeof v === 'string') return quoted(v, edition)
    if (typeof v !== 'object') return String(v)
    if ('date' in v) return isOld ? `"\\/Date(${v.date})\\/"` : `"${iso(v.date)}"`
    if (level > depth) return quoted(deepText(v), edition)
    const inner = column + (isOld ? 4 : 2)
    const pad = isCompressed ? '' : ' '.repeat(inner)
    const [open, close] = 'list' in v ? ['[', ']'] : ['{', '}']
    const parts =
      'list' in v
        ? v.list.map((item) => pad + write(item, level + 1, inner))
        : Object.entries(v.object).map(([k, m]) => {
            const key = `${quoted(k, edition)}:${isCompressed ? '' : isOld ? '  ' : ' '}`
            return pad + key + write(m, level + 1, isOld ? inner + key.length : inner)
          })
    if (isCompressed) return open + parts.join(',') + close
    if (parts.length === 0) return isOld ? `${open}\n\n${' '.repeat(column)}${close}` : open + close
    return `${open}\n${parts.join(',\n')}\n${' '.repeat(column)}${close}`
  }
  // The list of objects itself is no level.
  return `${write(value, typeof value === 'object' && value !== null && 'list' in value ? -1 : 0, 0)}\n`
}

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { locales } from './locales'
import { messages } from './messages'

const root = path.resolve(import.meta.dirname, '../..')

/** Every text with its dotted key. */
function flatten(node: unknown, prefix = ''): [string, string][] {
  if (typeof node === 'string') return [[prefix, node]]
  if (typeof node !== 'object' || node === null) throw new Error(`${prefix} is neither a text nor a group`)
  return Object.entries(node).flatMap(([key, value]) => flatten(value, prefix ? `${prefix}.${key}` : key))
}

const en = new Map(flatten(messages.en))
const de = new Map(flatten(messages.de))

type Element = { type: number; value?: string; options?: Record<string, { value: Element[] }>; children?: Element[] }

/** Names of the parameters and tags of a message, with their kind. */
function parameters(elements: readonly Element[]): string[] {
  return elements.flatMap((e) => [
    ...(e.type === 0 || e.type === 7 ? [] : [`${e.value}`]),
    ...Object.values(e.options ?? {}).flatMap((o) => parameters(o.value)),
    ...parameters(e.children ?? []),
  ])
}
const shape = (text: string, locale: string) => [
  ...new Set(parameters(new IntlMessageFormat(text, locale).getAst() as Element[])),
]

function sources(dir: string): string[] {
  return readdirSync(path.join(root, dir), { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !/\.(test|d)\.ts$/.test(e.name))
    .map((e) => readFileSync(path.join(e.parentPath, e.name), 'utf8'))
}

describe('messages', () => {
  it('loads every file of either language', () => {
    for (const locale of locales) {
      const files = readdirSync(path.join(import.meta.dirname, 'messages', locale)).map((f) => f.replace('.json', ''))
      expect(Object.keys(messages[locale]).sort()).toEqual(files.sort())
    }
  })

  it('has the same keys in both languages', () => {
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort())
  })

  it.each([...en])('%s has the same parameters in both languages', (key, text) => {
    expect(shape(de.get(key) ?? '', 'de').sort()).toEqual(shape(text, 'en').sort())
  })

  it('keeps to the voice: no exclamation marks, German quotes in German', () => {
    const bad = [...en, ...de].filter(([, text]) => /!/.test(text))
    const straight = [...de].filter(([, text]) => /["“]\S.*["”]/.test(text))
    expect(bad).toEqual([])
    expect(straight).toEqual([])
  })

  it('uses every key', () => {
    const files = [...sources('app'), ...sources('components'), ...sources('lib')]
    const isUsed = (key: string) => {
      const [namespace = '', ...rest] = key.split('.')
      const code = files.filter((f) => new RegExp(`Translations\\(\\s*['"{][^)]*\\b${namespace}\\b`).test(f)).join('\n')
      const literals = new Set([...code.matchAll(/(['"`])([A-Za-z0-9][\w.-]*)\1/g)].map((m) => m[2] ?? ''))
      // A template such as `kind.${name}` uses every key below its fixed beginning.
      const prefixes = [...code.matchAll(/`([A-Za-z][\w.-]*\.)\$\{/g)].map((m) => m[1] ?? '')
      // `useTranslations('upload.kind')` leaves only the rest of the key to the code.
      const names = [rest.join('.'), ...(rest.length > 1 ? [rest.slice(1).join('.')] : [])]
      return names.some((name) => literals.has(name) || prefixes.some((p) => name.startsWith(p)))
    }
    expect([...en.keys()].filter((key) => !isUsed(key))).toEqual([])
  })
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

// Documents that say where something is done and which test shows it: what they name must be there.

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const named = (text: string): string[] =>
  [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, name = '']) => name)
    .filter(
      (name) => /\.(ts|tsx|mjs|mts|md|ps1|prisma)$/.test(name) || /^(app|components|lib|scripts|e2e|docs)\//.test(name),
    )

describe.each(['SECURITY.md', 'docs/threat-model.md', 'docs/asvs.md'])('%s', (document) => {
  it('names files that exist', () => {
    const files = named(read(document))
    expect(files.length).toBeGreaterThan(3)
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
  })

  it('names settings that exist', () => {
    const sources = ['lib/server/env.ts', 'scripts/serve.mjs', 'scripts/http-server.mjs'].map(read).join('\n')
    const settings = read(document).match(/\bPOSTERN_[A-Z_]+[A-Z]/g) ?? []
    expect(settings.filter((name) => !sources.includes(name))).toEqual([])
  })
})

/** Requirements of levels 1 and 2 by section, counted in the published text; those of level 3 leave gaps between them. */
const sections: Readonly<Record<string, number>> = {
  ...{ '1': 27, '2': 11, '3': 19, '4': 10, '5': 9, '6': 35, '7': 18, '8': 7, '9': 7, '10': 29 },
  ...{ '11': 14, '12': 9, '13': 13, '14': 9, '15': 13, '16': 16, '17': 7 },
}

describe('docs/asvs.md', () => {
  it('has every requirement of levels 1 and 2 once', () => {
    const [, ...chapters] = read('docs/asvs.md').split(/^## (?=\d)/m)
    const found = chapters.map((chapter) => {
      const lines = [...chapter.matchAll(/^\| (\d+)\.(\d+)\.(\d+)(?:–\1\.\2\.(\d+))? \|/gm)]
      const ids = lines.flatMap(([, a, b, first, last]) =>
        Array.from({ length: Number(last ?? first) - Number(first) + 1 }, (_, n) => `${a}.${b}.${Number(first) + n}`),
      )
      expect(new Set(ids).size, chapter.slice(0, 30)).toBe(ids.length)
      return [/^\d+/.exec(chapter)?.[0] ?? '', ids.length]
    })
    expect(Object.fromEntries(found)).toEqual(sections)
  })

  it('leaves no gap out of the list of gaps', () => {
    const [head = '', ...chapters] = read('docs/asvs.md').split(/^## (?=\d)/m)
    const open = (text: string) =>
      [...text.matchAll(/^\| ([\d.]+) \|[^|]*\| (partly|\*\*not met\*\*) \|/gm)].map(([, id]) => id)
    expect(open(head).sort()).toEqual(open(chapters.join('\n')).sort())
    expect(open(head).length).toBeGreaterThan(10)
  })
})

describe('the threat model', () => {
  it('names every table of the database that holds something', () => {
    const models = readdirSync(path.join(root, 'prisma/models')).flatMap((file) =>
      [...read(`prisma/models/${file}`).matchAll(/^model (\w+)/gm)].map(([, name = '']) => name),
    )
    const text = read('docs/threat-model.md')
    expect(models.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })
})

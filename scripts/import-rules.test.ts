import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { valueImports, violations } from './import-rules.mjs'

// One planted fault a rule: the file, and what it imports although it must not.
const faults: Record<string, readonly [from: string, to: string]> = {
  'no-circular': ['lib/core/text/bom.ts', './lines'],
  'not-to-unresolvable': ['lib/cli/run.ts', './nowhere'],
  'core-only-by-its-door': ['app/page.tsx', '@/lib/core/model/tri'],
  'core-is-pure': ['lib/core/build/certificates.ts', '@/lib/server/env'],
  'core-no-node': ['lib/core/archive/zip.ts', 'node:fs'],
  'core-packages': ['lib/core/report/views.ts', 'react'],
  'model-stands-alone': ['lib/core/model/property.ts', '../text/bom'],
  'format-is-a-folder': ['lib/core/formats/csv/format.ts', '../clixml/format'],
  'rule-is-a-folder': ['lib/core/rules/open-relay/rule.ts', '../expired-certificate/rule'],
  'rule-no-packages': ['lib/core/rules/tls-off/rule.ts', 'zod'],
  'components-know-no-pages': ['components/home/list.tsx', '@/app/actions'],
  'components-take-types': ['components/map/canvas.tsx', '@/lib/server/env'],
  'server-knows-no-pages': ['lib/server/audits.ts', '@/components/ui/button'],
  'prisma-behind-db': ['lib/server/sources.ts', '@prisma/client'],
  'cli-knows-the-core': ['lib/cli/main.ts', '@/lib/server/env'],
  'product-not-from-scripts': ['lib/server/startup.ts', '@/scripts/lib'],
}

// What the faults point at, and things that are allowed.
const tree: Record<string, string> = {
  'lib/core/index.ts': "export * from './model/tri'\n",
  'lib/core/model/tri.ts': 'export type Tri = 1\n',
  'lib/core/text/bom.ts': 'export const bom = 1\n',
  'lib/core/text/lines.ts': "import './bom'\n",
  'lib/core/formats/clixml/format.ts':
    "import '../../model/tri'\nimport '../../text/bom'\nimport 'zod'\nexport const format = 1\n",
  'lib/core/rules/expired-certificate/rule.ts': "import '../../model/tri'\nexport const rule = 1\n",
  'lib/server/env.ts': "import 'node:fs'\nimport '../core/index'\nexport const env = 1\n",
  'lib/server/db.ts': "import '@prisma/client'\n",
  'app/actions.ts': "import '@/lib/core'\nimport '@/lib/server/env'\n",
  'components/ui/button.tsx':
    "import type { env } from '@/lib/server/env'\nimport 'react'\nexport type T = typeof env\n",
  'scripts/lib.mjs': 'export const x = 1\n',
  'node_modules/react/index.js': '',
  'node_modules/zod/index.js': '',
  'node_modules/@prisma/client/index.js': '',
}

const tsconfig = { compilerOptions: { module: 'esnext', moduleResolution: 'bundler', paths: { '@/*': ['./*'] } } }

function plant(files: Record<string, string>): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'postern-imports-'))
  for (const [file, text] of Object.entries({ ...files, 'tsconfig.json': JSON.stringify(tsconfig) })) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true })
    writeFileSync(path.join(dir, file), text)
  }
  return dir
}

describe('import rules', () => {
  const dirs: string[] = []
  let found: string[] = []
  beforeAll(() => {
    const planted = Object.values(faults).map(([from, to]) => [from, `import '${to}'\n`])
    dirs.push(plant({ ...tree, ...Object.fromEntries(planted) }))
    found = violations(dirs[0] ?? '')
  })
  afterAll(() => {
    for (const dir of dirs) rmSync(dir, { recursive: true })
  })

  it.each(Object.entries(faults))('%s finds its planted fault', (rule, [from]) => {
    expect(found.filter((line) => line.startsWith(`${rule}: ${from} →`))).not.toEqual([])
  })

  it('has a planted fault for every rule', () => {
    const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] }
    const names = [...config.forbidden.map((rule) => rule.name), 'components-take-types']
    expect(Object.keys(faults).sort()).toEqual(names.sort())
  })

  it('finds nothing in a tree that keeps them', () => {
    dirs.push(plant(tree))
    expect(violations(dirs[1] ?? '')).toEqual([])
  })

  it('tells types from values', () => {
    expect(valueImports("import type { A } from '@/lib/server/a'")).toEqual([])
    expect(valueImports("import { a } from '@/lib/server/a'\nexport { b } from '@/lib/server/b'")).toHaveLength(2)
    expect(valueImports("const a = await import('@/lib/server/a')")).toEqual(['@/lib/server/a'])
    expect(valueImports("import '@/lib/server/a'")).toEqual(['@/lib/server/a'])
  })
})

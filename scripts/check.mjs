// npm run check: everything that can be said about the code without running it.
import { generate, next, run } from './lib.mjs'
import { step } from './steps.mjs'

const tsc = 'node_modules/typescript/bin/tsc'

await step('generated files', () => {
  generate()
  run('scripts/gen.mjs', ['--check'])
})
await step('lock file', () => run('scripts/check-lock.mjs', []))
await step('licences', () => run('scripts/licences.mjs', []))
await step('known weaknesses of dependencies', () => run('scripts/audit.mjs', []))
await step('types', () => {
  run(next, ['typegen'])
  run(tsc, ['--noEmit'])
})
await step('types of the core, without Node and browser', () => run(tsc, ['--noEmit', '-p', 'lib/core/tsconfig.json']))
await step('lint and format', () =>
  run('node_modules/@biomejs/biome/bin/biome', [
    'ci',
    '--error-on-warnings',
    ...(process.stdout.isTTY ? [] : ['--colors=off']),
  ]),
)
await step('import rules', () => run('scripts/import-rules.mjs', []))

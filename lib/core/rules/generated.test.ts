import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'

const script = path.resolve(import.meta.dirname, '../../../scripts/gen.mjs')

it('has generated files that are as new as their sources', () => {
  const run = () => execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8', stdio: 'pipe' })
  expect(run).not.toThrow()
})

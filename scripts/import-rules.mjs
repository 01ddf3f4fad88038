// Who may import whom: dependency-cruiser's rules, and the one thing it cannot see without the compiler's old API – whether an import
// takes types only.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './lib.mjs'

const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const roots = ['app', 'bin', 'components', 'lib', 'scripts', 'instrumentation.ts', 'proxy.ts']

/** Violations as `rule: from → to`, of the tree at `dir`. */
function cruise(dir) {
  const present = roots.filter((p) => existsSync(path.join(dir, p)))
  const config = path.join(root, '.dependency-cruiser.cjs')
  const args = [cruiser, ...present, '--config', config, '--output-type', 'json']
  const r = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (!r.stdout.startsWith('{')) throw new Error(`dependency-cruiser failed: ${r.stderr}`)
  return JSON.parse(r.stdout).summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)
}

const serverImport =
  /(?:^|\n)\s*(?:import|export)\b([^'"`;]*?)['"](@\/lib\/server\/[^'"]+)['"]|\bimport\(\s*['"](@\/lib\/server\/[^'"]+)/g

/** Imports of lib/server in `text` that take more than types. */
export function valueImports(text) {
  return [...text.matchAll(serverImport)]
    .filter(([, what]) => what === undefined || !/^\s+type\b/.test(what))
    .map(([, , named, dynamic]) => named ?? dynamic)
}

/** Violations of "components get types of lib/server, and nothing else". */
function componentsTakeTypes(dir) {
  const folder = path.join(dir, 'components')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .flatMap((file) => valueImports(readFileSync(path.join(folder, file), 'utf8')).map((to) => [file, to]))
    .map(([file, to]) => `components-take-types: components/${file} → ${to}`)
}

export const violations = (dir) => [...cruise(dir), ...componentsTakeTypes(dir)]

if (process.argv[1] === import.meta.filename) {
  const found = violations(root)
  for (const line of found) console.error(line)
  if (found.length > 0) process.exit(1)
  console.log('import rules hold')
}

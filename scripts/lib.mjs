// What start, dev, build, check and test share: running steps, and doing a step only when its inputs changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
export const next = 'node_modules/next/dist/bin/next'

/** Runs a JavaScript file with this Node and ends the process when it fails. */
export function run(file, args, env = {}) {
  const r = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  if (r.status !== 0) process.exit(r.status ?? 1)
}

const skipped = new Set(['node_modules', '.next', 'generated', '.composed'])

function* walk(p, skip) {
  if (statSync(p).isFile()) {
    if (!skip?.(p)) yield p
    return
  }
  for (const e of readdirSync(p).sort()) if (!skipped.has(e)) yield* walk(path.join(p, e), skip)
}

/** sha256 over names and contents of all files under `paths`. */
export function hash(paths, skip) {
  const h = createHash('sha256').update(process.version)
  for (const p of paths.map((p) => path.join(root, p)))
    if (existsSync(p)) for (const f of walk(p, skip)) h.update(path.relative(root, f)).update(readFileSync(f))
  return h.digest('hex')
}

/** Runs `make` only when the inputs changed since the last time or the output is missing. */
function upToDate(stamp, inputs, output, make) {
  const file = path.join(root, stamp)
  const now = hash(inputs)
  if (existsSync(path.join(root, output)) && existsSync(file) && readFileSync(file, 'utf8') === now) return
  make()
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, now)
}

const isTest = (f) => /\.test\.ts$|[\\/](fixtures|testing|examples)[\\/]/.test(f)

/** Changes whenever the core's code does, so that reports of an older core can be told. Independent of the Node version. */
export function coreVersion() {
  const h = createHash('sha256')
  for (const f of walk(path.join(root, 'lib/core'), isTest)) h.update(path.relative(root, f)).update(readFileSync(f))
  return h.digest('hex').slice(0, 16)
}

export const generate = () =>
  upToDate(
    'lib/server/generated/.stamp',
    ['prisma/models', 'prisma/sqlite', 'prisma/postgresql', 'package-lock.json'],
    'lib/server/generated/postgresql/client.ts',
    () => run('scripts/db.mjs', ['generate']),
  )

const sources = [
  'app',
  'components',
  'lib',
  'prisma',
  'public',
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'scripts/worker-bundle.mjs',
  'tsconfig.json',
]

/** The app, and the worker beside it. */
export const build = () => {
  if (!existsSync(path.join(root, 'dist/worker.mjs'))) rmSync(path.join(root, '.next/.source-stamp'), { force: true })
  upToDate('.next/.source-stamp', sources, '.next/BUILD_ID', () => {
    run('scripts/worker-bundle.mjs', [])
    run(next, ['build'])
  })
}

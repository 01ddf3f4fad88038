// npm test: static checks, unit and database tests, the build, the journeys in a real browser. Every step runs, also after a failure.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findBrowser } from './browser.mjs'
import { root } from './lib.mjs'
import { step } from './steps.mjs'

const start = performance.now()
const results = mkdtempSync(path.join(tmpdir(), 'postern-results-'))
const totals = { passed: 0, failed: 0, skipped: 0 }
/** Names of what failed: said once more at the end, where the eye looks first. */
const failed = []

function node(file, args, env = {}) {
  const r = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  return r.status === 0
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null // the runner did not get as far as writing it; its exit code counts as one failure
  }
}

function count(isOk, passed = 0, failed = 0, skipped = 0) {
  totals.passed += passed
  totals.failed += isOk ? failed : Math.max(failed, 1)
  totals.skipped += skipped
}

/** A step that is one test: it passes or it fails. */
const single = (name, work) =>
  step(name, async () => {
    const isOk = await work()
    count(isOk, isOk ? 1 : 0, isOk ? 0 : 1)
    if (!isOk) failed.push(name)
    return isOk
  })

const unit = () => {
  const file = path.join(results, 'unit.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const isOk = node('node_modules/vitest/vitest.mjs', ['run', ...reporters])
  const r = read(file)
  count(isOk, r?.numPassedTests, r?.numFailedTests, r?.numPendingTests)
  if (!isOk) failed.push('unit and database tests')
  for (const { name, status, message, assertionResults } of r?.testResults ?? []) {
    if (status === 'failed' && assertionResults.every((a) => a.status !== 'failed'))
      failed.push(`${path.relative(root, name)}: ${message}`)
    for (const a of assertionResults)
      if (a.status === 'failed')
        failed.push(`${path.relative(root, name)} > ${a.fullName}\n${a.failureMessages.join('\n').slice(0, 1500)}`)
  }
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(String(port)))
    })
  })

const browserTests = async () => {
  const browser = await findBrowser()
  console.log(`browser: ${browser ?? 'the one Playwright installed'}`)
  const file = path.join(results, 'e2e.json')
  const port = process.env.E2E_PORT ?? (await freePort())
  const own = { PLAYWRIGHT_JSON_OUTPUT_NAME: file, E2E_PORT: port }
  const env = { ...own, ...(browser ? { CHROMIUM_PATH: browser } : {}) }
  const isOk = node('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], env)
  const stats = read(file)?.stats
  count(isOk, stats?.expected, stats && stats.unexpected + stats.flaky, stats?.skipped)
  if (!isOk) failed.push('browser tests: see above')
}

await single('static checks', () => node('scripts/check.mjs', []))
await step('unit and database tests', unit)
const isBuilt = await single('build', () => node('scripts/build.mjs', []))
if (isBuilt) await step('browser tests', browserTests)
rmSync(results, { recursive: true, force: true })

console.log(`\nall steps: ${((performance.now() - start) / 1000).toFixed(1)} s`)
for (const name of failed) console.log(`FAILED ${name}`)
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed > 0 ? 1 : 0)

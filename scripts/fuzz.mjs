// Feeds damaged exports to the reader: npm run fuzz -- --seconds 60 [--seed 7] [--from 0] [--file dist/fuzz/… --name x.txt]
// Fails, and keeps the input in dist/fuzz, where reading throws or fails, takes more than 10 s or 400 MB, points outside of the text, or
// gives a source that is not by the report's schema. The same seed gives the same inputs.
import { fork, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { corpus, inputOf } from './fuzz-inputs.mjs'
import { root } from './lib.mjs'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    from: { type: 'string', default: '0' },
    file: { type: 'string' },
    name: { type: 'string' },
  },
})
const HEAP_MB = 400
const HANG_MS = 30_000
const MAX_FAILURES = 10
const folder = path.join(root, 'dist', 'fuzz')
const workerFile = path.join(folder, 'worker.mjs')
const execArgv = [`--max-old-space-size=${HEAP_MB}`, '--stack-trace-limit=20']

async function bundle() {
  mkdirSync(folder, { recursive: true })
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/fuzz-worker.mjs'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { '@': root },
    // The bundle lies elsewhere, and finds the examples from where the script lies.
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    outfile: workerFile,
    logLevel: 'error',
  })
}

const seed = Number(values.seed)
const until = Date.now() + Number(values.seconds) * 1000
const all = corpus()
const failures = []
const stats = { runs: 0, slowest: 0, slowestIndex: 0, peak: 0 }

function keep(index, problems) {
  const input = inputOf(seed, index, all)
  const file = path.join(folder, `${seed}-${index}.bin`)
  writeFileSync(file, input.bytes)
  const about = {
    seed,
    index,
    name: input.name,
    origin: input.origin,
    applied: input.applied,
    answers: input.answers,
    problems,
  }
  writeFileSync(`${file}.json`, JSON.stringify(about, null, 2))
  failures.push(index)
  console.error(
    `\n${path.relative(root, file)} (${input.origin}: ${input.applied.join(', ')})\n  ${problems.join('\n  ')}`,
  )
}

/** Inputs from `index` on in one process. Resolves with the next index when it dies or is killed, undefined when time is up. */
function session(index) {
  return new Promise((resolve) => {
    const child = fork(workerFile, [], { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    let at = index
    let isOver = false
    let timer
    let said = ''
    child.stderr.on('data', (d) => {
      said = (said + d).slice(-2000)
    })
    const next = () => {
      if (Date.now() > until || failures.length >= MAX_FAILURES) {
        isOver = true
        child.disconnect()
        return
      }
      timer = setTimeout(() => child.kill('SIGKILL'), HANG_MS)
      child.send({ seed, index: at })
    }
    child.on('message', (m) => {
      clearTimeout(timer)
      if (!m.ready) {
        if (m.problems.length > 0) keep(at, m.problems)
        stats.runs++
        if (m.ms > stats.slowest) Object.assign(stats, { slowest: m.ms, slowestIndex: at })
        stats.peak = Math.max(stats.peak, m.rss)
        at++
      }
      next()
    })
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      if (isOver) return resolve(undefined)
      const memory = /heap out of memory|Allocation failed/.exec(said)?.[0]
      keep(at, [
        signal === 'SIGKILL' ? `hangs for ${HANG_MS / 1000} s` : `the process ended: ${memory ?? code ?? signal}`,
      ])
      resolve(at + 1)
    })
  })
}

await bundle()
if (values.file) {
  const r = spawnSync(process.execPath, [...execArgv, workerFile, path.resolve(values.file), values.name ?? 'x.txt'], {
    stdio: 'inherit',
  })
  process.exit(r.status ?? 1)
}
console.log(`seed ${seed}, ${all.length} files to start from`)
const began = Date.now()
for (let index = Number(values.from); index !== undefined; ) index = await session(index)
const seconds = (Date.now() - began) / 1000
console.log(
  `${stats.runs} inputs in ${seconds.toFixed(0)} s (${(stats.runs / seconds).toFixed(1)} a second), slowest ${Math.round(stats.slowest)} ms (number ${stats.slowestIndex}), ` +
    `at most ${Math.round(stats.peak / 1e6)} MB, ${failures.length} failures, seed ${seed}`,
)
process.exitCode = failures.length > 0 ? 1 : 0

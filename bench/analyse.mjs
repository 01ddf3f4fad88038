// How long `postern analyse` takes for thousands of receive connectors, beside reading and splitting the same file: the least that
// any reader of it does. node bench/analyse.mjs [how many]. The times count only when both saw the same connectors and lines.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeConnectors } from './make-connectors.mjs'

const count = Number(process.argv[2] ?? 4000)
const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'dist/bench')
mkdirSync(folder, { recursive: true })
const file = path.join(folder, `connectors-${count}.txt`)
writeFileSync(file, makeConnectors(count).replaceAll('\n', '\r\n'))
const megabytes = statSync(file).size / 1e6

// Measures itself: peak memory is that of the whole process, the start of Node included.
const measure = `process.on('exit', () => require('node:fs').writeSync(3, JSON.stringify({ ms: performance.now(), rss: process.resourceUsage().maxRSS * 1024 })))`
function run(args) {
  const hook = path.join(folder, 'measure.cjs')
  writeFileSync(hook, measure)
  const done = spawnSync(process.execPath, ['--require', hook, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    maxBuffer: 2 ** 30,
  })
  if (done.status !== 0) throw new Error(`exit code ${done.status}`)
  return { ...JSON.parse(done.output[3].toString()), out: done.stdout }
}

const plainScript = path.join(folder, 'plain.cjs')
writeFileSync(
  plainScript,
  `const t = require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8'); const lines = t.split('\\n'); process.stdout.write(JSON.stringify({ lines: lines.length, names: lines.filter((l) => l.startsWith('Identity  ')).length }))`,
)
const best = (times, args) => Array.from({ length: times }, () => run(args)).sort((a, b) => a.ms - b.ms)[0]

run(['bin/postern.mjs', 'rules']) // the bundle is made on first use
const plain = best(3, [plainScript])
const postern = best(3, ['bin/postern.mjs', 'analyse', file, '--format', 'json'])

const seen = JSON.parse(plain.out.toString())
const report = JSON.parse(postern.out.toString())
let lastLine = 0
for (const c of report.inventory.receiveConnectors)
  for (const p of Object.values(c.properties)) lastLine = Math.max(lastLine, p.lines[1])
const lastProperty = readFileSync(file, 'utf8').trimEnd().split('\n').length
if (report.inventory.receiveConnectors.length !== count || seen.names !== count)
  throw new Error(`connectors: ${report.inventory.receiveConnectors.length} and ${seen.names}, not ${count}`)
if (lastLine !== lastProperty) throw new Error(`last line: ${lastLine}, not ${lastProperty}`)

const row = (name, r) =>
  `${name.padEnd(24)} ${(r.ms / 1000).toFixed(2).padStart(7)} s ${(megabytes / (r.ms / 1000)).toFixed(1).padStart(8)} MB/s ${(r.rss / 1e6).toFixed(0).padStart(6)} MB peak`
process.stdout.write(
  `${count} receive connectors, ${seen.lines} lines, ${megabytes.toFixed(1)} MB; node ${process.version}, best of 3\n`,
)
process.stdout.write(`${row('postern analyse', postern)}\n${row('readFileSync + split', plain)}\n`)
process.stdout.write(`report: ${(postern.out.length / 1e6).toFixed(1)} MB, ${report.findings.length} findings\n`)

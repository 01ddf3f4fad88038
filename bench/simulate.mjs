// How long the exposure of 4,000 receive connectors with 20 ranges each takes, and how many traces a second are answered, beside a scan
// over all connectors for each question. node bench/simulate.mjs. The times count only when both gave the same answers.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const count = 4000
const folder = path.join(path.resolve(import.meta.dirname, '..'), 'dist/bench/simulate')
mkdirSync(folder, { recursive: true })
const outfile = path.join(folder, 'entry.mjs')
await build({
  entryPoints: [path.join(import.meta.dirname, 'simulate/entry.ts')],
  ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile, logLevel: 'error' },
})
const { exposureOf, naiveTrace, organisation, parseQuestion, trace } = await import(pathToFileURL(outfile).href)

const asOf = new Date('2026-11-21T00:00:00Z')
const dotted = (n) => [24, 16, 8, 0].map((s) => (n >>> s) & 255).join('.')

/** The best of several runs, each with a configuration of its own: what was worked out before is not measured. */
function best(times, make, run) {
  const took = []
  for (let i = 0; i < times; i++) {
    const made = make()
    globalThis.gc?.()
    const start = performance.now()
    run(made)
    took.push(performance.now() - start)
  }
  return Math.min(...took)
}

function question(n, perServer) {
  // Borders of ranges, addresses beside them, and some of the Internet.
  const c = (n * 7919) % count
  const address = n % 5 === 0 ? 0xcb007100 + (n % 200) : 0x0a000000 + c * 1024 + ((n * 31) % 1024)
  const server = `EX${String(Math.floor(c / perServer) + 1).padStart(3, '0')}`
  return { from: dotted(address), to: server, tls: 'none', mailFrom: 'a@example.net', rcptTo: 'b@fabrikam.com' }
}

function measureTraces(perServer, many, naiveMany) {
  const config = organisation(count, perServer)
  const world = { config, asOf, answers: {} }
  const questions = Array.from({ length: many }, (_, n) => parseQuestion(question(n, perServer)).question)
  const ask = (q) => trace(world, q)
  // A naive scan is slow: it is held against a part of the questions.
  const part = questions.slice(0, naiveMany)
  for (const q of part) {
    const way = ask(q)
    const expected = naiveTrace(config, q.to, q.from)
    const answer = way.hops[0].steps[0].chosen ?? null
    if (answer !== expected.connector) throw new Error(`${q.from} at ${q.to}: ${answer}, not ${expected.connector}`)
    const relayed = way.disposition === 'relayed'
    if (relayed !== expected.relayed)
      throw new Error(`${q.from} at ${q.to}: ${way.disposition}, not ${expected.relayed}`)
  }
  const perSecond = (list, f) => {
    const start = performance.now()
    for (const x of list) f(x)
    return (list.length / (performance.now() - start)) * 1000
  }
  const ours = Math.max(...Array.from({ length: 3 }, () => perSecond(questions, ask)))
  const naive = Math.max(...Array.from({ length: 2 }, () => perSecond(part, (q) => naiveTrace(config, q.to, q.from))))
  return { ours, naive, checked: part.length }
}

const line = (text) => process.stdout.write(`${text}\n`)
line(`${count} receive connectors with 20 ranges each; node ${process.version}`)
for (const perServer of [20, count]) {
  const name = perServer === count ? 'one server' : `${count / perServer} servers`
  const make = () => organisation(count, perServer)
  const ms = best(5, make, exposureOf)
  const listeners = exposureOf(make()).listeners
  const classes = listeners.reduce((sum, l) => sum + l.classes.length, 0)
  line(`${name.padEnd(12)} exposure ${ms.toFixed(0).padStart(6)} ms, ${listeners.length} listeners, ${classes} classes`)
}
const { ours, naive, checked } = measureTraces(20, 20_000, 500)
line(
  `200 servers  traces   ${ours.toFixed(0).padStart(7)} a second, naive scan ${naive.toFixed(0)}: ${(ours / naive).toFixed(1)} times as many (${checked} answers compared)`,
)

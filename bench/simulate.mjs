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

/** Milliseconds on the clock, and of processor time: the same on an idle machine, and what counts on a busy one. */
function measure(run) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  run()
  const clock = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { clock, processor: (user + system) / 1000 }
}

/** The best of several runs, each with what `make` gives: what was worked out before is not measured. */
function best(times, make, run) {
  const took = Array.from({ length: times }, () => {
    const made = make()
    return measure(() => run(made))
  })
  return {
    clock: Math.min(...took.map((t) => t.clock)),
    processor: Math.min(...took.map((t) => t.processor)),
  }
}

function question(n, perServer) {
  // Borders of ranges, addresses beside them, and some of the Internet.
  const c = (n * 7919) % count
  const address = n % 5 === 0 ? 0xcb007100 + (n % 200) : 0x0a000000 + c * 1024 + ((n * 31) % 1024)
  const server = `EX${String(Math.floor(c / perServer) + 1).padStart(3, '0')}`
  return { from: dotted(address), to: server, tls: 'none', mailFrom: 'a@example.net', rcptTo: 'b@fabrikam.com' }
}

/** The class of the exposure that an address is in. */
function classAt(config, { to, from }) {
  const value = from.split('.').reduce((n, part) => n * 256n + BigInt(part), 0n)
  const listener = exposureOf(config).listeners.find((l) => l.server === to && l.port === 25 && l.family === 4)
  return listener?.classes.find((c) => c.ranges.some((r) => r.lo <= value && value <= r.hi))
}

function compare(config, q, way) {
  const expected = naiveTrace(config, q.to, q.from)
  const differs = (what, shown, wanted) => {
    if (shown !== wanted) throw new Error(`${q.from} at ${q.to}: ${what} ${shown}, not ${wanted}`)
  }
  const found = classAt(config, q)
  differs('connector', way.hops[0].steps[0].chosen ?? null, expected.connector)
  differs('relayed', way.disposition === 'relayed', expected.relayed)
  differs('connector of the exposure', found?.connector?.id ?? null, expected.connector)
  differs('relay of the exposure', found?.relay === 'yes', expected.relayed)
}

function measureTraces(perServer, many, naiveMany) {
  const config = organisation(count, perServer)
  const world = { config, asOf, answers: {} }
  const questions = Array.from({ length: many }, (_, n) => parseQuestion(question(n, perServer)).question)
  // A naive scan is slow: it is held against a part of the questions.
  const part = questions.slice(0, naiveMany)
  for (const q of part) compare(config, q, trace(world, q))
  const all = (list, ask) => () => {
    for (const q of list) ask(q)
  }
  const perSecond = (list, ask, times) => {
    const took = best(times, () => null, all(list, ask))
    return { clock: (list.length / took.clock) * 1000, processor: (list.length / took.processor) * 1000 }
  }
  const ours = perSecond(questions, (q) => trace(world, q), 5)
  const naive = perSecond(part, (q) => naiveTrace(config, q.to, q.from), 2)
  return { ours, naive, checked: part.length }
}

const line = (text) => process.stdout.write(`${text}\n`)
const whole = (n) => n.toFixed(0).padStart(7)
line(`${count} receive connectors with 20 ranges each; node ${process.version}; in brackets: of processor time`)
for (const perServer of [20, count]) {
  const name = (perServer === count ? 'one server' : `${count / perServer} servers`).padEnd(12)
  const make = () => organisation(count, perServer)
  const took = best(5, make, exposureOf)
  const { listeners } = exposureOf(make())
  const classes = listeners.reduce((sum, l) => sum + l.classes.length, 0)
  line(
    `${name} exposure ${whole(took.clock)} ms (${took.processor.toFixed(0)}), ${listeners.length} listeners, ${classes} classes`,
  )
  const { ours, naive, checked } = measureTraces(perServer, 100_000, 500)
  line(`${name} traces   ${whole(ours.clock)} a second (${ours.processor.toFixed(0)})`)
  line(
    `${name} scans    ${whole(naive.clock)} a second (${naive.processor.toFixed(0)}): ${(ours.clock / naive.clock).toFixed(0)} times as many traces; ${checked} answers compared`,
  )
}

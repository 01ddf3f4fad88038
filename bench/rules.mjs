// How long all rules take over 4,000 receive connectors, 3,000 certificates, 200 send connectors and their access lists, how that grows
// from 400 to 40,000, and ten of them beside Spectral and json-rules-engine with the same ten rules: node bench/rules.mjs. The figures
// count only when all three found the same.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { organisation } from './rules/organisation.mjs'
import { jsonRules, predicates, spectralRules } from './rules/peers.mjs'

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'dist/bench/rules')
mkdirSync(folder, { recursive: true })
const outfile = path.join(folder, 'entry.mjs')
await build({
  entryPoints: [path.join(import.meta.dirname, 'rules/entry.ts')],
  ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile, logLevel: 'error' },
})
const { analyse, configOf, rules, runRule } = await import(pathToFileURL(outfile).href)
const asOf = new Date('2026-11-21T00:00:00Z')
const line = (text) => process.stdout.write(`${text}\n`)

async function measure(run) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const result = await run()
  const clock = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { clock, processor: (user + system) / 1000, result }
}
async function best(times, make, run) {
  const all = []
  for (let i = 0; i < times; i++) {
    const made = make()
    all.push(await measure(() => run(made)))
  }
  return all.reduce((a, b) => (a.processor < b.processor ? a : b))
}
const shown = ({ clock, processor }) => `${clock.toFixed(0).padStart(7)} ms (${processor.toFixed(0)})`

line(`node ${process.version}; on the clock, in brackets processor time; best of several`)

// All rules, and how they grow. What the semantics work out once is worked out anew in every run.
const sizes = process.argv.includes('--small') ? [400, 4000] : [400, 4000, 40_000]
const took = []
for (const size of sizes) {
  const listings = organisation(size)
  const config = configOf(listings)
  const fresh = () => ({ config: { ...config }, asOf, answers: {} })
  const times = size > 4000 ? 2 : 5
  const run = await best(times, fresh, (context) => rules.map((rule) => runRule(rule, context)))
  const crashed = run.result.filter((r) => r.crash)
  if (crashed.length > 0) throw new Error(`crashed: ${crashed.map((r) => `${r.rule.id}: ${r.crash.cause}`).join('; ')}`)
  const whole = await best(Math.min(times, 2), fresh, (context) => analyse(context, () => ''))
  took.push({ size, run })
  const memory = (process.memoryUsage().rss / 2 ** 20).toFixed(0)
  const fails = run.result.flatMap((r) => r.verdicts).filter((v) => v.state === 'fail').length
  line(
    `${String(size).padStart(6)} connectors  ${rules.length} rules ${shown(run)}, with findings and fixes ${shown(whole)}, ${fails} failures, ${memory} MB resident`,
  )
  if (process.argv.includes('--each')) {
    const context = fresh()
    const each = []
    for (const rule of rules) each.push({ id: rule.id, ...(await measure(() => runRule(rule, context))) })
    for (const { id, clock } of each.sort((a, b) => b.clock - a.clock).slice(0, 15))
      line(`         ${clock.toFixed(1).padStart(8)} ms ${id}`)
  }
}
for (let i = 1; i < took.length; i++) {
  const [a, b] = [took[i - 1], took[i]]
  const factor = b.run.processor / a.run.processor
  const allowed = (b.size * Math.log2(b.size)) / (a.size * Math.log2(a.size))
  line(`${a.size} → ${b.size}: ${factor.toFixed(1)} times; n log n would be ${allowed.toFixed(1)}`)
}

// Ten rules in three engines.
const listings = organisation(4000)
const config = configOf(listings)
const document = Object.fromEntries(
  ['receiveConnectors', 'sendConnectors', 'certificates'].map((c) => [
    c,
    listings
      .filter((l) => l.collection === c)
      .flatMap((l) => l.objects.map((o) => ({ ...o, Id: o.Identity ?? `${l.server}\\${o.Thumbprint}` }))),
  ]),
)
const ten = rules.filter((r) => Object.hasOwn(predicates, r.id))
if (ten.length !== Object.keys(predicates).length) throw new Error('a compared rule is missing')
const ours = await best(
  5,
  () => ({ config: { ...config }, asOf, answers: {} }),
  (context) =>
    ten.flatMap((rule) =>
      runRule(rule, context)
        .verdicts.filter((v) => v.state === 'fail')
        .flatMap((v) => v.objects.map((o) => `${rule.id} ${o.id}`)),
    ),
)
const spectral = await best(2, () => document, spectralRules)
const engine = await best(2, () => document, jsonRules)
const setOf = (found) => [...new Set(found)].sort().join('\n')
for (const [name, other] of [
  ['Spectral', spectral],
  ['json-rules-engine', engine],
])
  if (setOf(other.result) !== setOf(ours.result)) {
    const [a, b] = [new Set(ours.result), new Set(other.result)]
    const differ = [
      ...[...a].filter((x) => !b.has(x)).map((x) => `+ ${x}`),
      ...[...b].filter((x) => !a.has(x)).map((x) => `- ${x}`),
    ]
    throw new Error(`${name} finds something else:\n${differ.slice(0, 10).join('\n')}`)
  }
line(`ten rules, ${new Set(ours.result).size} findings, the same in all three:`)
line(`  Postern            ${shown(ours)}`)
for (const [name, other] of [
  ['Spectral', spectral],
  ['json-rules-engine', engine],
])
  line(`  ${name.padEnd(18)} ${shown(other)}: ${(other.processor / ours.processor).toFixed(0)} times as long`)

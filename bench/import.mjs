// How fast the importer is, and how much memory it takes: one large organisation as Format-List, CSV, JSON and CLIXML, each read in a
// process of its own, beside what others need for the same bytes. node bench/import.mjs [--keep]. The figures count only if all four
// give the same model, apart from what a format cannot carry.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'dist/bench/import')
const formats = { list: 'txt', csv: 'csv', json: 'json', clixml: 'xml' }

/** What a format cannot carry, and why. A property named here is compared between the others alone. */
const left = {
  list: [],
  // Export-Csv of Windows PowerShell writes the type of a list instead of its items.
  csv: ['receiveConnectors', 'sendConnectors', 'servers', 'certificates'].flatMap((c) =>
    [
      'Bindings',
      'RemoteIPRanges',
      'TlsDomainCapabilities',
      'ObjectClass',
      'AddressSpaces',
      'ConnectedDomains',
      'SmartHosts',
      'SourceTransportServers',
      'NetworkAddress',
      'CertificateDomains',
      'AccessRules',
    ].map((p) => `${c}.${p}`),
  ),
  json: [],
  // A certificate in CLIXML is its DER and what remoting adds: more than Format-List prints, but no access rules.
  clixml: ['AccessRules', 'SignatureAlgorithm', 'PrivateKeyExportable', 'Identity'].map((p) => `certificates.${p}`),
}

async function bundle() {
  mkdirSync(folder, { recursive: true })
  const outfile = path.join(folder, 'entry.mjs')
  await build({
    entryPoints: [path.join(import.meta.dirname, 'import/entry.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'error',
  })
  return outfile
}

function generatorHash() {
  const hash = createHash('sha256')
  for (const name of ['organisation.mjs', 'print.mjs', 'entry.ts'])
    hash.update(readFileSync(path.join(import.meta.dirname, 'import', name)))
  return hash.digest('hex').slice(0, 16)
}

async function generate(entry) {
  const mark = path.join(folder, 'made.txt')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === generatorHash()) return
  for (const format of Object.keys(formats)) rmSync(path.join(folder, format), { recursive: true, force: true })
  const { makeDer, serialize } = await import(pathToFileURL(entry).href)
  const { organisation } = await import('./import/organisation.mjs')
  const print = await import('./import/print.mjs')
  const bits = (services) => (services === 'None' ? 0 : 24)
  for (const { name, cmdlet, type, objects, certificates } of organisation(makeDer)) {
    const texts = {
      list: `[PS] C:\\>${cmdlet} | Format-List\r\n${print.printList(objects)}`,
      csv: print.printCsv(objects, type),
      json: print.printJson(objects),
      clixml: print.printClixml(objects, type, certificates, (c) =>
        serialize(bits(c.values.Services.named), c.identity),
      ),
    }
    for (const [format, text] of Object.entries(texts)) {
      const file = path.join(folder, format, `${name}.${formats[format]}`)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  }
  writeFileSync(mark, generatorHash())
}

const filesOf = (format) =>
  readdirSync(path.join(folder, format), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name))
    .sort()

const walk = `const { readFileSync } = require('node:fs');
const files = JSON.parse(readFileSync(0, 'utf8'));
const each = (f) => { for (const name of files) f(readFileSync(name, 'utf8')) };`
const peers = {
  'readFileSync + split': ['list', 'csv', 'json', 'clixml', `let n = 0; each((t) => { n += t.split('\\n').length });`],
  papaparse: [
    'csv',
    `const { parse } = require('papaparse'); let n = 0; each((t) => { n += parse(t.slice(t.indexOf('\\n') + 1), { header: true }).data.length });`,
  ],
  'JSON.parse': ['json', `let n = 0; each((t) => { n += JSON.parse(t).length });`],
  'saxes, tokens only': [
    'clixml',
    `const { SaxesParser } = require('saxes'); let n = 0; each((t) => { const p = new SaxesParser(); p.on('opentag', () => { n++ }); p.on('text', () => { n++ }); p.write(t).close() });`,
  ],
  'fast-xml-parser': [
    'clixml',
    `const { XMLParser } = require('fast-xml-parser'); let n = 0; each((t) => { n += Object.keys(new XMLParser({ ignoreAttributes: false, processEntities: false }).parse(t)).length });`,
  ],
}

/** Runs a script on the files of a format; time from after its packages were loaded, peak memory of the whole process. */
function run(script, format, args = []) {
  // The young generation of the worker: a larger one is faster and takes more memory.
  const done = spawnSync(process.execPath, ['--max-semi-space-size=8', script, ...args], {
    cwd: root,
    input: JSON.stringify(filesOf(format)),
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (done.status !== 0) throw new Error(`${script}: exit code ${done.status}`)
  return JSON.parse(done.stdout.toString())
}
const best = (times, f) => Array.from({ length: times }, f).sort((a, b) => a.cpu - b.cpu)[0]

const entry = await bundle()
await generate(entry)

const reader = path.join(folder, 'read.mjs')
writeFileSync(
  reader,
  `import { readFileSync } from 'node:fs'
import { factsOf, read } from './entry.mjs'
const files = JSON.parse(readFileSync(0, 'utf8'))
const before = process.cpuUsage()
const { config, milliseconds } = read(files, process.argv[2])
const used = process.cpuUsage(before)
const cpu = (used.user + used.system) / 1000
const rss = process.resourceUsage().maxRSS * 1024
const left = JSON.parse(process.argv[3])
const facts = left.map((names) => { const { hash, objects } = factsOf(config, new Set(names)); return { hash, objects } })
if (process.argv[4]) process.stderr.write(factsOf(config, new Set(left.at(-1))).lines.join('\\n'))
process.stdout.write(JSON.stringify({ ms: milliseconds, rss, cpu, facts }))
`,
)

const megabytes = Object.fromEntries(
  Object.keys(formats).map((f) => [f, filesOf(f).reduce((sum, file) => sum + statSync(file).size, 0) / 1e6]),
)
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
const number = (n, digits, width) => n.toFixed(digits).padStart(width)
/** Speed by processor time, which other work on the machine does not change, and by the clock. */
const row = (name, format, r) => {
  const speed = (ms) => number(megabytes[format] / (ms / 1000), 1, 7)
  const time = `${number(r.cpu / 1000, 2, 6)} s cpu ${speed(r.cpu)} MB/s ${number(r.ms / 1000, 2, 7)} s ${speed(r.ms)} MB/s`
  process.stdout.write(`${format.padEnd(7)} ${name.padEnd(21)} ${time} ${number(r.rss / 1e6, 0, 5)} MB peak\n`)
}

// The gate: what every format can carry is equal in all of them; what CSV alone cannot carry is equal in the other three.
const shared = [left.clixml, [...left.csv, ...left.clixml]]
const results = {}
for (const format of Object.keys(formats)) {
  const all = Array.from({ length: rounds }, () =>
    run(reader, format, [path.join(folder, format), JSON.stringify(shared)]),
  )
  results[format] = { ...all.sort((a, b) => a.cpu - b.cpu)[0], rss: Math.max(...all.map((r) => r.rss)) }
}
const hashes = (i, names) => new Set(names.map((f) => `${results[f].facts[i].hash} ${results[f].facts[i].objects}`))
const gates = [hashes(0, ['list', 'json', 'clixml']), hashes(1, ['list', 'json', 'clixml', 'csv'])]
const equal = gates.every((g) => g.size === 1)
process.stdout.write(
  `500 servers, 4,000 receive connectors, 200 send connectors, 3,000 certificates; node ${process.version}, best time and largest memory of ${rounds}\n`,
)
process.stdout.write(
  equal
    ? `the model is the same from all four: ${[...gates[0]][0]}, without lists ${[...gates[1]][0]}\n`
    : `THE MODELS DIFFER: ${JSON.stringify(Object.fromEntries(Object.entries(results).map(([f, r]) => [f, r.facts])))}\n`,
)
for (const [format, r] of Object.entries(results)) row('postern', format, r)
for (const [name, spec] of Object.entries(peers)) {
  const code = spec.at(-1)
  const script = path.join(folder, 'peer.cjs')
  const body = code.replace(/each\(/, 'const before = process.cpuUsage(); const start = performance.now(); each(')
  writeFileSync(
    script,
    `${walk}\n${body}\nconst used = process.cpuUsage(before);\nprocess.stdout.write(JSON.stringify({ ms: performance.now() - start, cpu: (used.user + used.system) / 1000, rss: process.resourceUsage().maxRSS * 1024, n }))`,
  )
  for (const format of spec.slice(0, -1))
    row(
      name,
      format,
      best(rounds, () => run(script, format)),
    )
}
if (!equal) process.exitCode = 1

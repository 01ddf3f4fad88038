// Plants faults in rules and mail flow, one at a time, and tells which ones no test sees:
// npm run mutate -- [--files tls-*,mailflow/hybrid] [--sample 4] [--seed 7]
// All faults of the sample are built into one bundle of the tests behind a switch (scripts/mutate-source.mjs): the tree is never touched,
// and a run pays once for starting. Every fault is tried on a fresh instance of the modules, so that nothing remembered hides it.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parseArgs } from 'node:util'
import vm from 'node:vm'
import { build } from 'esbuild'
import { root } from './lib.mjs'
import { faultsOf, withFaults } from './mutate-source.mjs'
import { runTests, vitestShim } from './mutate-tests.mjs'

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '' },
    sample: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
})
/** At most so many tests of others for a question of mail flow: those that reach the fault. */
const MOST_TESTS = 24
const RULES = 'lib/core/rules'
const MAILFLOW = 'lib/core/mailflow'
const CONTRACT = `${RULES}/contract.test.ts`
const read = (file) => readFileSync(path.join(root, file), 'utf8')
const list = (folder) => readdirSync(path.join(root, folder), { withFileTypes: true })

const ruleIds = list(RULES)
  .filter((e) => e.isDirectory())
  .map((e) => e.name)
const mailflow = list(MAILFLOW)
  .map((e) => `${MAILFLOW}/${e.name}`)
  .filter((f) => f.endsWith('.ts'))
const isTest = (file) => file.endsWith('.test.ts')
const pattern = new RegExp(
  values.files
    .split(',')
    .map((p) => p.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*'))
    .join('|'),
)
const sources = [...ruleIds.map((id) => `${RULES}/${id}/rule.ts`), ...mailflow.filter((f) => !isTest(f))].filter((f) =>
  pattern.test(f),
)
const SIMULATE = 'lib/core/simulate'
const simulate = list(SIMULATE)
  .map((e) => `${SIMULATE}/${e.name}`)
  .filter((f) => isTest(f) && !/oracle|property/.test(f))
const tests = [...ruleIds.map((id) => `${RULES}/${id}/rule.test.ts`), ...mailflow.filter(isTest), ...simulate]

/** Numbers from a seed, always the same (mulberry32). */
function randomFrom(seed) {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
const hashOf = (text) => [...text].reduce((h, c) => Math.imul(h ^ c.codePointAt(0), 16777619), 2166136261)

const chosen = new Map()
const all = []
let possible = 0
for (const file of sources) {
  const random = randomFrom(Number(values.seed) ^ hashOf(file))
  const found = faultsOf(read(file))
  possible += found.length
  const sample = found
    .map((f) => ({ ...f, file, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, Number(values.sample))
  for (const f of sample) all.push(Object.assign(f, { number: all.length }))
  chosen.set(path.join(root, file), sample)
}

const model = JSON.stringify(path.join(root, 'lib/core/model'))
const fact = path.join(root, MAILFLOW, 'fact')
const importsFor = (file) =>
  `import { and as __and, or as __or } from ${model}\n` +
  (file === `${fact}.ts`
    ? 'const __anyOf = anyOf, __allOf = allOf\n'
    : `import { anyOf as __anyOf, allOf as __allOf } from ${JSON.stringify(fact)}\n`)

const began = Date.now()
const entry = [...tests, CONTRACT].map((t) => `${JSON.stringify(t)}: () => require(${JSON.stringify(`./${t}`)}),`)
const bundle = await build({
  absWorkingDir: root,
  stdin: { contents: `export const tests = {\n${entry.join('\n')}\n}`, resolveDir: root, loader: 'ts' },
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  alias: { '@': root },
  logLevel: 'error',
  plugins: [
    {
      name: 'faults',
      setup(b) {
        b.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'shim' }))
        b.onLoad({ filter: /.*/, namespace: 'shim' }, () => ({ contents: vitestShim }))
        b.onLoad({ filter: /lib\/core\/.*\.ts$/ }, ({ path: file }) => {
          const text = readFileSync(file, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
          const faults = chosen.get(file) ?? []
          return { contents: faults.length > 0 ? withFaults(text, faults, importsFor(file)) : text, loader: 'ts' }
        })
      },
    },
  ],
})
const script = new vm.Script(`(function (require, module, exports) {${bundle.outputFiles[0].text}\n})`, {
  filename: 'tests.cjs',
})
const require = createRequire(path.join(root, 'package.json'))

/** Fresh modules. */
function instance() {
  const module = { exports: {} }
  script.runInThisContext()(require, module, module.exports)
  return module.exports.tests
}

const state = { active: -1, hits: new Set() }
globalThis.__fault = (number) => {
  if (state.active === -1) state.hits.add(number)
  return number === state.active
}

/** The rule of a file; null for mail flow. */
const ruleOf = (file) => (file.startsWith(RULES) ? file.split('/').at(-2) : null)
/** `contract:ID` is the part of the contract test that is about a rule. */
const run = (modules, test) =>
  test.startsWith('contract:')
    ? runTests(modules[CONTRACT], test.slice('contract:'.length))
    : runTests(modules[test], null)

// Which tests reach which fault, and do they pass as long as there is none?
const reached = all.map(() => [])
const broken = new Set()
const wanted = new Set(sources.map(ruleOf))
for (const test of tests.filter((t) => wanted.has(null) || wanted.has(ruleOf(t)))) {
  state.hits = new Set()
  const problem = await run(instance(), test)
  if (problem !== null) {
    broken.add(test)
    console.error(`${test} fails without a fault: ${problem}`)
  }
  for (const number of state.hits) reached[number].push(test)
}

/** The contract test takes long for a rule, and few faults get that far: asked when it says that it has found one. */
const contracts = new Map()
async function isSound(test) {
  if (!test.startsWith('contract:')) return true
  if (!contracts.has(test)) contracts.set(test, await run(instance(), test))
  return contracts.get(test) === null
}

console.log(
  `${all.length} of ${possible} faults in ${sources.length} files, seed ${values.seed}; ready after ${seconds(began)} s`,
)

function seconds(since) {
  return Math.round((Date.now() - since) / 1000)
}

/** Own tests first, then others spread over all that reach it. */
function testsFor(fault) {
  const id = ruleOf(fault.file)
  if (id !== null) return [`${RULES}/${id}/rule.test.ts`, `contract:${id}`].filter((t) => !broken.has(t))
  const own = fault.file.replace(/\.ts$/, '.test.ts')
  const others = reached[fault.number].filter((t) => t !== own && !broken.has(t))
  const near = others.filter((t) => t.startsWith(MAILFLOW))
  const far = others.filter((t) => !t.startsWith(MAILFLOW))
  const step = Math.max(1, far.length / MOST_TESTS)
  const some = far.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
  return [...(tests.includes(own) && !broken.has(own) ? [own] : []), ...near, ...some]
}

async function killerOf(fault) {
  try {
    state.active = fault.number
    const modules = instance()
    for (const test of testsFor(fault)) {
      state.active = fault.number
      const problem = await run(modules, test)
      state.active = -1
      if (problem !== null && (await isSound(test))) return test
    }
    return null
  } finally {
    state.active = -1
  }
}

const survivors = []
const byPart = { rules: [0, 0], mailflow: [0, 0] }
let byContract = 0
for (const fault of all) {
  const killer = await killerOf(fault)
  const part = byPart[ruleOf(fault.file) === null ? 'mailflow' : 'rules']
  part[1] += 1
  if (killer !== null) part[0] += 1
  else survivors.push(fault)
  if (killer?.startsWith('contract:')) byContract += 1
  if (killer === null) {
    const code = read(fault.file).split('\n')[fault.line - 1].trim()
    const note = reached[fault.number].length === 0 ? ', reached by no test' : ''
    console.log(`survived  ${fault.file}:${fault.line}  ${fault.kind}${note}\n          ${code}`)
  }
  if ((fault.number + 1) % 100 === 0) console.log(`… ${fault.number + 1} after ${seconds(began)} s`)
}

const share = ([killed, of]) => `${killed} of ${of} (${of === 0 ? '–' : ((killed / of) * 100).toFixed(1)} %)`
console.log(
  `\nkilled: rules ${share(byPart.rules)}, mail flow ${share(byPart.mailflow)}, ` +
    `both ${share([all.length - survivors.length, all.length])}; ${byContract} by the contract test alone; ` +
    `sample ${values.sample} a file, seed ${values.seed}, ${seconds(began)} s`,
)

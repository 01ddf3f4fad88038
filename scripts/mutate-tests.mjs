// Runs a test file inside this process: the part of vitest that the tests of rules and mail flow use, with vitest's own matchers.
import { createRequire } from 'node:module'
import vm from 'node:vm'

const fromVitest = createRequire(createRequire(import.meta.url).resolve('vitest/package.json'))
const { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend, setState } = await import(
  fromVitest.resolve('@vitest/expect')
)
for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin)
const expect = (value, message) => chai.expect(value, message)
Object.assign(expect, chai.expect)
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect)

const titled = (title, args) => {
  let i = 0
  return title.replaceAll(/%[sdij]/g, () => String(args[i++]))
}
const eachOf = (add) => (table) => (title, work) => {
  for (const row of table) {
    const args = Array.isArray(row) ? row : [row]
    add(titled(title, args), () => work(...args))
  }
}

let collected = []
let only = null
const add = (title, work) => collected.push({ title, work })
const group = (title, work) => {
  // The contract test has a group for each rule: those of others are not even opened.
  const outer = collected
  collected = []
  work()
  const inner = collected
  collected = outer
  for (const t of inner) add(`${title} ${t.title}`, t.work)
}
const it = Object.assign(add, { each: eachOf(add) })
const describe = Object.assign(group, {
  each: eachOf((title, work) => {
    if (only === null || title === only) group(title, work)
  }),
})
globalThis.__vitest = { describe, it, test: it, expect }

/** What stands for `vitest` in the bundle. */
export const vitestShim = 'export const { describe, it, test, expect } = globalThis.__vitest'

/** A fault can make a loop endless. */
const LIMIT = { timeout: 30_000 }
const call = new vm.Script('globalThis.__work()')
function limited(work) {
  globalThis.__work = work
  return call.runInThisContext(LIMIT)
}

const isAbout = (title, id) => ` ${title} `.includes(` ${id} `)

/** The first failure of a test file, or of its tests about rule `id`; null if all pass. */
export async function runTests(load, id) {
  try {
    only = id
    collected = []
    limited(load)
    const tests = collected.filter(({ title }) => id === null || isAbout(title, id))
    for (const { title, work } of tests) {
      try {
        await limited(work)
      } catch (e) {
        return `${title}: ${String(e?.message ?? e).split('\n')[0]}`
      }
    }
    return tests.length === 0 ? 'no tests' : null
  } catch (e) {
    return `does not load: ${String(e?.message ?? e).split('\n')[0]}`
  }
}

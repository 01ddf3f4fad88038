// Reads inputs until it is told to stop; scripts/fuzz.mjs starts it anew where it dies.
import { readFileSync } from 'node:fs'
import { checkInput } from '@/lib/core/testing/check-input'
import { corpus, inputOf } from './fuzz-inputs.mjs'

const SLOW_MS = 10_000

/** Problems of one input, and how long it took. What took long may have waited for the processor: it is tried again. */
function tryInput({ name, bytes, answers }) {
  const once = () => {
    const began = process.cpuUsage()
    const problems = checkInput(name, bytes, answers)
    const { user, system } = process.cpuUsage(began)
    return { problems, ms: (user + system) / 1000 }
  }
  try {
    const first = once()
    const { problems, ms } = first.ms > SLOW_MS ? once() : first
    return { problems: ms > SLOW_MS ? [...problems, `takes ${Math.round(ms)} ms`] : problems, ms }
  } catch (error) {
    return { problems: [`throws: ${error.stack}`], ms: 0 }
  }
}

const [file, name = 'x.txt'] = process.argv.slice(2)
if (file) {
  console.log(JSON.stringify(tryInput({ name, bytes: Uint8Array.from(readFileSync(file)), answers: {} }), null, 2))
} else {
  const all = corpus()
  process.on('message', ({ seed, index }) => {
    const { problems, ms } = tryInput(inputOf(seed, index, all))
    process.send({ index, problems, ms, rss: process.memoryUsage.rss() })
  })
  process.send({ ready: true })
}

// npm run proof:memory: hostile and large uploads against the built server; prints the most memory that the server and its worker had
// at one time (Linux: resident memory of both processes, sampled every 20 ms).
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { claimServer } from './first-admin.mjs'
import { hugeExport, longLine, smallFiles } from './hostile-files.mjs'
import { build, generate } from './lib.mjs'
import { addressOf, probePort, serve, whenReady } from './serve.mjs'

const limitMb = 600

const megabytes = (pid) => {
  try {
    return Math.round((Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096) / 1024 ** 2)
  } catch {
    return 0 // it has ended
  }
}

const childrenOf = (pid) => {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`)
    return tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean),
    )
  } catch {
    return []
  }
}

const peak = { server: 0, worker: 0, both: 0 }
function sample(pid) {
  const server = megabytes(pid)
  const worker = childrenOf(pid).reduce((sum, child) => sum + megabytes(child), 0)
  peak.server = Math.max(peak.server, server)
  peak.worker = Math.max(peak.worker, worker)
  peak.both = Math.max(peak.both, server + worker)
}

async function put(base, audit, name, body) {
  const options = body instanceof ReadableStream ? { body, duplex: 'half' } : { body }
  const answer = await fetch(`${base}/api/drafts/${audit}/uploads?name=${name}`, { method: 'PUT', headers, ...options })
  await answer.arrayBuffer()
  return answer.status
}

/** A body of unknown length, so that only counting while it streams can refuse it. */
function endless(megabytes) {
  const chunk = new Uint8Array(1_000_000)
  let left = megabytes
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(chunk)
      else controller.close()
    },
  })
}

async function analysed(base, files) {
  const answer = await fetch(`${base}/api/drafts`, { method: 'POST', headers, body: '{}' })
  const { id } = await answer.json()
  for (const [name, body] of Object.entries(files)) {
    const status = await put(base, id, name, body)
    if (status !== 201) console.log(`  ${name}: ${status}`)
  }
  await fetch(`${base}/api/audits/${id}/start`, { method: 'POST', headers })
  for (;;) {
    const state = await (await fetch(`${base}/api/audits/${id}/status`, { headers })).json()
    if (state.status === 'done' || state.status === 'failed') return { id, ...state }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function describe(base, id) {
  const answer = await fetch(`${base}/api/v1/audits/${id}/report`, { headers })
  if (!answer.ok) return console.log(`  report: ${answer.status}`)
  const report = await answer.json()
  for (const source of report.sources.slice(0, 25))
    console.log(
      `  ${source.name}: ${source.status}${source.notices
        .map((n) => `, ${n.code}`)
        .slice(0, 4)
        .join('')}`,
    )
  console.log(`  ${report.inventory.receiveConnectors.length} receive connectors, ${report.findings.length} findings`)
}

const cases = {
  'a file of 300 MB, announced': (base) =>
    analysed(base, { 'big.txt': new Uint8Array(300_000_000), 'good.txt': smallFiles()['good.txt'] }),
  'a file of 300 MB, not announced': (base) =>
    analysed(base, { 'big.txt': endless(300), 'good.txt': smallFiles()['good.txt'] }),
  'small hostile files': (base) => analysed(base, smallFiles()),
  'an export of 10 MB': (base) => analysed(base, { 'large.txt': hugeExport(10) }),
  'an export of 190 MB beside a good one': (base) =>
    analysed(base, { 'huge.txt': hugeExport(190), 'good.txt': smallFiles()['good.txt'] }),
  'one line of 90 MB beside a good file': (base) =>
    analysed(base, { 'line.txt': longLine(90), 'good.txt': smallFiles()['good.txt'] }),
  'one line of 190 MB beside a good file': (base) =>
    analysed(base, { 'line.txt': longLine(190), 'good.txt': smallFiles()['good.txt'] }),
}

generate()
build()
const dataDir = mkdtempSync(path.join(tmpdir(), 'postern-memory-'))
const port = await probePort(0)
const base = addressOf(port)
const child = serve(port, { DATA_DIR: dataDir }, ['ignore', 'ignore', 'inherit'])
let isOk = await whenReady(child, port)
const headers = { cookie: await claimServer(base, dataDir) }
console.log(`idle: ${megabytes(child.pid)} MB`)
const sampling = setInterval(() => sample(child.pid), 20)
for (const [name, run] of Object.entries(cases)) {
  console.log(name)
  const began = performance.now()
  const { id, status, error } = await run(base)
  if (status === 'done') await describe(base, id)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`  ${status}${error ? ` (${error})` : ''} in ${seconds} s, peak so far ${JSON.stringify(peak)} MB`)
  isOk &&= status === 'done'
}
clearInterval(sampling)
isOk &&= child.exitCode === null && peak.both < limitMb
console.log(`peak ${JSON.stringify(peak)} MB of ${limitMb} MB allowed: ${isOk ? 'holds' : 'does not hold'}`)
const gone = new Promise((resolve) => child.once('exit', resolve))
child.kill('SIGTERM')
await gone
rmSync(dataDir, { recursive: true, force: true })
process.exit(isOk ? 0 : 1)

// npm run proof:kill -- [rounds]: the server is killed at random moments while files are uploaded and analysed. Afterwards every upload
// that was answered with success must be there with its bytes, and every analysis that was started must finish. From the middle on the
// server has an encryption key: what came before is encrypted at its starts, which are killed as well.
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { build as bundle } from 'esbuild'
import { claimServer } from './first-admin.mjs'
import { root } from './lib.mjs'
import { addressOf, probePort, serve, whenReady } from './serve.mjs'

const samples = path.join(root, 'samples', 'contoso')
const sampleFiles = () =>
  readdirSync(samples, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => readFileSync(path.join(e.parentPath, e.name)))

/** An export, now and then blown up so that a kill hits the middle of its upload or its analysis. */
function content(files) {
  const file = files[randomInt(files.length)]
  const salt = Buffer.from(`\n# ${randomInt(1e9)}\n`)
  return Buffer.concat([...Array(randomInt(4) === 0 ? randomInt(1, 200) : 1).fill(file), salt])
}

async function call({ base, cookie }, method, where, body) {
  const answer = await fetch(base + where, { method, headers: { cookie }, ...(body ? { body } : {}) })
  if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** One person: drafts, uploads and starts until the server is gone. What was acknowledged goes into `known`. */
async function work(server, files, known) {
  for (;;) {
    const { id } = await call(server, 'POST', '/api/drafts', JSON.stringify({ environmentName: 'Contoso' }))
    for (let n = randomInt(1, 4); n > 0; n--) {
      const bytes = content(files)
      const { sha256 } = await call(server, 'PUT', `/api/drafts/${id}/uploads?name=export-${n}.txt`, bytes)
      known.uploads.push({ audit: id, sha256 })
    }
    await call(server, 'POST', `/api/audits/${id}/start`)
    known.started.push(id)
  }
}

/** A start that is killed before the server answers: while it encrypts what came before the key. */
async function cutOffStart(port, env) {
  const child = serve(port, env, ['ignore', 'ignore', 'inherit'])
  const gone = new Promise((resolve) => child.once('exit', resolve))
  setTimeout(() => child.kill('SIGKILL'), randomInt(200, 2500))
  await gone
}

/** Works until the kill, which `waits` for an upload. An answer that never comes is no promise; a refusal would be a fault. */
async function round(port, env, { files, waits }, known, log) {
  const child = serve(port, env, ['ignore', 'pipe', 'inherit'])
  let again = 0
  child.stdout.on('data', (chunk) => {
    again += Number(/(\d+) interrupted jobs/.exec(String(chunk))?.[1] ?? 0)
  })
  if (!(await whenReady(child, port))) throw new Error('the server did not start again')
  const gone = new Promise((resolve) => child.once('exit', resolve))
  known.cookie ??= await claimServer(addressOf(port), env.DATA_DIR)
  const server = { base: addressOf(port), cookie: known.cookie }
  const before = known.uploads.length
  const isEnough = () => !waits || known.uploads.length > before
  let left = randomInt(50, 2000) / 10
  const timer = setInterval(() => isEnough() && left-- < 0 && child.kill('SIGKILL'), 10)
  const people = Array.from({ length: 3 }, () =>
    work(server, files, known).catch((error) => {
      if (!child.killed) throw error
    }),
  )
  try {
    await Promise.all(people)
    await gone
  } finally {
    clearInterval(timer)
    child.kill('SIGKILL')
  }
  known.interrupted += again
  log(
    `killed; so far ${known.uploads.length} uploads, ${known.started.length} analyses, ${known.interrupted} jobs cut off`,
  )
}

/** Reads the disk as the server does, but without the server. */
async function blobReader(dataDir) {
  const outfile = path.join(dataDir, 'blob-reader.mjs')
  const contents = `export * from './lib/server/blob-format'; export * from './lib/server/blob-read'`
  const stdin = { contents, resolveDir: root, loader: 'ts' }
  await bundle({ stdin, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' })
  return import(pathToFileURL(outfile).href)
}

async function sha256Of(bytes) {
  const hash = createHash('sha256')
  await pipeline(bytes, hash)
  return hash.digest('hex')
}

/** What is wrong with the bytes of an upload on the disk; null where nothing is. */
async function faultOfBytes(dataDir, { key, reader }, sha256) {
  const name = key ? reader.sealedName(key, sha256) : sha256
  const file = path.join(dataDir, 'blobs', name.slice(0, 2), name)
  try {
    const header = key && readFileSync(file).subarray(0, reader.headerBytes)
    const bytes = key
      ? Readable.from(reader.blobFrames({ path: file, key: reader.keyOfBlob(key, header, sha256) }))
      : createReadStream(file)
    return (await sha256Of(bytes)) === sha256 ? null : 'are not what was sent'
  } catch (error) {
    return error.code === 'ENOENT' ? 'are gone' : `do not open: ${error.message}`
  }
}

/** What is missing of `known`, one line each. */
async function missing(server, dataDir, known, key) {
  const faults = []
  const disk = { key, reader: await blobReader(dataDir) }
  for (const { audit, sha256 } of known.uploads) {
    const { uploads } = await call(server, 'GET', `/api/drafts/${audit}`)
    if (!uploads.some((u) => u.sha256 === sha256)) faults.push(`audit ${audit} lost an upload`)
    const fault = await faultOfBytes(dataDir, disk, sha256)
    if (fault) faults.push(`the bytes of an upload of ${audit} ${fault}`)
  }
  const deadline = Date.now() + 60_000 + known.started.length * 2000
  for (const audit of known.started) {
    let state = await call(server, 'GET', `/api/audits/${audit}/status`)
    while (state.status !== 'done' && state.status !== 'failed' && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      state = await call(server, 'GET', `/api/audits/${audit}/status`)
    }
    if (state.status !== 'done') faults.push(`the analysis of ${audit} is ${state.status} ${state.error ?? ''}`)
  }
  const names = readdirSync(path.join(dataDir, 'blobs'), { recursive: true }).map((name) => path.basename(name))
  const left = names.filter((name) => name.endsWith('.part') || (key && /^[0-9a-f]{64}$/.test(name)))
  return [...faults, ...left.map((name) => `${name} was left behind`)]
}

/** Kills the server `rounds` times, half of them with an encryption key; the result has one line for each broken promise. */
export async function killRounds(rounds, log = () => {}) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'postern-kill-'))
  const port = await probePort(0)
  const known = { uploads: [], started: [], interrupted: 0, cookie: undefined }
  const files = sampleFiles()
  const key = randomBytes(32)
  const half = Math.floor(rounds / 2)
  const withKey = { DATA_DIR: dataDir, POSTERN_ENCRYPTION_KEY: key.toString('hex') }
  for (let n = 0; n < rounds; n++) {
    const isSealed = n >= half
    if (isSealed) await cutOffStart(port, withKey)
    const waits = n === 0 || n === half // on a machine that is busy too, some uploads came before the key and some after it
    await round(port, isSealed ? withKey : { DATA_DIR: dataDir }, { files, waits }, known, log)
  }
  const child = serve(port, withKey, ['ignore', 'ignore', 'inherit'])
  try {
    if (!(await whenReady(child, port))) throw new Error('the server did not start again')
    const faults = await missing({ base: addressOf(port), cookie: known.cookie }, dataDir, known, key)
    return { faults, uploads: known.uploads.length, analyses: known.started.length, interrupted: known.interrupted }
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
    rmSync(dataDir, { recursive: true, force: true })
  }
}

if (process.argv[1] === import.meta.filename) {
  const { build, generate } = await import('./lib.mjs')
  generate()
  build()
  const rounds = Number(process.argv[2] ?? 20)
  const { faults, ...counts } = await killRounds(rounds, console.log)
  console.log(`${rounds} kills: ${JSON.stringify(counts)}`)
  for (const fault of faults) console.error(fault)
  process.exit(faults.length > 0 ? 1 : 0)
}

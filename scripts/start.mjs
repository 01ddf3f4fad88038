// npm start: builds when something changed, serves on this machine only, prints the address once it answers.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { build, generate, next, root } from './lib.mjs'

// Accounts do not exist yet, so whoever reaches the port can read and change everything: loopback only, no setting for it.
const host = '127.0.0.1'
const port = Number(process.env.PORT || 3000)
const address = `http://${host}:${port}`

function stop(message) {
  console.error(message)
  process.exit(1)
}

function checkPort() {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) =>
      stop(
        error.code === 'EADDRINUSE'
          ? `Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`
          : `Postern cannot listen on ${host}:${port}: ${error.message}`,
      ),
    )
    probe.listen(port, host, () => probe.close(resolve))
  })
}

const banner = /^\s*(▲|- (Local|Network|Environments)|✓ (Starting|Ready))/

/** Passes output on, without the framework's own banner: its addresses come before the server can answer. */
function relay(stream) {
  let rest = ''
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() && !banner.test(line)) console.log(line)
  })
}

async function announce(child) {
  while (child.exitCode === null) {
    const answer = await fetch(`${address}/api/ready`).catch(() => null)
    if (answer?.ok) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  if (child.exitCode !== null) return
  console.log(`\nPostern is ready: ${address}`)
  console.log('It answers on this machine only: accounts come in a later version. Stop it with Ctrl+C.')
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  stop(`Postern needs Node.js 20.19 or newer; this is ${process.version}.`)
if (!Number.isInteger(port) || port < 1 || port > 65535)
  stop(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`)
if (!existsSync(path.join(root, 'node_modules'))) stop('Run `npm ci` first: the packages are not installed.')
await checkPort()
generate()
build()

const dataDir = path.resolve(root, process.env.DATA_DIR || 'data')
const preload = ['--import', './scripts/http-timeout.mjs']
const child = spawn(process.execPath, [...preload, next, 'start', '-p', String(port), '-H', host], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', DATA_DIR: dataDir },
})
relay(child.stdout)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
void announce(child)

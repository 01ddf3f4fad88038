// npm start: builds when something changed, serves on this machine only, prints the address once it answers.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { build, generate, root } from './lib.mjs'
import { addressOf, host, probePort, serve, whenReady } from './serve.mjs'

function stop(message) {
  console.error(message)
  process.exit(1)
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  stop(`Postern needs Node.js 20.19 or newer; this is ${process.version}.`)
if (!existsSync(path.join(root, 'node_modules'))) stop('Run `npm ci` first: the packages are not installed.')
const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 1 || port > 65535)
  stop(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`)

await probePort(port).catch((error) =>
  stop(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`
      : `Postern cannot listen on ${host}:${port}: ${error.message}`,
  ),
)
generate()
build()

const banner = /^\s*(▲|- (Local|Network|Environments)|✓ (Starting|Ready|Running))/

/** Passes output on without the framework's own banner: its addresses come before the server can answer. */
function relay(stream) {
  let rest = ''
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() && !banner.test(stripVTControlCharacters(line))) console.log(line)
  })
}

const dataDir = path.resolve(root, process.env.DATA_DIR || 'data')
const child = serve(port, { DATA_DIR: dataDir }, ['ignore', 'pipe', 'inherit'])
relay(child.stdout)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))

// npm does not hand every signal on: whoever ends `npm start` means the server.
const parent = process.ppid
const watch = () => process.ppid !== parent && child.kill('SIGTERM')
if (process.env.npm_lifecycle_event) setInterval(watch, 500).unref()

child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
if (await whenReady(child, port)) {
  console.log(`\nPostern is ready: ${addressOf(port)}`)
  console.log('Stop it with Ctrl+C.')
}

// The built app as a child process; npm start and the proofs use the same command.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { next, root } from './lib.mjs'

// This machine alone, unless told otherwise: what stands in front of other networks is a decision that somebody makes.
export const host = process.env.POSTERN_HOST || '127.0.0.1'
const shown = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
export const addressOf = (port) => `http://${shown}:${port}`

/**
 * Starts the server. A long upload must not be cut off after Node's 300 s, hence the preload. Fewer arenas of glibc and a smaller space for
 * young objects keep the idle server 40 MB smaller; neither is slower in a measurable way.
 */
export function serve(port, env, stdio) {
  const options = ['--import', './scripts/http-server.mjs', '--max-semi-space-size=8']
  return spawn(process.execPath, [...options, next, 'start', '-p', String(port), '-H', host], {
    cwd: root,
    stdio,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', ...env },
  })
}

/** Resolves once the server takes uploads; false when it ended before. */
export async function whenReady(child, port) {
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${addressOf(port)}/api/ready`).catch(() => null)
    if (answer?.ok) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

/** Tries to listen on a port; 0 takes any free one. Resolves to the port. */
export const probePort = (port) =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(port, host, () => {
      const taken = probe.address().port
      probe.close(() => resolve(taken))
    })
  })

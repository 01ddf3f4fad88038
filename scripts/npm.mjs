// Runs npm, the one that runs this script where there is one.
import { spawnSync } from 'node:child_process'
import { root } from './lib.mjs'

/** What npm says to `args`: its standard output, and how it ended. */
export function npm(args) {
  const own = process.env.npm_execpath
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1e9, timeout: 120_000 }
  return own && /\.c?js$/.test(own)
    ? spawnSync(process.execPath, [own, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'

// A throw-away PostgreSQL cluster: on loopback only, without fsync, gone after the run.

const packaged = '/usr/lib/postgresql' // Debian and Ubuntu keep a folder for each version, outside PATH
const isRoot = process.getuid?.() === 0

const hasInitdb = (folder: string): boolean => existsSync(path.join(folder, 'initdb'))

/** Folder of the server binaries: the one that PG_BIN names, the newest of the system's packages, or one in PATH. */
export function pgBin(): string | undefined {
  if (process.env.PG_BIN) return process.env.PG_BIN
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : []
  const folders = versions.map((version) => path.join(packaged, version, 'bin'))
  return [...folders, ...(process.env.PATH ?? '').split(path.delimiter)].find(hasInitdb)
}

/** The server refuses to run as root, so it gets the account that its package made. */
function run(binary: string, ...args: string[]): void {
  const command = path.join(pgBin() ?? '', binary)
  const [file = '', ...all] = isRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]
    : [command, ...args]
  execFileSync(file, all, { stdio: ['ignore', 'ignore', 'pipe'] })
}

const idOf = (option: '-u' | '-g'): number => Number(execFileSync('id', [option, 'postgres']))

/** Starts a cluster in an empty folder; returns the address of its database `postgres`. */
export function startPg(dir: string, port: number): string {
  if (isRoot) chownSync(dir, idOf('-u'), idOf('-g'))
  const data = path.join(dir, 'data')
  run('initdb', '-D', data, '-U', 'app', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync')
  const settings = `-k ${dir} -p ${port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=50`
  run('pg_ctl', '-D', data, '-w', '-t', '30', '-l', path.join(dir, 'log'), '-o', settings, 'start')
  return `postgresql://app@127.0.0.1:${port}/postgres`
}

export function stopPg(dir: string): void {
  try {
    run('pg_ctl', '-D', path.join(dir, 'data'), '-m', 'immediate', 'stop')
  } catch {} // it has ended already
  rmSync(dir, { recursive: true, force: true })
}

// A throw-away PostgreSQL cluster: unix socket and loopback, never as root, without fsync.
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
export function pgBin() {
  if (process.env.PG_BIN) return process.env.PG_BIN
  const base = '/usr/lib/postgresql'
  const v = existsSync(base)
    ? readdirSync(base)
        .filter((d) => existsSync(`${base}/${d}/bin/initdb`))
        .sort((a, b) => b - a)[0]
    : undefined
  return v ? `${base}/${v}/bin` : undefined
}
const asUser = (cmd, args) => {
  // initdb/postgres refuse uid 0: drop to the `postgres` account Debian's package creates (or `nobody`).
  if (process.getuid() !== 0) return execFileSync(cmd, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return execFileSync('setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', cmd, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
export function startPg(dir, port) {
  const bin = pgBin()
  if (!bin) throw new Error('no PostgreSQL server binaries')
  mkdirSync(dir, { recursive: true })
  if (process.getuid() === 0) {
    const uid = Number(execFileSync('id', ['-u', 'postgres'])),
      gid = Number(execFileSync('id', ['-g', 'postgres']))
    chownSync(dir, uid, gid)
  }
  const data = path.join(dir, 'data')
  asUser(`${bin}/initdb`, ['-D', data, '-U', 'app', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  asUser(`${bin}/pg_ctl`, [
    '-D',
    data,
    '-w',
    '-t',
    '30',
    '-l',
    path.join(dir, 'log'),
    '-o',
    `-k ${dir} -p ${port} -c listen_addresses=127.0.0.1 -c fsync=${process.env.PG_FSYNC ?? 'off'} -c max_connections=50`,
    'start',
  ])
  return `postgresql://app@127.0.0.1:${port}/postgres`
}
export function stopPg(dir) {
  try {
    asUser(`${pgBin()}/pg_ctl`, ['-D', path.join(dir, 'data'), '-m', 'immediate', 'stop'])
  } catch {}
  rmSync(dir, { recursive: true, force: true })
}

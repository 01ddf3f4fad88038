import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { claimServer } from '../scripts/first-admin.mjs'
import { addressOf, probePort, serve, whenReady } from '../scripts/serve.mjs'
import { expect, sampleFile, test } from './fixtures'

test.skip(Boolean(process.env.E2E_URL), 'needs the built app, which it starts itself')

/** Starts a server of its own; what it says on standard error comes with it. */
async function start(dataDir: string, key: string) {
  const port = await probePort(0)
  const env = { DATA_DIR: dataDir, DATABASE_URL: '', POSTERN_ENCRYPTION_KEY: key }
  const child = serve(port, env, ['ignore', 'ignore', 'pipe'])
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += String(chunk)
  })
  const isReady = await whenReady(child, port)
  const stop = async () => {
    const gone = once(child, 'exit')
    if (child.exitCode === null && child.kill('SIGKILL')) await gone
  }
  return { base: addressOf(port), isReady, said: () => said, code: () => child.exitCode, stop }
}

const filesIn = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [path.join(entry.parentPath, entry.name)] : [],
  )

test('with a key no line of an upload lies on the disk, an analysis reads it, and no other key opens it', async () => {
  test.setTimeout(180_000)
  const dataDir = mkdtempSync(path.join(tmpdir(), 'postern-sealed-'))
  const key = randomBytes(32).toString('hex')
  const first = await start(dataDir, key)
  try {
    expect(first.isReady).toBe(true)
    const headers = { cookie: await claimServer(first.base, dataDir) }
    const call = async (method: string, at: string, body?: string | Uint8Array<ArrayBuffer>) => {
      const answer = await fetch(`${first.base}${at}`, { method, headers, ...(body ? { body } : {}) })
      expect(answer.ok, `${method} ${at}: ${answer.status}`).toBe(true)
      return answer
    }
    const { id } = await (await call('POST', '/api/drafts', JSON.stringify({ environmentName: 'Sealed' }))).json()
    const bytes = new Uint8Array(sampleFile('munich/ex01-receive-connectors.txt'))
    const sent = await (await call('PUT', `/api/drafts/${id}/uploads?name=a.txt`, bytes)).json()
    await call('POST', `/api/audits/${id}/start`)
    const status = async () => (await (await call('GET', `/api/audits/${id}/status`)).json()).status
    await expect.poll(status, { timeout: 90_000 }).toBe('done')
    expect(await (await call('GET', `/api/v1/audits/${id}/sources/s1/raw`)).text()).toContain('RemoteIPRanges')
    const blobs = filesIn(path.join(dataDir, 'blobs'))
    expect(blobs).toHaveLength(1)
    for (const file of blobs) {
      expect(readFileSync(file).includes('RemoteIPRanges')).toBe(false)
      expect(file).not.toContain(sent.sha256)
    }
    const open = filesIn(dataDir).filter((file) => (statSync(file).mode & 0o077) !== 0)
    expect(process.platform === 'win32' ? [] : open).toEqual([])
  } finally {
    await first.stop()
  }
  for (const [other, sentence] of [
    ['', 'are encrypted. Set POSTERN_ENCRYPTION_KEY'],
    [randomBytes(32).toString('hex'), 'is another key'],
    ['too short', 'Setting POSTERN_ENCRYPTION_KEY'],
  ] as const) {
    const again = await start(dataDir, other)
    expect([again.isReady, again.code()]).toEqual([false, 1])
    expect(again.said()).toContain(sentence)
    await again.stop()
  }
  rmSync(dataDir, { recursive: true })
})

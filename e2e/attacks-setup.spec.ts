import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { admin } from '../scripts/first-admin.mjs'
import { builtRoutes } from './attackers'
import { expect, test } from './fixtures'

// A server of its own, on an empty data directory: nobody has claimed it yet, and its public address is https.

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

const guessed = '01234567-89ab-4cde-8f01-23456789abcd'
/** An address of the build with something in place of its parameters. */
const filled = (route: string): string =>
  route
    .replace('/[[...path]]', '')
    .replace('[...rest]', 'x')
    .replace(/\[(audit|draft)\]/, 'abcdef')
    .replace(/\[(env|upload|person)\]/, guessed)
    .replace(/\[\w+\]/g, 'abcdefghij')

/** What tells nothing: whether it runs, its own icon, a guest's opening that never counts, and the set-up itself. */
const open = [
  '/api/health',
  '/api/ready',
  '/api/setup',
  '/api/v1/openapi.json',
  '/icon.svg',
  '/s/[share]/opened',
  '/setup',
]

const ways = /^\/(setup|sign-in)/
/** What says the same in an answer to the router, which has begun with status 200. */
const shut = /NEXT_REDIRECT;\w+;\/(setup|sign-in)|NEXT_HTTP_ERROR_FALLBACK;404/

test.describe('a server that nobody has claimed', () => {
  test.describe.configure({ mode: 'default', timeout: 180_000 })
  const dir = mkdtempSync(path.join(tmpdir(), 'postern-new-'))
  let server: ChildProcess
  let base = ''
  let heard = ''
  const code = () => readFileSync(path.join(dir, 'setup-code'), 'utf8').trim()
  const ask = async (at: string, init: RequestInit = {}): Promise<Response> => {
    const answer = await fetch(base + at, { redirect: 'manual', ...init })
    const to = answer.headers.get('location') ?? ''
    // The framework sends a client without its own mark for the headers to the address that has it.
    return answer.status === 307 && to.startsWith(`${at}?_rsc`)
      ? fetch(base + to, { redirect: 'manual', ...init })
      : answer
  }
  const claim = (given: string, n = 0) => {
    const body = JSON.stringify({ code: given, ...admin, email: `first${n}@example.org` })
    return ask('/api/setup', { method: 'POST', body })
  }

  test.beforeAll(async () => {
    const port = await freePort()
    base = `http://127.0.0.1:${port}`
    const args = [
      '--import',
      './scripts/http-server.mjs',
      'node_modules/next/dist/bin/next',
      'start',
      '-p',
      String(port),
    ]
    server = spawn(process.execPath, [...args, '-H', '127.0.0.1'], {
      cwd: path.join(import.meta.dirname, '..'),
      env: {
        ...process.env,
        ...{ NODE_ENV: 'production', DATA_DIR: dir, POSTERN_TRUSTED_PROXIES: '', DATABASE_URL: '' },
        POSTERN_PUBLIC_URL: 'https://postern.example',
      },
    })
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (data) => {
        heard += data
      })
    await expect.poll(async () => (await ask('/api/ready').catch(() => null))?.status, { timeout: 90_000 }).toBe(200)
  })
  test.afterAll(async () => {
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('exit', resolve))
    rmSync(dir, { recursive: true, force: true })
  })

  test('answers with nothing but the way to its set-up, and with its code nowhere', async () => {
    const secret = code()
    expect(heard).toContain(secret) // the log is where it is told
    const faults: string[] = []
    for (const route of builtRoutes())
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
        for (const headers of [{}, { RSC: '1' }] as Record<string, string>[]) {
          if (open.includes(route) && method === 'POST') continue
          const at = filled(route)
          const answer = await ask(at, { method, headers, ...(method === 'GET' ? {} : { body: '{}' }) })
          const text = `${JSON.stringify([...answer.headers])} ${await answer.text()}`
          const what = `${method} ${at} ${JSON.stringify(headers)} ${answer.status}`
          if (text.includes(secret)) faults.push(`${what}: the code`)
          if (answer.headers.getSetCookie().some((cookie) => /session/.test(cookie))) faults.push(`${what}: a session`)
          const isShut = answer.status >= 400 || ways.test(answer.headers.get('location') ?? '') || shut.test(text)
          if (!isShut && !open.includes(route)) faults.push(what)
        }
    expect(faults).toEqual([])
  })

  test('its cookies are for https and this host alone, and wrong codes wait', async () => {
    const first = await ask('/setup', { headers: { Host: 'postern.example' } })
    expect(first.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8,}; includeSubDomains$/)
    const wrong: number[] = []
    for (let n = 0; n < 8; n++) wrong.push((await claim(`AAAAA-AAAAA-AAAA${n}`)).status)
    expect(wrong).not.toContain(201)
    // Two at once: one wins. These are tries nine and ten of ten.
    const [one, two] = await Promise.all([claim(code(), 1), claim(code(), 2)])
    expect([one.status, two.status].sort()).toEqual([201, 404])
    const cookie = (one.status === 201 ? one : two).headers.getSetCookie().find((c) => c.includes('session')) ?? ''
    expect(cookie).toMatch(/^__Host-postern-session=[\w-]{43};/)
    expect(cookie.toLowerCase().split(/; */)).toEqual(
      expect.arrayContaining(['secure', 'httponly', 'samesite=lax', 'path=/']),
    )
    expect(cookie).not.toMatch(/domain=/i)
    // No header makes another caller of the same one: nothing is said of proxies here.
    for (let n = 0; n < 3; n++) {
      const body = JSON.stringify({ code: 'AAAAA', ...admin })
      const forwarded = {
        'X-Forwarded-For': `10.0.0.${n}`,
        'X-Postern-Address': `10.0.1.${n}`,
        'X-Real-IP': '10.0.2.1',
      }
      expect((await ask('/api/setup', { method: 'POST', body, headers: forwarded })).status).toBe(429)
    }
    // Claimed now: another session of the same name without the prefix is none.
    const token = cookie.split(';')[0]?.split('=')[1] ?? ''
    const asks = (name: string) => ask('/settings/profile', { headers: { cookie: `${name}=${token}` } })
    expect((await asks('__Host-postern-session')).status).toBe(200)
    expect((await asks('postern-session')).status).toBe(307)
  })
})

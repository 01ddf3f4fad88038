import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UserRow } from './db'
import {
  endSession,
  endSessionsOf,
  proveSession,
  rotateSession,
  sessionCookie,
  sessionCookieName,
  sessionOf,
  sessionTokenIn,
  startSession,
  sweepSessions,
} from './sessions'
import { dialects, openTestServer, type TestServer } from './testing/databases'
import { newPerson } from './testing/people'

const minutes = 60_000
const hours = 60 * minutes
const days = 24 * hours
const origin = { userAgent: 'x'.repeat(1000), address: '192.0.2.1' }

describe.each(dialects)('sessions on %s', (dialect) => {
  let server: TestServer
  let user: UserRow
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T08:00:00Z') })
    await server.client.session.deleteMany()
    user = await newPerson(server.client)
  })
  afterEach(() => vi.useRealTimers())

  const start = (isComplete = true) => startSession(user.id, 'password', isComplete, origin)
  const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)
  const isOpen = async (token: string) => (await sessionOf(token)) !== null

  it('stand in the database only as the hash of their token', async () => {
    const { token } = await start()
    expect(token).toMatch(/^[\w-]{43}$/)
    const rows = await server.client.session.findMany()
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows[0]?.userAgent).toHaveLength(300)
    expect(await isOpen(rows[0]?.tokenHash ?? '')).toBe(false)
    expect(await sessionOf(token)).toMatchObject({ userId: user.id, isComplete: true, method: 'password' })
  })

  it('end after a week, however much they are used', async () => {
    const { token, expiresAt } = await start()
    expect(expiresAt.getTime() - Date.now()).toBe(7 * days)
    for (let n = 0; n < 13; n++) {
      pass(12 * hours)
      expect(await isOpen(token)).toBe(true)
    }
    pass(12 * hours - 1)
    expect(await isOpen(token)).toBe(true)
    pass(1)
    expect(await isOpen(token)).toBe(false)
  })

  it('end after a day without use', async () => {
    const { token } = await start()
    pass(24 * hours - 1)
    expect(await isOpen(token)).toBe(true)
    pass(24 * hours)
    expect(await isOpen(token)).toBe(false)
  })

  it('that wait for a second step end after a quarter of an hour', async () => {
    const { token } = await start(false)
    expect((await sessionOf(token))?.isComplete).toBe(false)
    pass(15 * minutes)
    expect(await isOpen(token)).toBe(false)
  })

  it('end with their person', async () => {
    const { token } = await start()
    await server.client.user.update({ where: { id: user.id }, data: { isActive: false } })
    expect(await isOpen(token)).toBe(false)
  })

  it('have another token after each proof, and the one before is worth nothing', async () => {
    const first = await start(false)
    await server.client.session.update({ where: { id: first.id }, data: { challenge: 'prove 1 x' } })
    pass(minutes)
    const second = await proveSession(first.id, 'totp')
    expect([await isOpen(first.token), second.id]).toEqual([false, first.id])
    const proved = { isComplete: true, method: 'totp', challenge: null, provedAt: new Date() }
    expect(await sessionOf(second.token)).toMatchObject(proved)
    expect(second.expiresAt.getTime() - Date.now()).toBe(7 * days)
    pass(minutes)
    const third = await rotateSession(first.id)
    expect([await isOpen(second.token), await isOpen(third?.token ?? '')]).toEqual([false, true])
    expect(third?.expiresAt).toEqual(second.expiresAt) // nothing is prolonged
    expect((await sessionOf(third?.token ?? ''))?.provedAt).toEqual(proved.provedAt)
    await endSession(first.id)
    expect(await isOpen(third?.token ?? '')).toBe(false)
    expect(await rotateSession(first.id)).toBeNull()
  })

  it('of one person end together, save the one that asks; those of others stay', async () => {
    const [one, two, three] = [await start(), await start(), await start()]
    const other = await startSession((await newPerson(server.client)).id, 'password', true, origin)
    expect(await endSessionsOf(user.id, two.id)).toBe(2)
    const open = async () => Promise.all([one, two, three, other].map(({ token }) => isOpen(token)))
    expect(await open()).toEqual([false, true, false, true])
    expect(await endSessionsOf(user.id)).toBe(1)
    expect(await open()).toEqual([false, false, false, true])
  })

  it('that have run out are swept, and no others', async () => {
    await start(false)
    pass(16 * minutes)
    const { token } = await start()
    await sweepSessions()
    expect(await server.client.session.count()).toBe(1)
    expect(await isOpen(token)).toBe(true)
    pass(24 * hours)
    await sweepSessions()
    expect(await server.client.session.count()).toBe(0)
  })

  it('reach no script and no other site; over https neither another host nor plain HTTP', () => {
    const expires = new Date()
    const always = { path: '/', httpOnly: true, sameSite: 'lax', expires }
    expect([sessionCookieName(), sessionCookie(expires)]).toEqual(['postern-session', { ...always, secure: false }])
    server.change({ publicUrl: 'https://p.contoso.com' })
    const secure = { ...always, secure: true }
    expect([sessionCookieName(), sessionCookie(expires)]).toEqual(['__Host-postern-session', secure])
    const token = 'a'.repeat(43)
    expect(sessionTokenIn(`a=1; __Host-postern-session=${token}; b=2`)).toBe(token)
    expect(sessionTokenIn(`postern-session=${token}`)).toBeNull()
    server.change({})
    expect(sessionTokenIn(`x-postern-session=${token}`)).toBeNull()
    expect(sessionTokenIn(`postern-session=${token}`)).toBe(token)
    for (const none of [null, '', `postern-session=${token}a`, 'postern-session=a'])
      expect(sessionTokenIn(none)).toBeNull()
  })
})

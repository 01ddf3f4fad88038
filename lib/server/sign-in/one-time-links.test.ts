import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UserRow } from '../db'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { newPerson, newSession } from '../testing/people'
import { endLinks, findLink, makeLink, spendLink } from './one-time-links'
import { verifyPassword } from './passwords'

describe.each(dialects)('links that set a password on %s', (dialect) => {
  let server: TestServer
  let user: UserRow
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    user = await newPerson(server.client)
  })
  afterEach(() => vi.useRealTimers())

  const gone = { code: 'link-gone' }
  const passwordHash = async () => (await server.client.user.findUniqueOrThrow({ where: { id: user.id } })).passwordHash
  const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
  const hour = 3_600_000

  it('set it once, and sign out everywhere', async () => {
    const other = await newPerson(server.client)
    const kept = await newSession(server.client, other.id)
    await newSession(server.client, user.id)
    const { token } = await makeLink('invite', user.id)
    expect(await findLink(token)).toEqual({
      purpose: 'invite',
      owner: { id: user.id, name: user.name, email: user.email },
    })
    expect(await spendLink(token, 'Regen im Mai')).toBe(user.id)
    expect(await verifyPassword('Regen im Mai', await passwordHash())).toBe(true)
    expect((await server.client.session.findMany()).map((row) => row.id)).toEqual([kept.id])
    expect(await findLink(token)).toBeNull()
    await expect(spendLink(token, 'another password')).rejects.toMatchObject(gone)
    expect(await verifyPassword('Regen im Mai', await passwordHash())).toBe(true)
  })

  it('set one password where they are used twice at the same moment', async () => {
    const { token } = await makeLink('reset', user.id)
    const both = await Promise.allSettled(['first password', 'second password'].map((p) => spendLink(token, p)))
    expect(both.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  })

  it.each([
    ['invite', 7 * 24 * hour],
    ['reset', hour],
  ] as const)('%s is open for %i ms', async (purpose, lifeMs) => {
    const { token, expiresAt } = await makeLink(purpose, user.id)
    later(lifeMs - 10_000)
    expect((await findLink(token))?.purpose).toBe(purpose)
    vi.setSystemTime(expiresAt)
    expect(await findLink(token)).toBeNull()
    await expect(spendLink(token, 'Regen im Mai')).rejects.toMatchObject(gone)
    expect(await passwordHash()).toBeNull()
  })

  it('are ended by a newer one, by hand, and with the person', async () => {
    const invitation = await makeLink('invite', user.id)
    const old = await makeLink('reset', user.id)
    const { token } = await makeLink('reset', user.id)
    expect(await findLink(old.token)).toBeNull()
    expect(await findLink(invitation.token)).not.toBeNull() // anybody can ask for a reset, which ends no invitation
    await server.client.user.update({ where: { id: user.id }, data: { isActive: false } })
    expect(await findLink(token)).toBeNull()
    await expect(spendLink(token, 'Regen im Mai')).rejects.toMatchObject(gone)
    await server.client.user.update({ where: { id: user.id }, data: { isActive: true } })
    expect(await findLink(token)).not.toBeNull()
    await endLinks(user.id)
    expect(await findLink(token)).toBeNull()
  })

  it('are stored as hashes, and unlike any other text', async () => {
    const { token } = await makeLink('invite', user.id)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(await server.client.oneTimeLink.findMany())).not.toContain(token)
    for (const wrong of ['', token.slice(1), `${token}x`, token.toUpperCase(), '%'])
      expect(await findLink(wrong)).toBeNull()
    later(8 * 24 * hour)
    await makeLink('invite', (await newPerson(server.client)).id)
    expect(await server.client.oneTimeLink.count({ where: { userId: user.id } })).toBe(0)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweep } from './sweep'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs)

describe.each(dialects)('what has no effect any more, on %s', (dialect) => {
  let server: TestServer
  let userId = ''
  beforeAll(async () => {
    server = await openTestServer(dialect)
    const data = { email: 'a@contoso.com', name: 'A', role: 'admin' } as const
    userId = (await server.client.user.create({ data })).id
  })
  afterAll(() => server.close())

  it('goes: sessions, sign-ins, links for one use, tries', async () => {
    const { client } = server
    for (const [name, days] of [
      ['past', -0.1],
      ['soon', 0.1],
      ['long past', -31],
    ] as const) {
      const own = { userId, expiresAt: inDays(days) }
      await client.session.create({
        data: {
          ...own,
          tokenHash: name,
          isComplete: true,
          method: 'password',
          provedAt: inDays(-40),
          userAgent: '',
          address: '',
        },
      })
      await client.oidcAttempt.create({ data: { stateHash: name, sealed: '', expiresAt: inDays(days) } })
      await client.oneTimeLink.create({ data: { ...own, tokenHash: name, purpose: 'invite' } })
      await client.throttle.create({ data: { key: name, count: 1, resetAt: inDays(days) } })
    }
    await sweep()
    expect((await client.session.findMany()).map((row) => row.tokenHash)).toEqual(['soon'])
    expect((await client.oidcAttempt.findMany()).map((row) => row.stateHash)).toEqual(['soon'])
    expect((await client.throttle.findMany()).map((row) => row.key)).toEqual(['soon'])
    expect((await client.oneTimeLink.findMany()).map((row) => row.tokenHash).sort()).toEqual(['past', 'soon'])
  })

  it('is emptied: links for guests, some time after their end', async () => {
    const { client } = server
    const environment = await client.environment.create({ data: { name: 'Contoso' } })
    const audit = { id: 'abcdef', environmentId: environment.id, name: 'x', answers: {} }
    await client.audit.create({ data: audit })
    const add = (id: string, endsAt: Date, endedAt: Date | null = null) =>
      client.share.create({
        data: {
          ...{
            id,
            tokenHash: id,
            environmentId: environment.id,
            auditId: audit.id,
            userId,
            kind: 'finding',
            level: 'full',
          },
          ...{ target: {}, allows: {}, note: '', endsAt, endedAt, keyTable: 'sealed', content: new Uint8Array([1]) },
        },
      })
    await add('open', inDays(1))
    await add('ended just now', inDays(1), inDays(-1))
    await add('expired lately', inDays(-29))
    await add('expired long ago', inDays(-31))
    await add('ended long ago', inDays(10), inDays(-31))
    const visit = { shareId: 'open', isUnlocked: true }
    await client.visit.create({ data: { ...visit, tokenHash: 'past', expiresAt: inDays(-0.1) } })
    await client.visit.create({ data: { ...visit, tokenHash: 'soon', expiresAt: inDays(0.1) } })
    for (let times = 0; times < 2; times++) await sweep()
    const rows = await client.share.findMany()
    const holding = rows.filter((row) => row.content.length > 0 && row.keyTable !== null)
    expect(holding.map((row) => row.id).sort()).toEqual(['ended just now', 'expired lately', 'open'])
    expect(rows.filter((row) => row.content.length === 0 && row.keyTable === null)).toHaveLength(2)
    expect((await client.visit.findMany()).map((row) => row.tokenHash)).toEqual(['soon'])
  })
})

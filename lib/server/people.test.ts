import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Who } from './activity'
import { AppError } from './errors'
import {
  changeAccess,
  deactivate,
  getPerson,
  type Invitation,
  invite,
  listPeople,
  reactivate,
  renewLink,
} from './people'
import { openSharesOf } from './shares-of-people'
import { findLink, spendLink } from './sign-in/one-time-links'
import { dialects, openTestServer, type TestServer } from './testing/databases'
import { newShare } from './testing/shares'

const whatFor = (error: unknown) =>
  error instanceof AppError ? (error.fields.length > 0 ? error.fields : error.code) : error
const refusal = (work: Promise<unknown>) => work.then(() => 'done', whatFor)

describe.each(dialects)('people on %s', (dialect) => {
  let server: TestServer
  let ada: Who
  let contoso = ''
  let fabrikam = ''
  beforeEach(async () => {
    server = await openTestServer(dialect)
    const create = async (name: string) => (await server.client.environment.create({ data: { name } })).id
    contoso = await create('Contoso')
    fabrikam = await create('Fabrikam')
    const data = {
      name: 'Ada',
      email: 'ada@contoso.com',
      role: 'admin',
      allEnvironments: true,
      passwordHash: 'x',
    } as const
    const { id } = await server.client.user.create({ data })
    ada = { kind: 'user', id, name: 'Ada', address: '' }
  })
  afterEach(() => server.close())

  const bob = (more: Partial<Invitation> = {}): Invitation => ({
    ...{ name: ' Bob \n B ', email: ' BOB@Contoso.com ', role: 'viewer', environments: [contoso] },
    ...more,
  })
  const signIn = (userId: string) =>
    server.client.session.create({
      data: {
        ...{ tokenHash: `s${userId}`, userId, isComplete: true, method: 'password', provedAt: new Date() },
        ...{ userAgent: '', address: '', expiresAt: new Date(Date.now() + 1e6) },
      },
    })
  const token = (userId: string) =>
    server.client.apiToken.create({
      data: {
        name: 't',
        hint: 'pst_',
        tokenHash: userId,
        userId,
        scopes: ['read'],
        expiresAt: new Date(Date.now() + 1e6),
      },
    })
  const told = async () =>
    (await server.client.activity.findMany({ orderBy: { seq: 'asc' } })).map(({ action, object }) => [action, object])

  it('are invited with a link that is nowhere in the log', async () => {
    const { id, token, purpose } = await invite(ada, bob())
    expect(await getPerson(id)).toMatchObject({
      ...{ name: 'Bob B', email: 'bob@contoso.com', role: 'viewer', isActive: true, isInvited: true, lastSeenAt: null },
      environments: [{ id: contoso, name: 'Contoso' }],
    })
    expect([purpose, (await findLink(token))?.owner.id]).toEqual(['invite', id])
    expect(await told()).toEqual([['invited', id]])
    expect(JSON.stringify(await server.client.activity.findMany())).not.toContain(token)
    await spendLink(token, 'correct horse battery')
    expect(await getPerson(id)).toMatchObject({ isInvited: false })
    expect((await listPeople()).map((p) => p.name)).toEqual(['Ada', 'Bob B'])
  })

  it('are not invited with what is wrong or taken', async () => {
    await invite(ada, bob())
    const wrong: [Partial<Invitation>, unknown][] = [
      [{ email: 'bob@CONTOSO.com' }, [{ field: 'email', message: 'taken' }]],
      [{ email: 'bob' }, [{ field: 'email', message: 'not-an-email' }]],
      [{ email: 'x@contoso.com', name: ' ' }, [{ field: 'name', message: 'missing' }]],
      [{ email: 'x@contoso.com', environments: [] }, [{ field: 'environments', message: 'missing' }]],
      [{ email: 'x@contoso.com', environments: [contoso, crypto.randomUUID()] }, 'not-found'],
    ]
    for (const [input, why] of wrong) expect(await refusal(invite(ada, bob(input)))).toEqual(why)
    expect(await listPeople()).toHaveLength(2)
  })

  it('see everything as admins', async () => {
    const { id } = await invite(ada, bob({ role: 'admin' }))
    expect((await getPerson(id)).environments).toBe('all')
  })

  it('get a new link that ends the earlier one', async () => {
    const first = await invite(ada, bob())
    const second = await renewLink(ada, first.id)
    expect([await findLink(first.token), second.purpose]).toEqual([null, 'invite'])
    await spendLink(second.token, 'correct horse battery')
    expect((await renewLink(ada, first.id)).purpose).toBe('reset')
    expect(await refusal(renewLink(ada, ada.id ?? ''))).toBe('not-found')
    await deactivate(ada, first.id)
    expect(await refusal(renewLink(ada, first.id))).toBe('not-found')
  })

  it('are signed out when their role changes', async () => {
    const { id } = await invite(ada, bob())
    await signIn(id)
    await changeAccess(ada, id, { role: 'auditor', environments: [fabrikam, fabrikam] })
    expect(await getPerson(id)).toMatchObject({ role: 'auditor', environments: [{ id: fabrikam, name: 'Fabrikam' }] })
    expect(await server.client.session.count({ where: { userId: id } })).toBe(0)
    expect(await told()).toEqual([
      ['invited', id],
      ['role-changed', id],
    ])
    await changeAccess(ada, id, { role: 'auditor', environments: 'all' })
    expect((await getPerson(id)).environments).toBe('all')
    expect(await refusal(changeAccess(ada, id, { role: 'viewer', environments: [crypto.randomUUID()] }))).toBe(
      'not-found',
    )
    expect((await getPerson(id)).role).toBe('auditor') // as a whole or not at all
  })

  it('are shut out at once, and come back without their tokens', async () => {
    const { id, token: link } = await invite(ada, bob())
    await signIn(id)
    await token(id)
    await deactivate(ada, id)
    expect(await getPerson(id)).toMatchObject({ isActive: false, email: 'bob@contoso.com' })
    expect(await server.client.session.count({ where: { userId: id } })).toBe(0)
    expect(await server.client.apiToken.count({ where: { userId: id, revokedAt: null } })).toBe(0)
    await reactivate(ada, id)
    expect((await getPerson(id)).isActive).toBe(true)
    expect(await findLink(link)).toBeNull()
    expect(await server.client.apiToken.count({ where: { userId: id, revokedAt: null } })).toBe(0)
    expect((await told()).map(([action]) => action)).toEqual(['invited', 'deactivated', 'reactivated'])
  })

  /** An auditor with links: two of Contoso, one of Fabrikam, one that is over; and a link of another person. */
  async function sharing(): Promise<string> {
    const { id } = await invite(ada, bob({ role: 'auditor', environments: [contoso, fabrikam] }))
    const of = (environmentId: string, endsAt?: Date) =>
      newShare(server.client, { userId: id, environmentId, ...(endsAt && { endsAt }) })
    await of(contoso)
    const { id: opened } = await of(contoso)
    await server.client.visit.create({
      data: { tokenHash: 'v', shareId: opened, expiresAt: new Date(Date.now() + 1e6) },
    })
    await of(fabrikam)
    await of(fabrikam, new Date(Date.now() - 1000))
    await newShare(server.client, { userId: ada.id ?? '', environmentId: contoso })
    return id
  }
  const endings = async () =>
    (await server.client.activity.findMany({ where: { action: 'share-ended' } })).map((entry) => entry.environmentId)

  it('lose their links with their account, unless those are kept', async () => {
    const id = await sharing()
    expect(await openSharesOf(id)).toEqual([
      { environment: 'Contoso', count: 2 },
      { environment: 'Fabrikam', count: 1 },
    ])
    await deactivate(ada, id, 'keep')
    expect((await openSharesOf(id)).length).toBe(2)
    await reactivate(ada, id)
    await deactivate(ada, id)
    expect(await openSharesOf(id)).toEqual([])
    expect(await openSharesOf(ada.id ?? '')).toEqual([{ environment: 'Contoso', count: 1 }])
    expect(await server.client.visit.count()).toBe(0)
    expect((await endings()).sort()).toEqual([contoso, contoso, fabrikam].sort())
    const last = await server.client.activity.findFirst({ where: { action: 'deactivated' }, orderBy: { seq: 'desc' } })
    expect(last?.details).toMatchObject({ endedShares: 3 })
  })

  it('lose the links of environments, and of a role, that are taken away', async () => {
    const id = await sharing()
    await changeAccess(ada, id, { role: 'auditor', environments: 'all' })
    await changeAccess(ada, id, { role: 'auditor', environments: [fabrikam] }, 'keep')
    expect(await endings()).toEqual([])
    await changeAccess(ada, id, { role: 'auditor', environments: [fabrikam] })
    expect(await openSharesOf(id)).toEqual([{ environment: 'Fabrikam', count: 1 }])
    expect(await endings()).toEqual([contoso, contoso])
    await changeAccess(ada, id, { role: 'viewer', environments: [fabrikam] })
    expect(await openSharesOf(id)).toEqual([])
  })

  it('never change their own role', async () => {
    await invite(ada, bob({ role: 'admin' }))
    const own = ada.id ?? ''
    expect(await refusal(changeAccess(ada, own, { role: 'viewer', environments: 'all' }))).toBe('own-access')
    expect(await refusal(deactivate(ada, own))).toBe('own-access')
    expect(await getPerson(own)).toMatchObject({ role: 'admin', isActive: true })
  })

  it('always include an admin, also when two act at once', async () => {
    const { id } = await invite(ada, bob({ role: 'admin' }))
    const other: Who = { ...ada, id, name: 'Bob' }
    const own = ada.id ?? ''
    const [first, second] = await Promise.all([
      refusal(deactivate(ada, id)),
      refusal(changeAccess(other, own, { role: 'viewer', environments: 'all' })),
    ])
    expect([first, second].sort()).toEqual(['done', 'last-admin'])
    expect((await listPeople()).filter((p) => p.role === 'admin' && p.isActive)).toHaveLength(1)
  })
})

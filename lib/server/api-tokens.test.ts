import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Actor, Role } from './access'
import { actorOfToken, createToken, listTokens, type NewToken, revokeToken, scopesFor } from './api-tokens'
import { AppError } from './errors'
import { json, route } from './http'
import { changeAccess, deactivate } from './people'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const address = '192.0.2.7'
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.fields.map((f) => f.field).join() || error.code : error),
  )
const wanted = (more: Partial<NewToken> = {}): NewToken => ({
  ...{ name: 'Nightly upload', scopes: ['read', 'upload'], environments: null, days: 30 },
  ...more,
})

describe.each(dialects)('API tokens on %s', (dialect) => {
  let server: TestServer
  let contoso = ''
  let fabrikam = ''
  beforeEach(async () => {
    server = await openTestServer(dialect)
    const create = async (name: string) => (await server.client.environment.create({ data: { name } })).id
    contoso = await create('Contoso')
    fabrikam = await create('Fabrikam')
  })
  afterEach(async () => {
    vi.useRealTimers()
    await server.close()
  })

  async function person(role: Role, environments: 'all' | readonly string[] = 'all'): Promise<Actor> {
    const data = { name: role, email: `${role}@contoso.com`, role, allEnvironments: environments === 'all' }
    const memberships = environments === 'all' ? [] : environments.map((environmentId) => ({ environmentId }))
    const { id } = await server.client.user.create({ data: { ...data, memberships: { create: memberships } } })
    return testActor(role, { id, name: role, environments: environments === 'all' ? 'all' : new Set(environments) })
  }
  const told = async () => (await server.client.activity.findMany({ orderBy: { seq: 'asc' } })).map((row) => row.action)

  it('act for the person who made them, within their scopes', async () => {
    const auditor = await person('auditor', [contoso, fabrikam])
    const { id, value } = await createToken(auditor, wanted({ environments: [contoso] }))
    expect(value).toMatch(/^pst_[\w-]{43}$/)
    const actor = await actorOfToken(value, address)
    expect(actor).toMatchObject({
      kind: 'token',
      id: auditor.id,
      tokenId: id,
      sessionId: null,
      role: 'auditor',
      address,
    })
    expect(actor?.environments).toEqual(new Set([contoso]))
    expect(actor?.scopes).toEqual(new Set(['read', 'upload']))
    expect([...(actor?.permissions ?? [])].sort()).toEqual(['ask', 'raw', 'read', 'status', 'upload'])
  })

  it('are stored so that nobody can use what is stored', async () => {
    const { value } = await createToken(await person('admin'), wanted())
    await actorOfToken(value, address)
    const [row] = await server.client.apiToken.findMany()
    const log = await server.client.activity.findMany()
    expect(JSON.stringify([row, log])).not.toContain(value.slice(8))
    expect(row?.hint).toBe(value.slice(0, 8))
    for (const guess of [
      row?.tokenHash ?? '',
      `pst_${row?.tokenHash}`,
      row?.hint ?? '',
      `${value}x`,
      value.slice(4),
      '',
    ])
      expect(await actorOfToken(guess, address)).toBeNull()
  })

  it('can be made for what the person may do', async () => {
    const [admin, viewer, uploader] = [
      await person('admin'),
      await person('viewer', [contoso]),
      await person('uploader'),
    ]
    expect([admin, viewer, uploader].map(scopesFor)).toEqual([['upload', 'read', 'share'], ['read'], ['upload']])
    const wrong: [Actor, Partial<NewToken>, string][] = [
      [viewer, {}, 'scopes'],
      [uploader, { scopes: ['read'] }, 'scopes'],
      [admin, { scopes: [] }, 'scopes'],
      [admin, { days: 366 }, 'days'],
      [admin, { days: 0 }, 'days'],
      [admin, { days: Number.NaN }, 'days'],
      [admin, { name: ' ' }, 'name'],
      [admin, { environments: [] }, 'environments'],
      [viewer, { scopes: ['read'], environments: [contoso, fabrikam] }, 'not-found'],
    ]
    for (const [actor, input, why] of wrong) expect(await refusal(createToken(actor, wanted(input)))).toBe(why)
    expect(await server.client.apiToken.count()).toBe(0)
  })

  it('never open more than the person may do now', async () => {
    const admin = await person('admin')
    const auditor = await person('auditor', [contoso, fabrikam])
    const { value } = await createToken(auditor, wanted({ scopes: ['upload', 'read', 'share'] }))
    expect((await actorOfToken(value, address))?.environments).toEqual(new Set([contoso, fabrikam]))
    await changeAccess(admin, auditor.id, { role: 'viewer', environments: [fabrikam] })
    const actor = await actorOfToken(value, address)
    expect(actor?.environments).toEqual(new Set([fabrikam]))
    expect([...(actor?.permissions ?? [])].sort()).toEqual(['ask', 'read', 'status'])
    await deactivate(admin, auditor.id)
    expect(await actorOfToken(value, address)).toBeNull()
  })

  it('run out', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { value } = await createToken(await person('admin'), wanted({ days: 2 }))
    vi.setSystemTime(Date.now() + 2 * 86_400_000 - 1)
    expect(await actorOfToken(value, address)).not.toBeNull()
    vi.setSystemTime(Date.now() + 1)
    expect(await actorOfToken(value, address)).toBeNull()
  })

  it('are seen and revoked by their owner and by admins', async () => {
    const [admin, auditor, viewer] = [await person('admin'), await person('auditor'), await person('viewer')]
    const { id, value } = await createToken(auditor, wanted())
    expect((await Promise.all([admin, auditor, viewer].map(listTokens))).map((rows) => rows.length)).toEqual([1, 1, 0])
    expect(await refusal(revokeToken(viewer, id))).toBe('not-found')
    expect(await actorOfToken(value, address)).not.toBeNull()
    await revokeToken(admin, id)
    await revokeToken(auditor, id) // a second time changes nothing
    expect(await actorOfToken(value, address)).toBeNull()
    expect(await told()).toEqual(['token-created', 'token-used', 'token-revoked'])
  })

  it('note their use once a minute, and in the log once an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const admin = await person('admin')
    const { value } = await createToken(admin, wanted())
    const used = async () => {
      await actorOfToken(value, address)
      return (await listTokens(admin))[0]?.lastUsedAt?.getTime()
    }
    const first = await used()
    expect(first).toBe(Date.now())
    vi.setSystemTime(Date.now() + 59_000)
    expect(await used()).toBe(first)
    vi.setSystemTime(Date.now() + 2000)
    expect(await used()).toBe(Date.now())
    expect(await told()).toEqual(['token-created', 'token-used'])
    vi.setSystemTime(Date.now() + 3_600_000)
    await used()
    expect(await told()).toEqual(['token-created', 'token-used', 'token-used'])
  })

  it('open doors where their scopes do, and wrong ones are throttled', async () => {
    const { value } = await createToken(await person('auditor'), wanted({ scopes: ['upload'] }))
    const door = (needs: 'upload' | 'read', authorization: string) =>
      route(z.object({}), needs, (_, __, actor) => json(actor.tokenId))(
        new Request('http://localhost/api/x', { headers: { host: 'localhost', authorization } }),
        { params: Promise.resolve({}) },
      )
    const statuses = async (...doors: Promise<Response>[]) => (await Promise.all(doors)).map(({ status }) => status)
    expect(await statuses(door('upload', `Bearer ${value}`), door('read', `bearer  ${value}`))).toEqual([200, 403])
    expect(await statuses(door('upload', `Basic ${value}`), door('upload', ''))).toEqual([401, 401])
    const wrong = `Bearer ${value.slice(0, -1)}`
    for (let i = 0; i < 30; i++) expect(await statuses(door('upload', wrong))).toEqual([401])
    expect(await statuses(door('upload', wrong), door('upload', `Bearer ${value}`))).toEqual([429, 200])
  })
})

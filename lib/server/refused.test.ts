import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type ActivityEntry, verifyChain } from '@/lib/core'
import { activityEntries, activityHead } from './activity-list'
import { createToken } from './api-tokens'
import type { UserRow } from './db'
import { chosenEnvironment } from './environment-choice'
import { enterAudit, enterEnvironment, enter as enterPage } from './gate'
import { action, json, route } from './http'
import { hashToken, newToken } from './secrets'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'
import { newPerson } from './testing/people'
import { throttle } from './throttle'
import { kinds } from './throttle-kinds'
import { take, throttleKey } from './throttle-rows'

/** What the request that is under way brings. */
const asked = vi.hoisted(() => ({ headers: new Headers() }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))

describe.each(dialects)('what is refused, in the activity log of %s', (dialect) => {
  let server: TestServer
  let own: string
  let foreign: string
  let person: UserRow
  let foreignAudit: string
  let since = 0
  let made = 0

  const newAudit = async (environmentId: string) =>
    (await server.client.audit.create({ data: { id: `0000k${made++}`, environmentId, name: 'Autumn', answers: {} } }))
      .id

  beforeAll(async () => {
    server = await openTestServer(dialect)
    own = (await server.client.environment.create({ data: { name: 'Own' } })).id
    foreign = (await server.client.environment.create({ data: { name: 'Foreign' } })).id
    foreignAudit = await newAudit(foreign)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    since = (await activityHead()).seq
    person = await newPerson(server.client, {
      ...{ role: 'viewer', allEnvironments: false },
      memberships: { create: { environmentId: own } },
    })
    await signIn(true)
  })

  async function signIn(isComplete: boolean): Promise<void> {
    const token = newToken()
    const at = { provedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) }
    const from = { method: 'password', userAgent: '', address: '192.0.2.7' }
    await server.client.session.create({
      data: { userId: person.id, tokenHash: hashToken(token), isComplete, ...at, ...from },
    })
    asked.headers = new Headers({
      ...{ host: 'localhost:3000', cookie: `postern-session=${token}`, 'x-postern-address': '192.0.2.7' },
    })
  }

  const entries = async (): Promise<ActivityEntry[]> => {
    const all: ActivityEntry[] = []
    for await (const entry of activityEntries('everything', {}, 2 ** 31 - 1)) if (entry.seq > since) all.push(entry)
    return all
  }
  const refusals = async () => (await entries()).filter(({ action }) => action === 'access-refused')
  const waits = async () => (await entries()).filter(({ action }) => action === 'made-to-wait')

  const manage = route(z.object({}), 'manage', () => json({}))
  const read = route(z.object({ audit: z.string() }), 'read', () => json({}))
  const call = async (handler: typeof read, params: Record<string, string> = {}) => {
    const request = new Request('http://localhost:3000/api/x', { headers: asked.headers })
    return (await handler(request, { params: Promise.resolve(params) })).status
  }

  it('tells who was refused what, and from where', async () => {
    expect(await call(manage)).toBe(403)
    const details = { permission: 'manage', because: 'not-allowed' }
    expect(await refusals()).toMatchObject([
      {
        ...{ actorKind: 'user', actorId: person.id, actorName: 'Anna Berg', address: '192.0.2.7', details },
        ...{ environmentId: null, auditId: null, object: null },
      },
    ])
  })

  it('tells the environment of what is somebody else’s, which its auditors then see', async () => {
    expect(await call(read, { audit: foreignAudit })).toBe(404)
    const details = { permission: 'read', because: 'not-found' }
    expect(await refusals()).toMatchObject([{ environmentId: foreign, auditId: foreignAudit, details }])
    const seen: ActivityEntry[] = []
    for await (const entry of activityEntries(new Set([foreign]), {}, 2 ** 31 - 1)) seen.push(entry)
    expect(seen.some(({ action, actorId }) => action === 'access-refused' && actorId === person.id)).toBe(true)
    for await (const entry of activityEntries(new Set([own]), {}, 2 ** 31 - 1))
      expect(entry.action).not.toBe('access-refused')
  })

  it('tells what does not exist as well, but nothing that may be a secret', async () => {
    expect(await call(read, { audit: 'zzzzzz' })).toBe(404)
    expect(await call(read, { audit: 'my password' })).toBe(404)
    const [unknown, typed] = await refusals()
    expect(unknown).toMatchObject({ environmentId: null, auditId: null, object: 'zzzzzz' })
    expect(typed).toMatchObject({ environmentId: null, auditId: null, object: null })
    expect(JSON.stringify(await entries())).not.toContain('my password')
  })

  it('says nothing of what is allowed, and of nobody who is not signed in', async () => {
    expect(await call(read, { audit: await newAudit(own) })).toBe(200)
    asked.headers = new Headers({ host: 'localhost:3000' })
    expect(await call(manage)).toBe(401)
    expect(await refusals()).toEqual([])
  })

  it('tells of a token, and counts it apart', async () => {
    const actor = testActor('viewer', { id: person.id, environments: new Set([own]) })
    const { id, value } = await createToken(actor, { name: 'CI', scopes: ['read'], environments: null, days: 9 })
    asked.headers = new Headers({ host: 'localhost:3000', authorization: `Bearer ${value}` })
    expect(await call(read, { audit: foreignAudit })).toBe(404)
    expect(await refusals()).toMatchObject([{ actorKind: 'token', actorId: person.id, details: { token: id } }])
  })

  it('is never more than so much an hour for each person and permission', async () => {
    const { tries } = kinds['refusal told']
    for (let n = 0; n < tries + 3; n++) expect(await call(manage)).toBe(403)
    for (let n = 0; n < tries + 3; n++) expect(await call(read, { audit: n % 2 ? foreignAudit : 'zzzzzz' })).toBe(404)
    expect(await refusals()).toHaveLength(2 * tries)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_001 })
    await signIn(true)
    expect(await call(manage)).toBe(403)
    vi.useRealTimers()
    expect(await refusals()).toHaveLength(2 * tries + 1)
  })

  it('comes from pages, forms and names of environments too', async () => {
    await expect(enterPage('manage')).rejects.toThrow()
    await expect(enterAudit(foreignAudit, 'read')).rejects.toThrow()
    await expect(enterEnvironment(foreign, 'read')).rejects.toThrow()
    await expect(enterEnvironment(own, 'decide')).rejects.toThrow()
    const form = new FormData()
    form.set('env', foreign)
    const send = action(z.object({ env: z.string() }), 'decide', async () => {})
    expect((await send(form))?.code).toBe('not-found')
    const uploader = testActor('uploader', { id: person.id, environments: new Set([own]) })
    await expect(chosenEnvironment(uploader, { environmentId: foreign })).rejects.toThrow('not-found')
    await expect(chosenEnvironment(uploader, { environmentName: 'Foreign' })).rejects.toThrow('no-environment')
    const told = (await refusals()).map(({ environmentId, auditId, details }) => ({ environmentId, auditId, details }))
    const of = (permission: string, because: string, environmentId: string | null, auditId: string | null = null) => ({
      ...{ environmentId, auditId, details: { permission, because } },
    })
    expect(told).toEqual([
      of('manage', 'not-allowed', null),
      of('read', 'not-found', foreign, foreignAudit),
      of('read', 'not-found', foreign),
      of('decide', 'not-allowed', own),
      of('decide', 'not-found', foreign),
      of('upload', 'not-found', foreign),
      of('upload', 'no-environment', null),
    ])
  })

  /** Tries until one must wait, and twice more. */
  async function tryTooOften(kind: 'setup code' | 'second step', whom: string): Promise<void> {
    const refused: unknown[] = []
    for (let n = 0; n < 50 && refused.length < 3; n++) await throttle(kind, whom).catch((error) => refused.push(error))
    expect(refused).toHaveLength(3)
  }

  it('has one entry an hour where a limit makes somebody wait, without whom it counts for', async () => {
    await tryTooOften('second step', person.id)
    await tryTooOften('setup code', '198.51.100.9')
    const told = await waits()
    expect(told).toMatchObject([
      { actorKind: 'user', actorId: person.id, details: { limit: 'second step' } },
      { actorKind: 'user', actorId: person.id, details: { limit: 'setup code' } },
    ])
    expect(JSON.stringify(told)).not.toContain('198.51.100.9')
  })

  it('names a person whose second step is missing, and strangers only by address', async () => {
    await signIn(false)
    await tryTooOften('second step', `${person.id} a`)
    asked.headers = new Headers({ 'x-postern-address': '198.51.100.7' })
    await tryTooOften('setup code', '198.51.100.7')
    expect(await waits()).toMatchObject([
      { actorKind: 'user', actorId: person.id, address: '192.0.2.7' },
      { actorKind: 'nobody', actorId: null, actorName: '', address: '198.51.100.7' },
    ])
  })

  it('cannot be filled by strangers from many addresses, and keeps room for people', async () => {
    asked.headers = new Headers()
    await server.client.throttle.deleteMany()
    await tryTooOften('setup code', 'first')
    const strangers = throttleKey("stranger's wait told", [])
    for (let n = 1; n < kinds["stranger's wait told"].tries; n++) await take("stranger's wait told", strangers)
    await tryTooOften('setup code', 'second')
    expect(await waits()).toHaveLength(1)
    await signIn(true)
    await tryTooOften('setup code', 'third')
    expect(await waits()).toHaveLength(2)
  })

  it('leaves the chain whole', async () => {
    const all: ActivityEntry[] = []
    for await (const entry of activityEntries('everything', {}, 2 ** 31 - 1)) all.push(entry)
    expect(verifyChain(all, { head: await activityHead() }).fault).toBeNull()
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { signInAt, startOidcProvider, type TestProvider } from '@/scripts/oidc-provider.mjs'
import { saveInstance } from '../instance'
import { hashToken, newToken } from '../secrets'
import { sessionOf } from '../sessions'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { newPerson, newSession } from '../testing/people'
import { newShare } from '../testing/shares'
import { finishCompany, startCompany } from './company-routes'
import { noted } from './notes'
import { hashPassword } from './passwords'
import { testResult } from './settings-page'
import { companySchema } from './sign-in-settings'

/** What a browser holds. */
const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({
  cookies: async () => ({
    set: (name: string, value: string) => jar.set(name, value),
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
  }),
}))

const host = '127.0.0.1:9'

describe.each(dialects)('the browser at a company sign-in on %s', (dialect) => {
  let server: TestServer
  let provider: TestProvider
  let address = 0
  beforeAll(async () => {
    server = await openTestServer(dialect)
    provider = await startOidcProvider({ redirectUris: [`http://${host}/api/auth/oidc/callback`], accounts: {} })
    const roles = [
      { group: 'readers', role: 'viewer', environments: null },
      { group: 'auditors', role: 'auditor', environments: null },
    ]
    const company = { label: 'Contoso', issuer: provider.issuer, clientId: 'postern', roles, createPeople: true }
    await saveInstance('signIn', { company: companySchema.parse(company) })
    vi.spyOn(console, 'error').mockImplementation(() => {})
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    await provider.close()
    await server.close()
  })
  beforeEach(() => {
    jar.clear()
    address++
  })

  /** A request of this browser. */
  const request = () =>
    new Headers({
      host,
      'x-postern-address': `192.0.2.${address}`,
      cookie: `postern-session=${jar.get('postern-session') ?? ''}`,
    })
  const account = (name: string, groups = ['readers']) => {
    provider.accounts[name] = { name, email: `${name}@contoso.com`, email_verified: true, groups }
    return name
  }
  const start = (purpose: 'sign-in' | 'test' | 'connect', to = '/') => startCompany(purpose, to, request())
  const back = (answer: URL) => finishCompany(answer.searchParams, request())
  const said = async (location: string) => noted(new URL(location, 'http://x').searchParams.get('note') ?? '', 'en')
  const signedIn = async () => sessionOf(jar.get('postern-session') ?? '')
  const enterAs = async (data: Parameters<typeof newPerson>[1] = {}) => {
    const user = await newPerson(server.client, { passwordHash: await hashPassword('x'), ...data })
    const token = newToken()
    const session = await newSession(server.client, user.id)
    await server.client.session.update({ where: { id: session.id }, data: { tokenHash: hashToken(token) } })
    jar.set('postern-session', token)
    return { user, session }
  }

  it('comes back signed in, at the address that was asked for', async () => {
    const answer = await signInAt(await start('sign-in', '/rules?q=tls'), account('carl'))
    expect(await back(answer)).toBe('/rules?q=tls')
    expect(await signedIn()).toMatchObject({
      method: 'oidc',
      isComplete: true,
      user: { email: 'carl@contoso.com', role: 'viewer' },
    })
    const log = await server.client.activity.findMany({ orderBy: { seq: 'desc' }, take: 2 })
    expect(log.map((entry) => entry.action)).toEqual(['signed-in', 'joined'])
    expect(jar.get('locale')).toBeUndefined()
    await server.client.user.updateMany({ where: { email: 'carl@contoso.com' }, data: { locale: 'de', theme: 'dark' } })
    await back(await signInAt(await start('sign-in'), 'carl'))
    expect([jar.get('locale'), jar.get('theme')]).toEqual(['de', 'dark']) // as with a password
  })

  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
  ])('does not come back to %s', async (to) =>
    expect(await back(await signInAt(await start('sign-in', to), account('carl')))).toBe('/'))

  it('is told why it is refused, on the sign-in page', async () => {
    const location = await back(await signInAt(await start('sign-in'), account('dora', ['others'])))
    expect(location).toMatch(/^\/sign-in\?note=[\w-]{43}$/)
    expect(await said(location)).toMatch(/None of your groups/)
    expect(await signedIn()).toBeNull()
    expect(await said(await back(await signInAt(await start('sign-in'), null)))).toMatch(
      /access_denied: The account was not approved/,
    )
  })

  it('must be the one that began', async () => {
    const answer = await signInAt(await start('sign-in'), account('carl'))
    jar.clear()
    expect(await said(await back(answer))).toMatch(/began in another browser/)
    expect(await signedIn()).toBeNull()
  })

  it('loses links where the groups no longer let them share', async () => {
    const signIn = async (group: string) => back(await signInAt(await start('sign-in'), account('ines', [group])))
    await signIn('auditors')
    const userId = (await signedIn())?.userId ?? ''
    const { id: environmentId } = await server.client.environment.create({ data: { name: 'Contoso' } })
    const { id } = await newShare(server.client, { userId, environmentId })
    const endedAt = async () => (await server.client.share.findUnique({ where: { id } }))?.endedAt
    await signIn('auditors')
    expect(await endedAt()).toBeNull()
    await signIn('readers')
    expect(await endedAt()).toBeInstanceOf(Date)
    expect(await server.client.activity.count({ where: { action: 'share-ended', object: id } })).toBe(1)
  })

  it('may test it only as an admin, and sees what its own test found', async () => {
    expect(await said(await start('test'))).toMatch(/Sign in/i)
    await enterAs({ role: 'auditor' })
    expect(await said(await start('test'))).toMatch(/role/)
    const { user } = await enterAs({ role: 'admin' })
    const people = await server.client.user.count()
    const location = await back(await signInAt(await start('test'), account('erik')))
    expect(location).toMatch(/^\/settings\/sign-in\?test=[\w-]{43}#test$/)
    const key = new URL(location, 'http://x').searchParams.get('test') ?? ''
    const found = await testResult(key, user.id, 'en')
    expect(found).toMatchObject({ reason: null, places: null, result: { role: 'viewer', email: 'erik@contoso.com' } })
    expect(found?.result.claims).toContainEqual(['groups', '["readers"]'])
    expect(JSON.stringify(found)).not.toContain('nonce')
    expect(await testResult(key, 'somebody-else', 'en')).toBeNull()
    expect([
      await server.client.user.count(),
      await server.client.identity.count({ where: { subject: 'erik' } }),
    ]).toEqual([people, 0])
    const refused = await back(await signInAt(await start('test'), account('dora', ['others'])))
    expect(
      (await testResult(new URL(refused, 'http://x').searchParams.get('test') ?? '', user.id, 'en'))?.reason,
    ).toMatch(/None of your groups/)
  })

  it('connects the account of whoever is signed in and proved it a short while ago', async () => {
    const { user, session } = await enterAs()
    await server.client.session.update({ where: { id: session.id }, data: { provedAt: new Date(0) } })
    expect(await said(await start('connect'))).toMatch(/Confirm that it is you/)
    await server.client.session.update({ where: { id: session.id }, data: { provedAt: new Date() } })
    expect(await back(await signInAt(await start('connect', '/settings/profile?done=company'), account('frida')))).toBe(
      '/settings/profile?done=company',
    )
    expect(await server.client.identity.findMany({ where: { userId: user.id } })).toMatchObject([{ subject: 'frida' }])
    jar.delete('postern-session')
    expect(await back(await signInAt(await start('sign-in'), 'frida'))).toBe('/')
    expect((await signedIn())?.userId).toBe(user.id)
  })

  it('connects nothing where another person has signed in meanwhile', async () => {
    await enterAs()
    const answer = await signInAt(await start('connect'), account('gerd'))
    const other = await enterAs()
    expect(await said(await back(answer))).toMatch(/Start again/)
    expect(await server.client.identity.count({ where: { userId: other.user.id } })).toBe(0)
  })
})

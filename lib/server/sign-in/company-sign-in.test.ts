import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { claimsIn, signed, signInAt, startOidcProvider, type TestProvider } from '@/scripts/oidc-provider.mjs'
import { AppError } from '../errors'
import { saveInstance } from '../instance'
import { newToken, seal } from '../secrets'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { newPerson } from '../testing/people'
import { keepNote, readNote } from './company-attempts'
import { identityOf } from './company-claims'
import { connectCompany, enterByCompany } from './company-people'
import { attemptOf, beginCompanySignIn, finishCompanySignIn } from './company-sign-in'
import { hashPassword } from './passwords'
import { type Company, companySchema } from './sign-in-settings'

const origin = 'http://127.0.0.1:9'
const groups = { admins: 'g-admins', auditors: 'g-auditors', viewers: 'g-viewers' }

describe.each(dialects)('company sign-in on %s', (dialect) => {
  let server: TestServer
  let provider: TestProvider
  let settings: Company
  let people = 0
  beforeAll(async () => {
    server = await openTestServer(dialect)
    const redirectUris = [`${origin}/api/auth/oidc/callback`]
    provider = await startOidcProvider({ redirectUris, accounts: {}, clientSecret: 'of the client' })
  })
  afterAll(async () => {
    await provider.close()
    await server.close()
  })
  beforeEach(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    provider.state.tamper = (idToken) => idToken
    await use({})
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  const use = async (changes: Partial<Company>) => {
    const environments = null
    settings = companySchema.parse({
      ...{ label: 'Contoso', issuer: provider.issuer, clientId: 'postern', clientSecret: seal('of the client') },
      roles: [
        { group: groups.admins, role: 'admin', environments },
        { group: groups.auditors, role: 'auditor', environments },
        { group: groups.viewers, role: 'viewer', environments },
      ],
      ...{ createPeople: true, ...changes },
    })
    await saveInstance('signIn', { company: settings })
  }
  /** A new account at the provider. */
  const account = (claims: Record<string, unknown> = {}) => {
    const sub = `account-${++people}`
    const proved = { email: `${sub}@contoso.com`, email_verified: true }
    provider.accounts[sub] = { name: `Person ${people}`, ...proved, groups: [groups.viewers], ...claims }
    return { sub, email: proved.email }
  }
  const begin = (browser = newToken()) =>
    beginCompanySignIn({ purpose: 'sign-in', userId: null, to: '/a/abc?x=1', origin }, browser)
  const finish = async (answer: URL, browser: string) =>
    finishCompanySignIn(await attemptOf(answer.searchParams, browser), answer.searchParams)
  /** Through the provider and back. */
  const round = async (sub: string | null) => {
    const browser = newToken()
    return finish(await signInAt(await begin(browser), sub), browser)
  }
  const enter = async (sub: string) => {
    const { claims, company } = await round(sub)
    return enterByCompany(identityOf(claims, company), company)
  }
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'let through',
      (error: unknown) => (error instanceof AppError ? `${error.code} ${error.params.reason ?? ''}`.trim() : error),
    )

  describe('protocol', () => {
    it('asks with code, PKCE, state and nonce, and brings the claims back', async () => {
      const url = await begin()
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        ...{ response_type: 'code', code_challenge_method: 'S256', client_id: 'postern' },
        ...{ scope: 'openid profile email groups', redirect_uri: `${origin}/api/auth/oidc/callback` },
        state: expect.stringMatching(/^[\w-]{43}$/),
        nonce: expect.stringMatching(/^[\w-]{43}$/),
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      })
      const { sub, email } = account()
      const { claims, attempt } = await round(sub)
      expect(claims).toMatchObject({ sub, email, groups: [groups.viewers], iss: provider.issuer, aud: 'postern' })
      expect(attempt).toMatchObject({ purpose: 'sign-in', to: '/a/abc?x=1' })
    })

    it('keeps nothing readable in the database', async () => {
      const url = await begin()
      const rows = JSON.stringify(await server.client.oidcAttempt.findMany())
      for (const name of ['state', 'nonce']) expect(rows).not.toContain(url.searchParams.get(name))
    })

    it('tells what the provider refused', async () => {
      expect(await refusal(round(null))).toMatch(
        /^company-failed access_denied: The account was not approved\. \([0-9a-f]{8}\)$/,
      )
    })

    it('takes an answer once, in time, from the browser that asked', async () => {
      const { sub } = account()
      const browser = newToken()
      const answer = await signInAt(await begin(browser), sub)
      expect(await refusal(finish(answer, newToken()))).toBe('company-gone')
      const both = await Promise.all([refusal(finish(answer, browser)), refusal(finish(answer, browser))])
      expect(both.sort()).toEqual(['company-gone', 'let through'])
      expect(await refusal(finish(answer, browser))).toBe('company-gone')
      const late = await signInAt(await begin(browser), sub)
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 60_000 + 1 })
      expect(await refusal(finish(late, browser))).toBe('company-gone')
    })

    it('refuses an answer to another question', async () => {
      const { sub } = account()
      const browser = newToken()
      const mine = await begin(browser)
      const other = await signInAt(await begin(browser), sub)
      const swapped = new URL(other)
      swapped.searchParams.set('state', mine.searchParams.get('state') ?? '')
      expect(await refusal(finish(swapped, browser))).toMatch(/^company-failed invalid_grant/) // PKCE
      for (const state of ['', 'x', newToken()]) {
        swapped.searchParams.set('state', state)
        expect(await refusal(finish(swapped, browser))).toBe('company-gone')
      }
    })

    it('refuses an answer of another provider, and one that began with other settings', async () => {
      const { sub } = account()
      const browser = newToken()
      for (const iss of ['https://evil.example', null]) {
        const answer = await signInAt(await begin(browser), sub)
        if (iss) answer.searchParams.set('iss', iss)
        else answer.searchParams.delete('iss')
        expect(await refusal(finish(answer, browser))).toMatch(/^company-failed .*iss/)
      }
      const answer = await signInAt(await begin(browser), sub)
      await use({ clientId: 'another' })
      expect(await refusal(finish(answer, browser))).toBe('company-gone')
    })

    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const now = () => Math.floor(Date.now() / 1000)
    it.each<[string, (claims: Record<string, unknown>) => string]>([
      ['another nonce', (claims) => signed({ ...claims, nonce: 'another' })],
      ['no nonce', ({ nonce: _, ...claims }) => signed(claims)],
      ['another audience', (claims) => signed({ ...claims, aud: 'another' })],
      ['several audiences, and another party', (claims) => signed({ ...claims, aud: ['postern', 'b'], azp: 'b' })],
      ['another issuer', (claims) => signed({ ...claims, iss: 'https://evil.example' })],
      ['a time that is over', (claims) => signed({ ...claims, exp: now() - 120 })],
      ['no end', ({ exp: _, ...claims }) => signed(claims)],
      ['another signature', (claims) => signed(claims, stranger)],
      ['no signature', (claims) => signed(claims).replace(/[^.]*$/, '')],
      [
        'no algorithm',
        (claims) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${signed(claims).split('.')[1]}.`,
      ],
      ['no subject', ({ sub: _, ...claims }) => signed(claims)],
      ['another subject than the userinfo', (claims) => signed({ ...claims, sub: 'somebody-else' })],
    ])('refuses an ID token with %s', async (_, change) => {
      const { sub } = account()
      provider.state.tamper = (idToken) => change(claimsIn(idToken))
      expect(await refusal(round(sub))).toMatch(/^company-failed /)
      provider.state.tamper = (idToken) => signed(claimsIn(idToken))
      expect(await refusal(round(sub))).toBe('let through')
    })

    it('is off where nobody set it up, and where the address of this server is not known', async () => {
      const nowhere = { purpose: 'sign-in', userId: null, to: '/', origin: null } as const
      expect(await refusal(beginCompanySignIn(nowhere, newToken()))).toBe('company-off')
      await saveInstance('signIn', {})
      expect(await refusal(begin())).toBe('company-off')
    })

    it('tells when the provider is away, and asks again afterwards', async () => {
      await use({ issuer: 'http://127.0.0.1:1' })
      expect(await refusal(begin())).toMatch(/^company-failed .* \([0-9a-f]{8}\)$/)
      await use({})
      expect(await refusal(begin())).toBe('let through')
    })

    it('needs no secret where the client has none', async () => {
      const redirectUris = [`${origin}/api/auth/oidc/callback`]
      const { sub } = account()
      const open = await startOidcProvider({ redirectUris, accounts: provider.accounts, inIdToken: true })
      await use({ issuer: open.issuer, clientSecret: '' })
      expect((await round(sub)).claims).toMatchObject({ sub, groups: [groups.viewers] })
      await open.close()
    })
  })

  describe('people', () => {
    const userOf = (email: string) =>
      server.client.user.findUnique({ where: { email }, include: { memberships: true } })

    it('come in by their group, and are known again by issuer and subject alone', async () => {
      const { sub, email } = account({ groups: [groups.auditors, groups.viewers] })
      const first = await enter(sub)
      expect(first).toMatchObject({ isNew: true, was: null, user: { email, role: 'auditor', allEnvironments: true } })
      provider.accounts[sub] = { name: 'New Name', email: 'new@contoso.com', groups: [groups.auditors] }
      expect(await enter(sub)).toMatchObject({ isNew: false, user: { id: first.user.id, email } })
    })

    it('have the role that their groups give now', async () => {
      await newPerson(server.client, { role: 'admin' })
      const { sub } = account({ groups: [groups.admins] })
      expect((await enter(sub)).user.role).toBe('admin')
      provider.accounts[sub] = { ...provider.accounts[sub], groups: [groups.viewers] }
      expect(await enter(sub)).toMatchObject({ was: 'admin', hasMoved: true, user: { role: 'viewer' } })
      provider.accounts[sub] = { ...provider.accounts[sub], groups: ['another'] }
      expect(await refusal(enter(sub))).toBe('company-no-group')
      provider.accounts[sub] = { ...provider.accounts[sub], groups: undefined, hasgroups: true }
      expect(await refusal(enter(sub))).toBe('company-too-many-groups')
    })

    it('keep the last admin', async () => {
      await server.client.user.deleteMany()
      const { sub } = account({ groups: [groups.admins] })
      await enter(sub)
      provider.accounts[sub] = { ...provider.accounts[sub], groups: [groups.viewers] }
      expect((await enter(sub)).user.role).toBe('admin')
      await newPerson(server.client, { role: 'admin', isActive: false })
      expect((await enter(sub)).user.role).toBe('admin')
      await newPerson(server.client, { role: 'admin' })
      expect((await enter(sub)).user.role).toBe('viewer')
    })

    it('leave one of two last admins, who come at the same moment', async () => {
      await server.client.user.deleteMany()
      const subs = [1, 2].map(() => account({ groups: [groups.admins] }).sub)
      const identities = subs.map((subject) => ({
        ...{ issuer: provider.issuer, subject, name: 'Anna Berg', email: `${subject}@contoso.com` },
        groups: [groups.admins],
      }))
      for (const identity of identities) await enterByCompany(identity, settings)
      await Promise.all(identities.map((one) => enterByCompany({ ...one, groups: [groups.viewers] }, settings)))
      expect(await server.client.user.count({ where: { role: 'admin' } })).toBe(1)
    })

    it('see the environments of their group, those that are still there', async () => {
      const { client } = server
      const [one, two, three] = await Promise.all(
        ['1', '2', '3'].map((name) => client.environment.create({ data: { name } })),
      )
      const role = 'auditor' as const
      await use({
        roles: [
          { group: 'g1', role, environments: [one?.id ?? '', 'gone'] },
          { group: 'g2', role, environments: [two?.id ?? ''] },
          { group: 'g3', role: 'viewer', environments: [three?.id ?? ''] },
        ],
      })
      const { sub, email } = account({ groups: ['g1', 'g2', 'g3'] })
      await enter(sub)
      expect((await userOf(email))?.memberships.map((m) => m.environmentId).sort()).toEqual([one?.id, two?.id].sort())
      expect((await userOf(email))?.allEnvironments).toBe(false)
      expect(await enter(sub)).toMatchObject({ hasMoved: false })
      provider.accounts[sub] = { ...provider.accounts[sub], groups: ['g2'] }
      expect(await enter(sub)).toMatchObject({ was: role, hasMoved: true })
      provider.accounts[sub] = { ...provider.accounts[sub], groups: ['g3'] }
      await enter(sub)
      expect((await userOf(email))?.memberships.map((m) => m.environmentId)).toEqual([three?.id])
    })

    it('who were invited are found by a proved address, and by no other', async () => {
      await use({ createPeople: false })
      const { sub, email } = account({ email_verified: false })
      const invited = await newPerson(server.client, { email, role: 'viewer' })
      expect(await refusal(enter(sub))).toBe('company-unknown')
      provider.accounts[sub] = { ...provider.accounts[sub], email: email.toUpperCase(), email_verified: true }
      expect(await enter(sub)).toMatchObject({ isNew: false, user: { id: invited.id } })
      const thief = account({ email })
      expect(await refusal(enter(thief.sub))).toBe('company-not-connected')
    })

    it('who have a password connect the account themselves', async () => {
      const { sub, email } = account()
      const user = await newPerson(server.client, { email, passwordHash: await hashPassword('Regen im Mai') })
      expect(await refusal(enter(sub))).toBe('company-not-connected')
      const { claims, company } = await round(sub)
      await connectCompany(identityOf(claims, company), company, user.id)
      await connectCompany(identityOf(claims, company), company, user.id)
      expect((await enter(sub)).user.id).toBe(user.id)
      const other = await newPerson(server.client)
      expect(await refusal(connectCompany(identityOf(claims, company), company, other.id))).toBe('company-taken')
    })

    it('who are deactivated or not invited stay out', async () => {
      const { sub, email } = account()
      await enter(sub)
      await server.client.user.update({ where: { email }, data: { isActive: false } })
      expect(await refusal(enter(sub))).toBe('company-unknown')
      await use({ createPeople: false })
      expect(await refusal(enter(account().sub))).toBe('company-unknown')
      await use({ roles: [] }) // without groups that give a role nobody is made
      expect(await refusal(enter(account().sub))).toBe('company-unknown')
      await use({})
      expect(await refusal(enter(account({ email_verified: undefined }).sub))).toBe('company-no-email')
    })

    it('of other domains stay out, each time', async () => {
      const { sub } = account()
      await enter(sub)
      await use({ domains: ['fabrikam.com'] })
      expect(await refusal(enter(sub))).toBe('company-domain')
      await use({ domains: ['contoso.com'] })
      expect(await refusal(enter(sub))).toBe('let through')
      provider.accounts[sub] = { ...provider.accounts[sub], email_verified: false }
      expect(await refusal(enter(sub))).toBe('company-domain')
      expect(await refusal(enter(account({ email: 'x@evil.contoso.com' }).sub))).toBe('company-domain')
      expect(await refusal(enter(account({ email: 'x@contoso.com@evil.com' }).sub))).toBe('company-domain')
    })
  })

  it('tells a page what to say, and nobody else can', async () => {
    const token = await keepNote({ code: 'company-failed' })
    expect(await readNote(token, z.object({ code: z.string() }))).toEqual({ code: 'company-failed' })
    expect(await readNote(token, z.object({ other: z.string() }))).toBeNull()
    expect(await readNote('x', z.unknown())).toBeNull()
    const state = (await begin()).searchParams.get('state') ?? ''
    expect(await readNote(state, z.unknown())).toBeNull()
    expect(await refusal(attemptOf(new URLSearchParams({ state: token }), newToken()))).toBe('company-gone')
  })
})

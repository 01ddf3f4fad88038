import { URI } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Actor } from '../access'
import { actorOfSession } from '../actors'
import type { UserRow } from '../db'
import { AppError } from '../errors'
import { instance, saveInstance } from '../instance'
import { unseal } from '../secrets'
import { type Session, sessionOf } from '../sessions'
import { Authenticator } from '../testing/authenticator'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { newPerson, newSession } from '../testing/people'
import { enterPassword, enterSecondStep } from './begin'
import { makeLink } from './one-time-links'
import { owesSecondStep } from './owed'
import { changePassword, endOwnSession, saveProfile } from './own-account'
import {
  addOwnPasskey,
  beginApp,
  codesToShow,
  confirmApp,
  forgetShownCodes,
  removeApp,
  removeOwnPasskey,
  renameOwnPasskey,
} from './own-second-step'
import { beginProof, beginRegistration, listPasskeys } from './passkeys'
import { hashPassword, verifyPassword } from './passwords'
import { getProfile } from './profile'
import { recoveryCodesLeft } from './recovery-codes'
import { removeCompany, saveCompany, saveLocal, saveSecondStep } from './save-settings'
import { completeSession } from './second-step'
import { totpSetup } from './totp'
import { enterByLink, openLink } from './with-link'
import { signInWithPassword } from './with-password'

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({
  cookies: async () => ({ set: (name: string, value: string) => jar.set(name, value), get: () => undefined }),
}))

const password = 'Regen im Mai, Wind im Juni'
const from = (address: string) => new Headers({ host: 'localhost:3000', 'x-postern-address': address })
let addresses = 0
const elsewhere = () => from(`192.0.2.${++addresses}`)

describe.each(dialects)('the own account on %s', (dialect) => {
  let server: TestServer
  let passwordHash: string
  let user: UserRow
  let session: Session
  let actor: Actor
  beforeAll(async () => {
    server = await openTestServer(dialect)
    passwordHash = await hashPassword(password)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    await server.client.throttle.deleteMany()
    user = await newPerson(server.client, { passwordHash, role: 'admin' })
    const row = await newSession(server.client, user.id)
    session = { ...row, user }
    actor = await actorOfSession(session, '192.0.2.200')
  })

  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof AppError ? error.code : error),
    )
  const reload = () => server.client.user.findUniqueOrThrow({ where: { id: user.id } })
  const sessions = () => server.client.session.count({ where: { userId: user.id } })
  const age = (minutes: number) =>
    server.client.session.update({
      where: { id: session.id },
      data: { provedAt: new Date(Date.now() - minutes * 60_000) },
    })
  const tokenHash = async () => (await server.client.session.findUniqueOrThrow({ where: { id: session.id } })).tokenHash
  /** Code of the app so many seconds from now. */
  const withApp = async () => {
    await beginApp(actor)
    const totp = URI.parse(totpSetup(await reload())?.uri ?? '')
    const code = (seconds = 0) => totp.generate({ timestamp: Date.now() + seconds * 1000 } as never)
    const key = await confirmApp(actor, code(-30))
    return { code, key }
  }
  const log = async () =>
    (await server.client.activity.findMany({ where: { actorId: user.id }, orderBy: { seq: 'asc' } })).map(
      (e) => e.action,
    )

  it('needs a fresh proof for what protects it', async () => {
    await age(11)
    const works = [
      () => beginApp(actor),
      () => confirmApp(actor, '123456'),
      () => removeApp(actor),
      () => removeOwnPasskey(actor, 'x'),
      () => renameOwnPasskey(actor, 'x', 'y'),
      () => addOwnPasskey(actor, { answer: '', name: '' }, 'localhost'),
      () => saveCompany(actor, {}),
      () => removeCompany(actor),
      () => saveLocal(actor, false),
      () => saveSecondStep(actor, 'nobody'),
    ]
    for (const work of works) expect(await codeOf(work())).toBe('prove-again')
    expect((await getProfile(actor)).isProved).toBe(false)
    await age(9)
    expect(await codeOf(beginApp(actor))).toBe('done')
    expect((await getProfile(actor)).totpSetup).not.toBeNull()
    await age(11)
    expect((await getProfile(actor)).totpSetup).toBeNull() // the secret is not for whoever finds the browser open
  })

  it('changes its password by the one before, and signs out elsewhere', async () => {
    await newSession(server.client, user.id)
    const before = await tokenHash()
    expect(await codeOf(changePassword(actor, 'wrong', 'seven lilac teapots'))).toBe('wrong-password')
    expect(await codeOf(changePassword(actor, password, 'short'))).toBe('bad-request')
    expect(await sessions()).toBe(2)
    await changePassword(actor, password, 'seven lilac teapots')
    expect(await verifyPassword('seven lilac teapots', (await reload()).passwordHash)).toBe(true)
    expect([await sessions(), (await tokenHash()) === before]).toEqual([1, false])
    expect((await sessionOf(jar.get('postern-session') ?? ''))?.id).toBe(session.id)
    expect(await log()).toEqual(['password-changed'])
  })

  it('throttles guesses at the password before', async () => {
    for (let n = 0; n < 5; n++) expect(await codeOf(changePassword(actor, 'wrong', 'x'))).toBe('wrong-password')
    expect(await codeOf(changePassword(actor, password, 'seven lilac teapots'))).toBe('too-many')
  })

  it('saves name, language and colours', async () => {
    expect(await saveProfile(actor, { name: ' New\nName ', locale: 'de', theme: 'dark' })).toEqual({
      locale: 'de',
      theme: 'dark',
    })
    expect(await reload()).toMatchObject({ name: 'New Name', locale: 'de', theme: 'dark' })
    expect(await saveProfile(actor, { name: 'x', locale: 'fr', theme: 'pink' })).toEqual({
      locale: null,
      theme: 'system',
    })
    expect(await codeOf(saveProfile(actor, { name: ' \n', locale: '', theme: '' }))).toBe('bad-request')
  })

  it('ends its own sessions, and no others', async () => {
    const own = await newSession(server.client, user.id)
    const other = await newSession(server.client, (await newPerson(server.client)).id)
    expect(await codeOf(endOwnSession(actor, other.id))).toBe('not-found')
    await endOwnSession(actor, own.id)
    expect((await getProfile(actor)).sessions.map((s) => [s.id, s.isCurrent])).toEqual([[session.id, true]])
  })

  it('shows recovery codes to their owner, until they are kept', async () => {
    const before = await tokenHash()
    const { key } = await withApp()
    expect(await codesToShow(actor, key)).toHaveLength(10)
    expect(await codesToShow({ ...actor, id: 'somebody else' }, key)).toBeNull()
    await forgetShownCodes({ ...actor, id: 'somebody else' }, key)
    expect(await codesToShow(actor, key)).toHaveLength(10)
    await forgetShownCodes(actor, key)
    expect(await codesToShow(actor, key)).toBeNull()
    expect(await tokenHash()).not.toBe(before)
    expect(await log()).toEqual(['totp-on', 'recovery-codes-made'])
  })

  /** Adds a passkey. Returns what `addOwnPasskey` does. */
  const withPasskey = async () => {
    const where = { origin: 'http://localhost:3000', rpId: 'localhost' }
    const { challenge } = await beginRegistration(user, session.id, { id: where.rpId, origin: where.origin })
    const answer = new Authenticator().register({ ...where, challenge })
    return addOwnPasskey(actor, { answer, name: '' }, 'localhost:3000')
  }
  const firstPasskey = async () => (await listPasskeys(user.id))[0]

  it('gives its passkeys other names, and no others', async () => {
    await withPasskey()
    const { id = '' } = (await firstPasskey()) ?? {}
    const before = await tokenHash()
    await renameOwnPasskey(actor, id, ' Key\nring ')
    expect([(await firstPasskey())?.name, (await tokenHash()) === before]).toEqual(['Key ring', false])
    await renameOwnPasskey(actor, id, 'x'.repeat(100))
    expect((await firstPasskey())?.name).toHaveLength(60)
    expect(await renameOwnPasskey(actor, id, ' \n').catch((error) => error.fields)).toEqual([
      { field: 'passkeyName', message: 'missing' },
    ])
    const other = await newPerson(server.client)
    const row = await newSession(server.client, other.id)
    const theirs = await actorOfSession({ ...row, user: other }, '192.0.2.201')
    expect(await codeOf(renameOwnPasskey(theirs, id, 'Mine'))).toBe('not-found')
    expect((await firstPasskey())?.name).toHaveLength(60)
    expect(await log()).toEqual(['passkey-added', 'recovery-codes-made', 'passkey-renamed', 'passkey-renamed'])
  })

  it('keeps recovery codes as long as there is a second step', async () => {
    await withApp()
    expect(await withPasskey()).toBeNull()
    await removeApp(actor)
    expect(await recoveryCodesLeft(user.id)).toBe(10)
    await removeOwnPasskey(actor, (await firstPasskey())?.id ?? '')
    expect(await recoveryCodesLeft(user.id)).toBe(0)
  })

  describe('signing in', () => {
    it('waits for the second step, which gives another token', async () => {
      const { code } = await withApp()
      const { isComplete, session: half } = await signInWithPassword(user.email, password, elsewhere())
      const waiting = await sessionOf(half.token)
      expect([isComplete, waiting?.isComplete]).toEqual([false, false])
      if (!waiting) throw new Error('no session')
      expect(await codeOf(completeSession(waiting, { code: '000000' }, elsewhere()))).toBe('wrong-second-step')
      const whole = await completeSession(waiting, { code: code() }, elsewhere())
      expect(await sessionOf(half.token)).toBeNull()
      expect(await sessionOf(whole.token)).toMatchObject({ isComplete: true, method: 'totp', id: waiting.id })
    })

    it('brings language and colours of the profile once it is complete, and not before', async () => {
      await saveProfile(actor, { name: 'Anna', locale: 'de', theme: 'dark' })
      const { code } = await withApp()
      for (const name of ['locale', 'theme']) jar.delete(name)
      const requested = elsewhere()
      expect(await enterPassword(user.email, password, requested)).toBe(false)
      expect([jar.get('locale'), jar.get('theme')]).toEqual([undefined, undefined])
      requested.set('cookie', `postern-session=${jar.get('postern-session')}`)
      await enterSecondStep({ code: code() }, requested)
      expect([jar.get('locale'), jar.get('theme')]).toEqual(['de', 'dark'])
      for (const name of ['locale', 'theme']) jar.delete(name)
      await removeApp(actor)
      expect(await enterPassword(user.email, password, elsewhere())).toBe(true)
      expect([jar.get('locale'), jar.get('theme')]).toEqual(['de', 'dark'])
    })

    it('throttles codes whatever session they come from, and never a passkey', async () => {
      const { code } = await withApp()
      const guess = async () => {
        const row = await newSession(server.client, user.id)
        return codeOf(completeSession({ ...row, user }, { code: '000000' }, elsewhere()))
      }
      for (let n = 0; n < 5; n++) expect(await guess()).toBe('wrong-second-step')
      expect(await guess()).toBe('too-many')
      expect(await codeOf(completeSession(session, { code: code() }, elsewhere()))).toBe('too-many')
      expect(await codeOf(completeSession(session, { recovery: 'x' }, elsewhere()))).toBe('too-many')
      expect(await codeOf(completeSession(session, { answer: 'x' }, elsewhere()))).toBe('wrong-second-step')
      expect(await beginProof(user.id, session.id, { id: 'localhost', origin: 'http://localhost:3000' })).toBeNull()
    })

    it('says the same for a wrong password, an unknown and a deactivated account', async () => {
      const off = await newPerson(server.client, { passwordHash, isActive: false })
      const bare = await newPerson(server.client)
      for (const email of [user.email, 'nobody@contoso.com', off.email, bare.email])
        expect(await codeOf(signInWithPassword(email, email === user.email ? 'wrong' : password, elsewhere()))).toBe(
          'wrong-password',
        )
      expect(await codeOf(signInWithPassword(` ${user.email.toUpperCase()} `, password, elsewhere()))).toBe('done')
    })

    it('lets the owner in from where they were before, while others guess', async () => {
      const home = elsewhere()
      await signInWithPassword(user.email, password, home)
      for (let n = 0; n < 40; n++) await codeOf(signInWithPassword(user.email, 'wrong', elsewhere()))
      expect(await codeOf(signInWithPassword(user.email, password, elsewhere()))).toBe('too-many')
      expect(await codeOf(signInWithPassword(user.email, password, home))).toBe('done')
    })

    it('logs no address that nobody has: it may be a password', async () => {
      await codeOf(signInWithPassword('my secret word', 'x', elsewhere()))
      expect(JSON.stringify(await server.client.activity.findMany())).not.toContain('my secret word')
    })

    it('by a link sets the password, and still asks for the second step', async () => {
      const { token } = await makeLink('reset', user.id)
      expect((await openLink(token, elsewhere()))?.owner.id).toBe(user.id)
      expect(await codeOf(enterByLink(token, 'short', elsewhere()))).toBe('bad-request')
      expect(await enterByLink(token, 'seven lilac teapots', elsewhere())).toBe(true)
      expect(await codeOf(enterByLink(token, 'seven lilac teapots', elsewhere()))).toBe('link-gone')
      session = { ...(await newSession(server.client, user.id)), user }
      actor = await actorOfSession(session, '192.0.2.200')
      await withApp()
      const again = await makeLink('reset', user.id)
      expect(await enterByLink(again.token, 'seven lilac teapots', elsewhere())).toBe(false)
      expect((await sessionOf(jar.get('postern-session') ?? ''))?.isComplete).toBe(false)
    })

    it('tells nothing about links to whoever tries one after the other', async () => {
      const home = elsewhere()
      const { token } = await makeLink('reset', user.id)
      for (let n = 0; n < 40; n++) expect(await openLink(`x${n}`, home)).toBeNull()
      expect(await codeOf(enterByLink('x', 'seven lilac teapots', home))).toBe('too-many')
      expect(await openLink(token, home)).not.toBeNull()
    })
  })

  describe('settings', () => {
    beforeEach(() => saveInstance('signIn', {}))
    const typed = { label: 'Contoso', issuer: 'https://id.contoso.com', clientId: 'postern', groupsClaim: 'groups' }

    it('of the company are checked field by field, and keep the secret for the same client only', async () => {
      expect(await saveCompany(actor, { ...typed, issuer: 'http://x', label: '' }).catch((e) => e.fields)).toEqual([
        { field: 'label', message: 'required' },
        { field: 'issuer', message: 'https' },
      ])
      const lines = {
        'group-0': 'a',
        'role-0': 'admin',
        'environment-0': '',
        'group-2': 'b',
        'role-2': 'viewer',
        'environment-2': 'e1',
      }
      await saveCompany(actor, { ...typed, ...lines, clientSecret: 's3cret', domains: 'Contoso.com, fabrikam.com' })
      const stored = async () => (await instance()).signIn.company
      expect(await stored()).toMatchObject({
        domains: ['contoso.com', 'fabrikam.com'],
        roles: [
          { group: 'a', role: 'admin', environments: null },
          { group: 'b', role: 'viewer', environments: ['e1'] },
        ],
      })
      expect(JSON.stringify(await server.client.setting.findMany())).not.toContain('s3cret')
      await saveCompany(actor, { ...typed, clientSecret: '' })
      expect(unseal((await stored())?.clientSecret ?? '')).toBe('s3cret')
      await saveCompany(actor, { ...typed, issuer: 'https://evil.example', clientSecret: '' })
      expect((await stored())?.clientSecret).toBe('')
    })

    it('switch passwords off only for an admin who came with the company account', async () => {
      expect(await codeOf(saveLocal(actor, false))).toBe('local-needed')
      await saveCompany(actor, typed)
      expect(await codeOf(saveLocal(actor, false))).toBe('local-needed')
      await server.client.session.update({ where: { id: session.id }, data: { method: 'oidc' } })
      await saveLocal(actor, false)
      expect(await codeOf(signInWithPassword(user.email, password, elsewhere()))).toBe('local-off')
      const { token } = await makeLink('reset', user.id)
      expect(await openLink(token, elsewhere())).toBeNull()
      expect(await codeOf(enterByLink(token, password, elsewhere()))).toBe('local-off')
      server.change({ isLocalSignInForced: true })
      expect(await codeOf(signInWithPassword(user.email, password, elsewhere()))).toBe('done')
      server.change({})
      await removeCompany(actor)
      expect(await codeOf(signInWithPassword(user.email, password, elsewhere()))).toBe('done')
    })

    it('ask for a second step of those they name', async () => {
      const owes = async (role: 'admin' | 'viewer') => owesSecondStep({ ...actor, role })
      expect(await owes('admin')).toBe(false)
      await saveSecondStep(actor, 'admins')
      expect([await owes('admin'), await owes('viewer')]).toEqual([true, false])
      await saveSecondStep(actor, 'everybody')
      expect(await owes('viewer')).toBe(true)
      expect(await owesSecondStep({ ...actor, kind: 'token', sessionId: null })).toBe(false)
      await withApp()
      expect(await owes('admin')).toBe(false)
      await removeApp(actor)
      await server.client.session.update({ where: { id: session.id }, data: { method: 'oidc' } })
      expect(await owes('admin')).toBe(false)
      expect(await codeOf(saveSecondStep(actor, 'some'))).toBe('bad-request')
    })

    it('are in the activity log, each change once', async () => {
      await saveCompany(actor, typed)
      await saveLocal(actor, true)
      await saveSecondStep(actor, 'admins')
      await removeCompany(actor)
      await codeOf(saveSecondStep(actor, 'some'))
      expect(await log()).toEqual(Array.from({ length: 4 }, () => 'settings-changed'))
    })
  })
})

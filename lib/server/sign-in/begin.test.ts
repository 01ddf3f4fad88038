import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UserRow } from '../db'
import { sessionOf } from '../sessions'
import { forgetClaim, prepareSetup } from '../setup'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { newPerson } from '../testing/people'
import { enterPassword, enterSecondStep, waitingSession } from './begin'
import { setUpInstance } from './first-admin'
import { passkeyOptions } from './passkey-options'
import { hashPassword } from './passwords'
import { beginTotp } from './totp'

/** What a browser holds. */
const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({
  cookies: async () => ({ set: (name: string, value: string) => jar.set(name, value), get: () => undefined }),
}))

const password = 'Regen im Mai, Wind im Juni'
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => error.message,
  )
let addresses = 0
const requestFrom = (address = `192.0.2.${++addresses}`) =>
  new Headers({
    ...{ host: 'localhost:3000', 'x-postern-address': address },
    cookie: `postern-session=${jar.get('postern-session') ?? ''}`,
  })

describe.each(dialects)('the first account on %s', (dialect) => {
  let server: TestServer
  let code = ''
  beforeEach(async () => {
    server = await openTestServer(dialect)
    forgetClaim()
    code = (await prepareSetup()) ?? ''
    return async () => {
      forgetClaim()
      await server.close()
    }
  })
  const ada = () => ({ code, name: ' Ada  Admin ', email: 'Ada@Contoso.com', password, locale: null })

  it('is an admin of everything, signed in, and the only one to be made this way', async () => {
    expect(readFileSync(path.join(server.dir, 'setup-code'), 'utf8').trim()).toBe(code)
    const { token } = await setUpInstance(ada(), requestFrom())
    const session = await sessionOf(token)
    expect(session).toMatchObject({ isComplete: true, method: 'setup', address: `192.0.2.${addresses}` })
    expect(session?.user).toMatchObject({ role: 'admin', allEnvironments: true, email: 'ada@contoso.com' })
    expect((await server.client.activity.findMany()).map((entry) => entry.action)).toEqual(['set-up'])
    expect(await refusalOf(setUpInstance(ada(), requestFrom()))).toBe('not-found')
    expect(await server.client.user.count()).toBe(1)
  })

  it('needs the code, names what is wrong with the fields, and few tries from an address', async () => {
    const from = '198.51.100.1'
    const wrong = { ...ada(), name: ' ', email: 'ada', password: 'short' }
    const refusal = await setUpInstance(wrong, requestFrom(from)).catch((error) => error)
    expect(refusal.fields).toEqual([
      { field: 'name', message: 'missing' },
      { field: 'email', message: 'not-an-email' },
      { field: 'password', message: expect.any(String) },
    ])
    for (const field of ['name', 'email', 'password'] as const) {
      const one = { ...ada(), [field]: wrong[field] }
      expect(await refusalOf(setUpInstance(one, requestFrom()))).toBe('bad-request')
    }
    for (let n = 0; n < 9; n++)
      expect(await refusalOf(setUpInstance({ ...ada(), code: 'X' }, requestFrom(from)))).toBe('wrong-code')
    expect(await refusalOf(setUpInstance(ada(), requestFrom(from)))).toBe('too-many')
    expect(await server.client.user.count()).toBe(0)
    expect(await refusalOf(setUpInstance(ada(), requestFrom()))).toBe('done')
  })
})

describe.each(dialects)('a browser that signs in on %s', (dialect) => {
  let server: TestServer
  let user: UserRow
  let passwordHash: string
  beforeAll(async () => {
    server = await openTestServer(dialect)
    passwordHash = await hashPassword(password)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    jar.clear()
    user = await newPerson(server.client, { passwordHash, locale: 'de' })
  })
  const held = () => sessionOf(jar.get('postern-session') ?? '')
  const count = () => server.client.session.count({ where: { userId: user.id } })

  it('gets another session, and the one that it brought along ends', async () => {
    expect(await enterPassword(user.email, password, requestFrom())).toBe(true)
    const first = jar.get('postern-session') ?? ''
    expect(jar.get('locale')).toBe('de')
    expect(await enterPassword(user.email, password, requestFrom())).toBe(true)
    expect(jar.get('postern-session')).not.toBe(first)
    expect(await sessionOf(first)).toBeNull()
    expect(await count()).toBe(1)
  })

  it('keeps its session after a wrong password', async () => {
    await enterPassword(user.email, password, requestFrom())
    expect(await refusalOf(enterPassword(user.email, 'wrong', requestFrom()))).toBe('wrong-password')
    expect(await held()).not.toBeNull()
  })

  it('may give a second step only where one is missing', async () => {
    expect(await refusalOf(enterSecondStep({ code: '123456' }, requestFrom()))).toBe('not-signed-in')
    await enterPassword(user.email, password, requestFrom())
    expect(await waitingSession(requestFrom())).toBeNull()
    expect(await refusalOf(enterSecondStep({ code: '123456' }, requestFrom()))).toBe('not-signed-in')
    await beginTotp(user.id)
    await server.client.user.update({ where: { id: user.id }, data: { totpConfirmedAt: new Date() } })
    expect(await enterPassword(user.email, password, requestFrom())).toBe(false)
    expect(await waitingSession(requestFrom())).toMatchObject({ userId: user.id, isComplete: false })
    expect(await refusalOf(enterSecondStep({ code: 'x' }, requestFrom()))).toBe('wrong-second-step')
    expect((await held())?.isComplete).toBe(false)
  })

  it('makes a passkey only when it is signed in, with a fresh proof, where there are passkeys', async () => {
    const ask = (purpose: 'register' | 'prove', over: Record<string, string> = {}) => {
      const headers = requestFrom()
      for (const [name, value] of Object.entries(over)) headers.set(name, value)
      return refusalOf(passkeyOptions(purpose, headers))
    }
    expect(await ask('register')).toBe('not-signed-in')
    expect(await ask('prove')).toBe('not-signed-in')
    await enterPassword(user.email, password, requestFrom())
    expect(await ask('register')).toBe('done')
    expect(await ask('register', { host: '192.0.2.9:3000' })).toBe('passkey')
    expect(await ask('prove')).toBe('passkey') // there is none yet
    const { id } = (await held()) ?? { id: '' }
    await server.client.session.update({ where: { id }, data: { provedAt: new Date(Date.now() - 601_000) } })
    expect(await ask('register')).toBe('prove-again')
    await server.client.session.update({ where: { id }, data: { provedAt: new Date(), isComplete: false } })
    expect(await ask('register')).toBe('not-signed-in')
  })
})

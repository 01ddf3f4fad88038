import { URI } from 'otpauth'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UserRow } from '../db'
import { Authenticator } from '../testing/authenticator'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { newPerson, newSession } from '../testing/people'
import { takeChallenge } from './challenges'
import { addPasskey, beginProof, beginRegistration, listPasskeys, provePasskey, removePasskey } from './passkeys'
import { newRecoveryCodes, recoveryCodesLeft, removeRecoveryCodes, spendRecoveryCode } from './recovery-codes'
import { relyingParty } from './relying-party'
import { beginTotp, confirmTotp, removeTotp, spendTotp, totpSetup } from './totp'

describe.each(dialects)('second steps on %s', (dialect) => {
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

  describe('authenticator app', () => {
    const reload = () => server.client.user.findUniqueOrThrow({ where: { id: user.id } })
    /** Code of the app so many seconds from now. */
    const app = async () => {
      const totp = URI.parse(totpSetup(await reload())?.uri ?? '')
      return (seconds = 0) => totp.generate({ timestamp: Date.now() + seconds * 1000 } as never)
    }
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T08:00:10Z') }))

    it('is set up by a first right code, and its secret is sealed', async () => {
      expect(await beginTotp(user.id)).toBe(true)
      const setup = totpSetup(await reload())
      expect(setup?.uri).toMatch(
        /^otpauth:\/\/totp\/Postern:anna\d+%40contoso\.com\?issuer=Postern&secret=[A-Z2-7]{32}&/,
      )
      expect(setup?.key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
      expect(setup?.svg).toMatch(/^<svg [^<>]*><rect [^<>]*\/><path [^<>]*\/><\/svg>$/)
      expect((await reload()).totpSecret).not.toContain(setup?.key.replaceAll(' ', ''))
      const code = await app()
      expect(await spendTotp(user.id, code())).toBe(false)
      for (const wrong of ['', '000000', '12345', 'abcdef', code(90)])
        expect(await confirmTotp(user.id, wrong)).toBe(false)
      expect(await confirmTotp(user.id, code())).toBe(true)
      expect([await confirmTotp(user.id, code(30)), await beginTotp(user.id)]).toEqual([false, false])
      expect(totpSetup(await reload())).toBeNull()
    })

    it('takes each code once, one step early or late', async () => {
      await beginTotp(user.id)
      const code = await app()
      await confirmTotp(user.id, code(-30))
      expect(await spendTotp(user.id, code(-30))).toBe(false)
      expect(await spendTotp(user.id, code(-60))).toBe(false)
      expect(await spendTotp(user.id, code(60))).toBe(false)
      const typed = `${code().slice(0, 3)} ${code().slice(3)}`
      const atOnce = await Promise.all(Array.from({ length: 5 }, () => spendTotp(user.id, typed)))
      expect(atOnce.filter(Boolean)).toHaveLength(1)
      expect(await spendTotp(user.id, code(30))).toBe(true)
      expect(await spendTotp(user.id, code())).toBe(false)
      vi.setSystemTime(Date.now() + 60_000)
      expect(await spendTotp((await newPerson(server.client)).id, code())).toBe(false)
      expect(await spendTotp('no-such-id', code())).toBe(false)
      expect(await spendTotp(user.id, code())).toBe(true)
    })

    it('is gone when it is removed', async () => {
      await beginTotp(user.id)
      const code = await app()
      await confirmTotp(user.id, code())
      await removeTotp(user.id)
      expect(await spendTotp(user.id, code(30))).toBe(false)
      expect(await beginTotp(user.id)).toBe(true)
    })
  })

  describe('recovery codes', () => {
    it('are ten, each good once, for their person', async () => {
      const codes = await newRecoveryCodes(user.id)
      expect(new Set(codes).size).toBe(10)
      for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
      const stored = JSON.stringify(await server.client.recoveryCode.findMany())
      expect(codes.some((code) => stored.includes(code))).toBe(false)
      const [first = '', second = ''] = codes
      expect(await spendRecoveryCode((await newPerson(server.client)).id, first)).toBe(false)
      const atOnce = await Promise.all(Array.from({ length: 5 }, () => spendRecoveryCode(user.id, first)))
      expect(atOnce.filter(Boolean)).toHaveLength(1)
      expect(await recoveryCodesLeft(user.id)).toBe(9)
      const misread = ` ${second.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
      expect(await spendRecoveryCode(user.id, misread)).toBe(true)
      expect(await spendRecoveryCode(user.id, '')).toBe(false)
    })

    it('are replaced and removed together', async () => {
      const [old = ''] = await newRecoveryCodes(user.id)
      const [code = ''] = await newRecoveryCodes(user.id)
      expect([await spendRecoveryCode(user.id, old), await recoveryCodesLeft(user.id)]).toEqual([false, 10])
      await removeRecoveryCodes(user.id)
      expect(await spendRecoveryCode(user.id, code)).toBe(false)
    })
  })

  describe('passkeys', () => {
    const party = { id: 'postern.contoso.com', origin: 'https://postern.contoso.com' }
    const where = (challenge = '') => ({ origin: party.origin, rpId: party.id, challenge })
    let sessionId = ''
    beforeEach(async () => {
      sessionId = (await newSession(server.client, user.id)).id
    })
    const add = async (key: Authenticator) => {
      const { challenge } = await beginRegistration(user, sessionId, party)
      await addPasskey(user.id, sessionId, party, { answer: key.register(where(challenge)), name: 'Key' })
    }
    const begin = async () => (await beginProof(user.id, sessionId, party))?.challenge
    const prove = (answer: string, id = user.id, session = sessionId) => provePasskey(id, session, party, answer)

    it('are added, named, used and removed', async () => {
      const key = new Authenticator()
      await add(key)
      expect(await listPasskeys(user.id)).toMatchObject([{ name: 'Key', lastUsedAt: null }])
      const options = await beginRegistration(user, sessionId, party)
      expect(options).toMatchObject({
        rp: { id: party.id },
        excludeCredentials: [{ id: key.id.toString('base64url') }],
      })
      expect(await prove(key.prove(where(await begin())))).toBe(true)
      expect((await listPasskeys(user.id))[0]?.lastUsedAt).toBeInstanceOf(Date)
      const other = await newPerson(server.client)
      const id = key.id.toString('base64url')
      await expect(removePasskey(other.id, id)).rejects.toMatchObject({ code: 'not-found' })
      await removePasskey(user.id, id)
      expect([await listPasskeys(user.id), await begin()]).toEqual([[], undefined])
    })

    it.each([
      ['another challenge', { challenge: 'AAAA' }],
      ['another site', { origin: 'https://evil.example' }],
      ['another port', { origin: 'https://postern.contoso.com:8443' }],
      ['no TLS', { origin: 'http://postern.contoso.com' }],
      ['another server', { rpId: 'contoso.com' }],
    ])('are refused with %s', async (_, wrong) => {
      const key = new Authenticator()
      const { challenge } = await beginRegistration(user, sessionId, party)
      const answer = key.register({ ...where(challenge), ...wrong })
      await expect(addPasskey(user.id, sessionId, party, { answer, name: 'Key' })).rejects.toMatchObject({
        code: 'passkey',
      })
      expect(await listPasskeys(user.id)).toEqual([])
      await add(key)
      expect(await prove(key.prove({ ...where(await begin()), ...wrong }))).toBe(false)
      expect(await prove(key.prove(where(await begin())))).toBe(true)
    })

    it('prove nothing twice, late, for another person or in another session', async () => {
      const key = new Authenticator()
      await add(key)
      const answer = key.prove(where(await begin()))
      const atOnce = await Promise.all(Array.from({ length: 4 }, () => prove(answer)))
      expect(atOnce.filter(Boolean)).toHaveLength(1)
      const other = await newPerson(server.client)
      const otherSession = await newSession(server.client, other.id)
      expect(await prove(key.prove(where(await begin())), other.id)).toBe(false)
      expect(await prove(key.prove(where(await begin())), user.id, otherSession.id)).toBe(false)
      expect(await prove(new Authenticator().prove(where(await begin())))).toBe(false)
      const late = key.prove(where(await begin()))
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 60_000 })
      expect(await prove(late)).toBe(false)
    })

    it('that count backwards are copies', async () => {
      const key = new Authenticator()
      await add(key)
      key.counter = 7
      expect(await prove(key.prove(where(await begin())))).toBe(true)
      key.counter = 6
      expect(await prove(key.prove(where(await begin())))).toBe(false)
      key.counter = 8
      expect(await prove(key.prove(where(await begin())))).toBe(true)
    })

    it('are not proved by the challenge for making one, nor by nonsense', async () => {
      const key = new Authenticator()
      await add(key)
      const { challenge } = await beginRegistration(user, sessionId, party)
      expect(await prove(key.prove(where(challenge)))).toBe(false)
      for (const answer of ['', '{}', 'null', '[', JSON.stringify({ id: key.id.toString('base64url') })]) {
        await begin()
        expect(await prove(answer), answer).toBe(false)
      }
      expect(await takeChallenge('no-such-session', 'prove')).toBeNull()
    })

    it('belong to one person', async () => {
      const key = new Authenticator()
      await add(key)
      await expect(add(key)).rejects.toMatchObject({ code: 'passkey' })
    })
  })

  describe('the server that passkeys are for', () => {
    it.each([
      ['localhost:3000', null, { id: 'localhost', origin: 'http://localhost:3000' }],
      ['127.0.0.1:3000', null, null],
      ['[::1]:3000', null, null],
      ['evil.example', null, null],
      [null, null, null],
      ['Postern.lan:8443', null, { id: 'postern.lan', origin: 'https://postern.lan:8443' }],
      [
        'evil.example',
        'https://postern.contoso.com',
        { id: 'postern.contoso.com', origin: 'https://postern.contoso.com' },
      ],
      ['postern.lan', 'http://postern.contoso.com', null],
      ['postern.lan', 'https://192.0.2.1', null],
      ['localhost:4000', 'https://postern.contoso.com', { id: 'localhost', origin: 'http://localhost:4000' }],
    ])('at %j with the address %j', (host, publicUrl, party) => {
      server.change({ publicUrl, allowedHosts: ['postern.lan'] })
      expect(relyingParty(host)).toEqual(party)
    })
  })
})

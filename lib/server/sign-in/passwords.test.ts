import { argon2id } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import { passwordFault, passwordStrength } from '@/lib/password-rules'
import { hashPassword, isOutdated, verifyPassword } from './passwords'

const anna = { name: 'Anna Grünwald', email: 'a.gruenwald@contoso.com' }

describe('hashes of passwords', () => {
  it('are argon2id at the cost that OWASP asks for, each with a salt of its own', async () => {
    const [one, two] = await Promise.all([hashPassword('Regen im Mai'), hashPassword('Regen im Mai')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(two)
  })

  it.each(['Regen im Mai 😀', ' spaces ', 'x'.repeat(1000), '\u0000a'])('fit %j alone', async (password) => {
    const hash = await hashPassword(password)
    expect(await verifyPassword(password, hash)).toBe(true)
    for (const other of [`${password} `, password.slice(0, -1), password.trim().toUpperCase(), ''])
      expect(await verifyPassword(other, hash), other).toBe(false)
  })

  it('nobody signs in where there is none', async () => {
    expect(await verifyPassword('', null)).toBe(false)
    expect(await verifyPassword('Regen im Mai', null)).toBe(false)
  })

  it('take as long where there is no account', async () => {
    const hash = await hashPassword('Regen im Mai')
    const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    await verifyPassword('warm', null)
    for (let n = 0; n < 40; n++) {
      const start = performance.now()
      await verifyPassword('wrong', n % 2 ? hash : null)
      least[n % 2] = Math.min(least[n % 2] ?? 0, performance.now() - start)
    }
    // By turns, and the least of each: what the work itself takes, however busy the machine is.
    const ratio = (least[0] ?? 0) / (least[1] ?? 1)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })

  it('are made again when the cost has changed', async () => {
    const cheap = { memorySize: 8192, iterations: 1, parallelism: 1, hashLength: 32 }
    const old = await argon2id({ ...cheap, password: 'x', salt: new Uint8Array(16), outputType: 'encoded' })
    expect(await verifyPassword('x', old)).toBe(true)
    expect([isOutdated(old), isOutdated(await hashPassword('x'))]).toEqual([true, false])
  })
})

describe('rules of passwords', () => {
  it.each([
    ['kurzer Wald', 'too-short'],
    ['😀'.repeat(11), 'too-short'],
    ['kurzer Wald 3', null],
    ['ñandú çölü üb', null],
    [`${'lange Sätze '.repeat(3)}${'zufällig'.repeat(28)}`, 'too-long'],
    ['mein postern darf', 'personal'],
    ['Grünwald blüht im Mai', 'personal'],
    ['am Tor von CONTOSO', 'personal'],
    ['sonyericsson', 'guessable'],
    ['SonyEricsson', 'guessable'],
    ['passwordpassword', 'guessable'],
    ['p4ssw0rdp4ssw0rd', 'guessable'],
    ['aaaaaaaaaaaaaaaa', 'guessable'],
    ['123456789012', 'guessable'],
    ['correct horse battery staple', null],
  ])('%j: %s', async (password, fault) => expect(await passwordFault(password, anna)).toBe(fault))

  it('are not about what is in many words by chance', async () =>
    expect(await passwordFault('com und an die See', { name: 'An Di', email: 'x@y.com' })).toBeNull())

  it('rate what is known about somebody lower', async () => {
    const password = 'Quetzal-Olin-9'
    const stranger = await passwordStrength(password, anna)
    expect(await passwordStrength(password, { name: 'Olin Quetzal', email: 'q@contoso.com' })).toBeLessThan(stranger)
  })
})

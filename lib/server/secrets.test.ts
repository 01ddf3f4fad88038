import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readSettings, replaceSettings } from './env'
import { forgetSecret, hashToken, keyed, newToken, prepareSecrets, sameHash, seal, unseal } from './secrets'

describe('secrets', () => {
  let parent = ''
  let dir = ''
  const file = () => path.join(dir, 'secret.key')
  const modeOf = (at: string) => (statSync(at).mode & 0o777).toString(8)
  beforeEach(() => {
    parent = mkdtempSync(path.join(tmpdir(), 'postern-secrets-'))
    dir = path.join(parent, 'data')
    replaceSettings(readSettings({ DATA_DIR: dir }))
    forgetSecret()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(parent, { recursive: true })
  })

  it('makes 32 bytes that only the owner may read, in a folder that only the owner may enter', () => {
    prepareSecrets()
    expect([modeOf(file()), modeOf(dir)]).toEqual(['600', '700'])
    expect(readdirSync(dir)).toEqual(['secret.key'])
    expect(readFileSync(file())).toHaveLength(32)
  })

  it('makes another one each time, and keeps it', () => {
    const sealed = seal('x')
    const [key, hash] = [readFileSync(file()), keyed('a', 'x')]
    forgetSecret()
    expect([unseal(sealed), keyed('a', 'x'), readFileSync(file())]).toEqual(['x', hash, key])
    rmSync(file())
    forgetSecret()
    expect(keyed('a', 'x')).not.toBe(hash)
    expect(() => unseal(sealed)).toThrow('another secret.key')
  })

  it.each(['', 'x', 'Größe 👋\u0000', 'x'.repeat(100_000)])('opens what it sealed: %.20j', (text) => {
    const [one, two] = [seal(text), seal(text)]
    expect([unseal(one), unseal(two)]).toEqual([text, text])
    expect(one).not.toBe(two)
    expect(one).toMatch(/^v1\.[\w-]+$/)
  })

  it('notices every changed byte, and every cut', () => {
    const bytes = Buffer.from(seal('ten rounds').slice(3), 'base64url')
    for (let n = 0; n < bytes.length; n++) {
      const changed = Buffer.from(bytes)
      changed[n] = (changed[n] ?? 0) ^ 1
      expect(() => unseal(`v1.${changed.toString('base64url')}`), `byte ${n}`).toThrow('does not open')
      expect(() => unseal(`v1.${bytes.subarray(0, n).toString('base64url')}`), `cut at ${n}`).toThrow()
    }
    expect(() => unseal(bytes.toString('base64url'))).toThrow('not a sealed text')
  })

  it('hashes for one purpose and not for another', () => {
    expect(keyed('a', 'x')).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set([keyed('a', 'x'), keyed('b', 'x'), keyed('a', 'y')]).size).toBe(3)
  })

  it('takes the mode from a key that others may read, and says so', () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    prepareSecrets()
    chmodSync(file(), 0o644)
    forgetSecret()
    prepareSecrets()
    expect(modeOf(file())).toBe('600')
    expect(warned).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('could be read by others'))
  })

  it.each([0, 31, 33])('refuses a key of %i bytes, and leaves it as it is', (length) => {
    prepareSecrets()
    writeFileSync(file(), Buffer.alloc(length))
    forgetSecret()
    expect(prepareSecrets).toThrow(`must have 32 bytes, and has ${length}`)
    expect(readFileSync(file())).toHaveLength(length)
  })
})

describe('tokens', () => {
  it('have 256 bits that need no escaping', () => {
    const tokens = Array.from({ length: 100 }, newToken)
    expect(new Set(tokens).size).toBe(100)
    for (const token of tokens) {
      expect(token).toMatch(/^[\w-]{43}$/)
      expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    }
  })
  it('are stored as their SHA-256', () =>
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'))
  it.each([
    ['ab', 'ab', true],
    ['ab', 'aB', false],
    ['ab', 'abc', false],
    ['', '', true],
  ])('compares %j with %j', (a, b, same) => expect(sameHash(a, b)).toBe(same))
})

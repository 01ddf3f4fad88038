import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from './env'
import { isKnownHost } from './hosts'

describe('settings', () => {
  it('has defaults', () => {
    expect(readSettings({})).toMatchObject({
      maxFileBytes: 200_000_000,
      maxAuditBytes: 1_000_000_000,
      maxArchiveMembers: 1000,
      maxArchiveRatio: 100,
      databaseUrl: `file:${path.resolve('data/postern.db')}`,
    })
  })
  it('takes an empty variable for one that is not set', () =>
    expect(readSettings({ POSTERN_MAX_FILE_BYTES: '', DATABASE_URL: '' }).maxFileBytes).toBe(200_000_000))
  it('reads host names', () =>
    expect(readSettings({ POSTERN_ALLOWED_HOSTS: 'Postern.contoso.com, a:8443' }).allowedHosts).toEqual([
      'postern.contoso.com',
      'a:8443',
    ]))
  it('knows the host of the public address', () => {
    const read = readSettings({ POSTERN_PUBLIC_URL: 'https://Postern.contoso.com:8443/', POSTERN_ALLOWED_HOSTS: 'a' })
    expect(read.publicUrl).toBe('https://postern.contoso.com:8443')
    expect(read.allowedHosts).toEqual(['a', 'postern.contoso.com:8443'])
    expect(isKnownHost('postern.contoso.com:8443', read.allowedHosts)).toBe(true)
    expect(readSettings({}).publicUrl).toBeNull()
  })
  it.each([
    'postern.contoso.com',
    'ftp://a',
    'https://a/b',
    'https://a?b',
    'https://user@a',
    'https://a#b',
    '/',
  ])('refuses %s as public address', (url) =>
    expect(() => readSettings({ POSTERN_PUBLIC_URL: url })).toThrow('Setting POSTERN_PUBLIC_URL'))
  it('sends no mail without a sender and an address for its links', () => {
    const mail = { POSTERN_SMTP_URL: 'smtp://localhost', POSTERN_MAIL_FROM: 'a@contoso.com' }
    expect(() => readSettings(mail)).toThrow('Setting POSTERN_PUBLIC_URL')
    expect(() => readSettings({ ...mail, POSTERN_MAIL_FROM: '' })).toThrow('Setting POSTERN_MAIL_FROM')
    expect(readSettings({ ...mail, POSTERN_PUBLIC_URL: 'https://a' })).toMatchObject({ smtpUrl: 'smtp://localhost' })
  })
  it.each([
    ['hexadecimal', 'aB'.repeat(32)],
    ['base64', Buffer.from('ab'.repeat(32), 'hex').toString('base64')],
    ['base64url', Buffer.from('ab'.repeat(32), 'hex').toString('base64url')],
  ])('reads an encryption key as %s, also from a file', (_, text) => {
    const dir = mkdtempSync(path.join(tmpdir(), 'postern-key-'))
    writeFileSync(path.join(dir, 'key'), `${text}\n`)
    const read = [{ POSTERN_ENCRYPTION_KEY: text }, { POSTERN_ENCRYPTION_KEY_FILE: path.join(dir, 'key') }]
    for (const env of read)
      expect(Buffer.from(readSettings(env).encryptionKey ?? []).toString('hex')).toBe('ab'.repeat(32))
    expect(() => readSettings({ ...read[0], ...read[1] })).toThrow('not both')
    rmSync(dir, { recursive: true })
  })
  it.each([
    ['POSTERN_ENCRYPTION_KEY', 'a'.repeat(63)],
    ['POSTERN_ENCRYPTION_KEY', 'password'],
    ['POSTERN_ENCRYPTION_KEY_FILE', '/nowhere/key'],
    ['POSTERN_ENCRYPTION_KEY_FILE', import.meta.filename],
    ['POSTERN_MAX_FILE_BYTES', '200 MB'],
    ['POSTERN_MAX_ARCHIVE_RATIO', '0'],
    ['POSTERN_MAX_AUDIT_BYTES', '-1'],
    ['DATABASE_URL', 'mysql://x'],
    ['POSTERN_PUBLIC_URL', 'postern.contoso.com'],
    ['POSTERN_PUBLIC_URL', 'https://contoso.com/postern'],
    ['POSTERN_SMTP_URL', 'mail.contoso.com:25'],
    ['POSTERN_MAIL_FROM', 'Postern'],
  ])('names a wrong %s', (name, value) => expect(() => readSettings({ [name]: value })).toThrow(`Setting ${name}`))
})

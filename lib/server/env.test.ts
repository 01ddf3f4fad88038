import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from './env'

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
  it.each([
    ['POSTERN_MAX_FILE_BYTES', '200 MB'],
    ['POSTERN_MAX_ARCHIVE_RATIO', '0'],
    ['POSTERN_MAX_AUDIT_BYTES', '-1'],
    ['DATABASE_URL', 'mysql://x'],
  ])('names a wrong %s', (name, value) => expect(() => readSettings({ [name]: value })).toThrow(`Setting ${name}`))
})

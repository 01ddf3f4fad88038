import { afterEach, describe, expect, it } from 'vitest'
import { readSettings, replaceSettings } from './env'
import { ownAddress } from './own-address'

const asked = (origin?: string) => new Headers(origin === undefined ? {} : { origin })

describe('the address that links begin with', () => {
  afterEach(() => replaceSettings(readSettings(process.env)))

  it('is the public one of the settings, whatever was asked', () => {
    replaceSettings(readSettings({ POSTERN_PUBLIC_URL: 'https://postern.example.com' }))
    expect(ownAddress(asked('http://127.0.0.1:3000'))).toBe('https://postern.example.com')
  })

  it('is else the one that the browser asked, if it is this server', () => {
    replaceSettings(readSettings({ POSTERN_ALLOWED_HOSTS: 'mail.example.org' }))
    expect(ownAddress(asked('http://127.0.0.1:3000'))).toBe('http://127.0.0.1:3000')
    expect(ownAddress(asked('https://mail.example.org'))).toBe('https://mail.example.org')
  })

  it('is not what somebody else says', () => {
    replaceSettings(readSettings({}))
    for (const origin of ['https://evil.example', 'null', '', undefined]) expect(ownAddress(asked(origin))).toBeNull()
  })
})

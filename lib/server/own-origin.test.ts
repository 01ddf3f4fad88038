import { afterEach, describe, expect, it } from 'vitest'
import { readSettings, replaceSettings } from './env'
import { askedHost, ownOrigin } from './own-origin'

const say = (publicUrl?: string) =>
  replaceSettings(readSettings({ DATA_DIR: '/nowhere', ...(publicUrl ? { POSTERN_PUBLIC_URL: publicUrl } : {}) }))

describe('the origin of this server', () => {
  afterEach(() => say())

  it.each(['localhost:3000', 'evil.example', null])('is what the settings say, whatever was asked for: %s', (host) => {
    say('https://p.contoso.com')
    expect(ownOrigin(host)).toBe('https://p.contoso.com')
  })

  it.each([
    ['localhost:3000', 'http://localhost:3000'],
    ['LOCALHOST', 'http://localhost'],
    ['127.0.0.1:1', 'http://127.0.0.1:1'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['p.contoso.com', null],
    ['localhost.evil.example', null],
    ['evil.example/localhost', null],
    ['localhost:3000.evil.example', null],
    ['', null],
    [null, null],
  ])('is only this machine where they say nothing: %s is %s', (host, origin) => {
    say()
    expect(ownOrigin(host)).toBe(origin)
  })

  it('is asked for under the name that the browser used', () => {
    expect(askedHost(new Headers({ host: 'a', 'x-forwarded-host': 'b' }))).toBe('b')
    expect(askedHost(new Headers({ host: 'a' }))).toBe('a')
    expect(askedHost(new Headers())).toBeNull()
  })
})

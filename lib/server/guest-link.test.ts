import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { guestEntry, guestForm, shareIdOf } from './guest-link'
import { newToken } from './secrets'

const entry = (path: string, isSecure = false) => guestEntry(new NextRequest(`http://postern.example${path}`), isSecure)

describe('the address of a link', () => {
  it('is left for one without the token, whether there is such a link or not', () => {
    const token = newToken()
    const answer = entry(`/s/${token}?lang=de`)
    expect(answer?.status).toBe(303)
    expect(answer?.headers.get('location')).toBe(`http://postern.example/s/${shareIdOf(token)}?lang=de`)
    const cookie = answer?.headers.get('set-cookie') ?? ''
    expect(cookie).toBe(`postern-guest=${token}; Path=/s/${shareIdOf(token)}; HttpOnly; SameSite=lax`)
    expect(entry(`/s/${token}`, true)?.headers.get('set-cookie')).toMatch(/; Secure;/)
    for (const [name, value] of [
      ['cache-control', 'no-store'],
      ['referrer-policy', 'no-referrer'],
    ] as const)
      expect(answer?.headers.get(name)).toBe(value)
  })

  it('leads to the same page below it, and never out', () => {
    const token = newToken()
    for (const rest of ['/findings/a.b?q=1', '//evil.example', '/..%2f..'])
      expect(new URL(entry(`/s/${token}${rest}`)?.headers.get('location') ?? '').href).toMatch(
        `http://postern.example/s/${shareIdOf(token)}`,
      )
  })

  it('is any other address where it holds no token', () => {
    for (const path of [
      '/s',
      '/s/',
      '/s/abcdefghij',
      `/s/${'a'.repeat(42)}`,
      `/s/${'a'.repeat(44)}`,
      `/x/${newToken()}`,
    ])
      expect(entry(path), path).toBeNull()
  })

  it('has a public name of 50 bits that is the same each time', () => {
    const tokens = Array.from({ length: 2000 }, newToken)
    expect(new Set(tokens.map(shareIdOf)).size).toBe(2000)
    expect(shareIdOf('x')).toBe(shareIdOf('x'))
    for (const token of tokens) expect(shareIdOf(token)).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/)
  })
})

describe('a form without scripts', () => {
  const own = { origin: 'null', 'sec-fetch-site': 'same-origin', host: 'postern.example' }
  const formOf = (path: string, headers: Record<string, string>) => guestForm(path, new Headers(headers))
  it('counts as this server’s own where the browser says so, and below a link only', () => {
    expect(formOf('/s/abcdefghij', own)).toEqual({ origin: 'https://postern.example', cookie: null })
    expect(formOf('/s/abcdefghij', { ...own, 'x-forwarded-host': 'outside.example', cookie: 'a=b' })).toEqual({
      origin: 'https://outside.example',
      cookie: 'a=b',
    })
    expect(formOf('/a/abcdef', own)).toBeNull()
    expect(formOf('/s/abcdefghij', { ...own, origin: 'https://evil.example' })).toBeNull()
  })

  const token = newToken()
  const plain = { origin: 'null', host: '192.0.2.2:3000' }
  const withLink = { ...plain, cookie: `postern-guest=${token}; postern-session=secret; locale=de; postern-visit=v==` }
  it('counts over plain HTTP where the link’s cookie comes along, and nobody is signed in with it', () => {
    for (const at of [`/s/${shareIdOf(token)}`, `/s/${shareIdOf(token)}/findings`])
      expect(formOf(at, withLink)).toEqual({
        origin: 'https://192.0.2.2:3000',
        cookie: `postern-guest=${token}; locale=de; postern-visit=v==`,
      })
  })

  it('is refused without that cookie, with that of another link, and where the browser says otherwise', () => {
    const at = `/s/${shareIdOf(token)}`
    expect(formOf(at, plain)).toBeNull()
    expect(formOf(at, { ...plain, cookie: 'postern-session=secret; locale=de' })).toBeNull()
    expect(formOf(at, { ...plain, cookie: `postern-guest=${newToken()}` })).toBeNull()
    expect(formOf(`/a/${shareIdOf(token)}`, withLink)).toBeNull()
    expect(formOf(at, { ...withLink, origin: 'http://evil.example' })).toBeNull()
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(formOf(at, { ...withLink, 'sec-fetch-site': site })).toBeNull()
  })
})

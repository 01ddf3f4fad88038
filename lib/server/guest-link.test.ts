import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { guestEntry, guestOrigin, shareIdOf } from './guest-link'
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
  const originOf = (path: string, headers: Record<string, string>) => guestOrigin(path, new Headers(headers))
  it('counts as this server’s own where the browser says so, and below a link only', () => {
    expect(originOf('/s/abcdefghij', own)).toBe('https://postern.example')
    expect(originOf('/s/abcdefghij', { ...own, 'x-forwarded-host': 'outside.example' })).toBe('https://outside.example')
    expect(originOf('/a/abcdef', own)).toBeNull()
    expect(originOf('/s/abcdefghij', { ...own, origin: 'https://evil.example' })).toBeNull()
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(originOf('/s/abcdefghij', { ...own, 'sec-fetch-site': site })).toBeNull()
    expect(originOf('/s/abcdefghij', { origin: 'null', host: 'postern.example' })).toBeNull()
  })
})

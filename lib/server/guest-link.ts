// Also part of the proxy, hence without the mark server-only and without the database.
import { createHash } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'

/** Cookie with the token of a link; it goes to the pages of that link alone. */
export const guestCookie = 'postern-guest'
/** Cookie of a guest's browser: whether the password was given, and the opening counted. */
export const visitCookie = 'postern-visit'

// Crockford's base 32, as in lib/server/ids.ts.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const idLength = 10

/**
 * The public name of a link, from its token: 50 bits of a hash, which say nothing about the token. Known without a look-up, so that a
 * token that exists is redirected like one that does not.
 */
export function shareIdOf(token: string): string {
  const bytes = createHash('sha256').update(`postern share ${token}`).digest()
  return Array.from(bytes.subarray(0, idLength), (b) => alphabet[b % 32]).join('')
}

/** Where the pages of a link begin. */
export const guestBase = (shareId: string): string => `/s/${shareId}`

/** What the way to a link's pages carries, as these do: no copies, no search engines, no address handed on. */
const guestHeaders = [
  ['Cache-Control', 'no-store'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Robots-Tag', 'noindex, nofollow'],
  ['Content-Security-Policy', "default-src 'none'"],
] as const

/** Whether the server is reached over HTTPS, by its public address. */
export const isHttps = (publicUrl: string | null | undefined): boolean => /^https:/i.test(publicUrl ?? '')

/** The attributes of a guest's cookies: for the pages of one link, unreadable for scripts, gone with the browser. */
export const guestCookieOptions = (shareId: string, isSecure: boolean) =>
  ({ path: guestBase(shareId), httpOnly: true, sameSite: 'lax', secure: isSecure }) as const

const withToken = /^\/s\/([A-Za-z0-9_-]{43})(\/.*)?$/

/**
 * For an address with a token: the way to the same page without it, with the token in a cookie, so that it stands in no later address, no
 * history of the page, no `Referer`. Null for any other address.
 */
export function guestEntry(request: NextRequest, isSecure: boolean): NextResponse | null {
  const [, token, rest = ''] = withToken.exec(request.nextUrl.pathname) ?? []
  if (token === undefined) return null
  const shareId = shareIdOf(token)
  const to = request.nextUrl.clone()
  to.pathname = guestBase(shareId) + rest
  const response = NextResponse.redirect(to, 303) // Next leaves out its own name, which may be another behind a proxy
  response.cookies.set(guestCookie, token, guestCookieOptions(shareId, isSecure))
  for (const [name, value] of guestHeaders) response.headers.set(name, value)
  return response
}

/** A guest's form as it is handed on. */
type GuestForm = { readonly origin: string; readonly cookie: string | null }

/** What a form of a guest may bring where nobody says whose form it is. */
const guestsOwn = new Set([guestCookie, visitCookie, 'locale', 'theme'])

type Cookie = readonly [name: string, value: string]

const cookiesIn = (header: string | null): Cookie[] =>
  (header ?? '').split(/;\s*/).map((part) => {
    const [name = '', ...value] = part.split('=')
    return [name, value.join('=')]
  })

/** Whether a page of this link is asked for with the token of the link. */
const hasToken = (path: string, cookies: readonly Cookie[]): boolean =>
  cookies.some(([name, token]) => name === guestCookie && path.split('/')[2] === shareIdOf(token))

/**
 * A form that is sent without scripts from a page with `no-referrer` says `Origin: null`, which Next refuses. Where the browser says by
 * itself that the form is this server's own, it gets the origin it would have named.
 *
 * Over plain HTTP no browser says that, save for localhost. There the link's cookie does: it goes along with no form of another site
 * (SameSite=Lax). A page on another port of this host could send it too, so nothing else goes along: whoever is signed in acts as a guest.
 * Null where nothing is to be changed.
 */
export function guestForm(path: string, headers: Headers): GuestForm | null {
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  if (headers.get('origin') !== 'null' || !path.startsWith('/s/') || host === null) return null
  const origin = `https://${host}`
  const cookie = headers.get('cookie')
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' ? { origin, cookie } : null
  const cookies = cookiesIn(cookie)
  if (!hasToken(path, cookies)) return null
  const kept = cookies.filter(([name]) => guestsOwn.has(name))
  return { origin, cookie: kept.map((pair) => pair.join('=')).join('; ') }
}

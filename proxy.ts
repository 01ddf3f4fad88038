import { type NextRequest, NextResponse } from 'next/server'
import { isLocale } from './lib/i18n/locales'
import { guestEntry, guestForm, isHttps } from './lib/server/guest-link'
import { allowedHosts, isKnownHost } from './lib/server/hosts'

// Not for api/: a proxy that matches an upload hands only its first 10 MB on, without an error. Route handlers have their own door.
export const config = {
  matcher: ['/((?!api/|_next/static|_next/image|icon\\.svg$).*)'],
}

/** The preview of a shared link is shown in a frame of this server's own page, and runs nothing. */
const isPreview = (path: string): boolean => path.startsWith('/shares/preview/')

/** No other origin, and nothing inline without this answer's nonce: no script, no style sheet, no style attribute. */
function contentSecurityPolicy(nonce: string, path: string): string {
  const isDev = process.env.NODE_ENV === 'development'
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(isPreview(path) ? ["frame-ancestors 'self'", 'sandbox allow-same-origin'] : ["frame-ancestors 'none'"]),
  ].join('; ')
}

export function proxy(request: NextRequest): NextResponse {
  if (!isKnownHost(request.headers.get('host'), allowedHosts(process.env)))
    return new NextResponse('This server does not answer under the host name that was asked for.\n', { status: 421 })
  const entry = guestEntry(request, isHttps(process.env.POSTERN_PUBLIC_URL))
  if (entry) return entry
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce, request.nextUrl.pathname)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  const form = guestForm(request.nextUrl.pathname, headers)
  if (form !== null) {
    headers.set('origin', form.origin)
    if (form.cookie !== null) headers.set('cookie', form.cookie)
  }
  headers.set('Content-Security-Policy', policy)
  // `?lang=` holds for this one page: it is handed on as a header that nobody outside can set, and not stored.
  headers.set('x-postern-path', `${request.nextUrl.pathname}${request.nextUrl.search}`)
  headers.delete('x-postern-lang')
  const language = request.nextUrl.searchParams.get('lang')
  if (isLocale(language)) headers.set('x-postern-lang', language)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

// Shared with proxy.ts. A page of another site can make a browser ask this server under that site's own name (DNS rebinding), and then
// read the answer as its own. So a server on a loopback address answers only to the names it is known by.
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Name without the port, in lower case. */
const nameOf = (host: string) => host.toLowerCase().replace(/:\d+$/, '')

/** The names that the settings add: a list, and the host of the public address. In lower case. */
export function allowedHosts(env: Readonly<Record<string, unknown>>): string[] {
  const listed = String(env.POSTERN_ALLOWED_HOSTS ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
  const own = String(env.POSTERN_PUBLIC_URL ?? '')
  return [...listed, URL.canParse(own) ? new URL(own).host : ''].filter(Boolean)
}

/** Whether the Host header names this server. `allowed` are further names from the settings. */
export function isKnownHost(host: string | null, allowed: readonly string[]): boolean {
  if (!host) return false
  const name = nameOf(host)
  return loopback.has(name) || allowed.includes(name) || allowed.includes(host.toLowerCase())
}

/** Whether the browser says that a page of another site asked. Programs, and browsers over plain HTTP, say nothing. */
export function isOtherSite(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  return site !== null && site !== 'same-origin' && site !== 'none'
}

/**
 * Whether a write comes from a page of this server or from a program. Browsers always tell where a request comes from: beside the cookie's
 * SameSite=Lax this check keeps forms of other sites out, also those on another port of the same host.
 */
export function isSameSite(headers: Headers): boolean {
  if (isOtherSite(headers)) return false
  const origin = headers.get('origin')
  if (origin === null) return true
  return URL.canParse(origin) && new URL(origin).host === headers.get('host')?.toLowerCase()
}

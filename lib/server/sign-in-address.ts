/**
 * Where to go after signing in: a path of this server, or `/`. Whatever a browser could take for another site (`//host`, `/\host`, control
 * characters) is not one.
 */
export function safePath(to: string | null | undefined): string {
  if (!to || to.length > 4000 || !/^\/(?![/\\])/.test(to) || /[\s\\\p{Cc}]/u.test(to)) return '/'
  const base = 'http://postern.invalid'
  if (!URL.canParse(to, base)) return '/'
  const url = new URL(to, base)
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/'
}

/** The sign-in page that leads on to an address of this server. */
export function signInAddress(to: string): string {
  const path = safePath(to)
  return path === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(path)}`
}

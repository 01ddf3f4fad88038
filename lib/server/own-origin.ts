import 'server-only'
import { settings } from './env'

const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * The host that the browser asked for. After a form that leads to another page Next asks itself for that page, at the address on which it
 * listens, and hands the browser's host on in `x-forwarded-host`. Whoever can write that header can write `host` too.
 */
export const askedHost = (requested: Headers): string | null =>
  requested.get('x-forwarded-host') ?? requested.get('host')

/**
 * The origin under which people reach this server: what the settings say, else the loopback address that was asked for. Null where nobody
 * said: a further host name alone does not tell whether it is reached over https.
 */
export function ownOrigin(host: string | null): string | null {
  const { publicUrl } = settings()
  if (publicUrl) return publicUrl
  return host && local.test(host) ? `http://${host.toLowerCase()}` : null
}

/** The public address of the settings (null without one), and the origin that was asked for as far as the server is told. */
export function publicAddress(requested: Headers): { readonly asked: string; readonly publicUrl: string | null } {
  const scheme = requested.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 'https' : 'http'
  const asked = `${scheme}://${askedHost(requested) ?? ''}`
  return {
    asked: URL.canParse(asked) ? new URL(asked).origin : 'http://localhost',
    publicUrl: settings().publicUrl,
  }
}

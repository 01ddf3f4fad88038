import 'server-only'
import { settings } from './env'

const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * The origin under which people reach this server: what the settings say, else the loopback address that was asked for. Null where nobody
 * said: a further host name alone does not tell whether it is reached over https.
 */
export function ownOrigin(host: string | null): string | null {
  const { publicUrl } = settings()
  if (publicUrl) return publicUrl
  return host && local.test(host) ? `http://${host.toLowerCase()}` : null
}

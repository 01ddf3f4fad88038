import 'server-only'
import { settings } from './env'
import { isKnownHost } from './hosts'

/**
 * Where people reach this server, such as `https://postern.example.com`: the public address of the settings, else what the browser says it
 * asked, if that is this server. Null where neither is known.
 */
export function ownAddress(sent: Headers): string | null {
  const { publicUrl, allowedHosts } = settings()
  if (publicUrl) return publicUrl
  const origin = sent.get('origin') ?? ''
  return URL.canParse(origin) && isKnownHost(new URL(origin).host, allowedHosts) ? new URL(origin).origin : null
}

import 'server-only'
import { isIP } from 'node:net'
import { settings } from '../env'
import { isKnownHost } from '../hosts'

/** For whom a browser makes and shows a passkey: the name of this server, and the origin of its pages. */
export type RelyingParty = { readonly id: string; readonly origin: string }

const plain = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

/**
 * This server as passkeys know it: the public address of the settings, else the name it was asked under, if it is one of its own. Null
 * where browsers have no passkeys: at a bare IP address, or without https.
 */
export function relyingParty(host: string | null): RelyingParty | null {
  const { publicUrl, allowedHosts } = settings()
  const isLocal = /^localhost(:\d+)?$/i.test(host ?? '')
  if (!publicUrl && !isLocal && !isKnownHost(host, allowedHosts)) return null
  const address = publicUrl && !isLocal ? publicUrl : `${isLocal ? 'http' : 'https'}://${host?.toLowerCase()}`
  const { hostname, origin, protocol } = new URL(address)
  const isSecure = protocol === 'https:' || hostname === 'localhost'
  return isSecure && isIP(plain(hostname)) === 0 ? { id: hostname, origin } : null
}

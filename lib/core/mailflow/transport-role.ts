import { type Config, known, type ReceiveConnector, type Tri, tri } from '../model'
import { once } from './once'
import { serverKey } from './server-names'

/** What Get-ExchangeServer told, by the key of the server; of several the first. */
export const serversByKey = once((config) => new Map([...config.servers].reverse().map((s) => [serverKey(s.name), s])))

/** Major version of a server as `Get-ExchangeServer` tells it: 14 is Exchange 2010, 15 everything since 2013. */
export function majorVersion(config: Config, server: string | null): number | undefined {
  const found = server === null ? undefined : serversByKey(config).get(serverKey(server))
  const major = found && /^\d+/.exec(known(found.version) ?? '')?.[0]
  return major === undefined ? undefined : Number(major)
}

export type TransportRole = 'front-end' | 'hub' | 'unknown'

/**
 * Who takes the session: the front end that clients reach, or the transport service behind it. An Edge has no role to set and counts
 * as a front end, whatever it prints; Exchange 2010 prints none and has only the hub.
 */
export function transportRole(config: Config, c: ReceiveConnector): TransportRole {
  if (c.side === 'edge') return 'front-end'
  const role = known(c.transportRole)?.toLowerCase()
  if (role === 'frontendtransport') return 'front-end'
  if (role === 'hubtransport') return 'hub'
  return majorVersion(config, c.server) === 14 ? 'hub' : 'unknown'
}

/** TransportRole came with Exchange 2013: where it is printed, no version needs to be asked for. */
export function isSince2013(config: Config, c: ReceiveConnector): Tri {
  if (known(c.transportRole)) return 'yes'
  const major = majorVersion(config, c.server)
  return major === undefined ? 'unknown' : tri(major >= 15)
}

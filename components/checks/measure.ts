const isLocal = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$|\.localhost$/.test(host)

/** What is to be said about the address by which somebody came; both are origins. */
export type AddressResult =
  | 'addressGood'
  | 'addressLocal'
  | 'addressPlain'
  | 'addressOther'
  | 'addressAside'
  | 'addressUnset'

/** Compares the address in use with the public one of the settings; null where none is set. */
export function addressResult(used: string, publicUrl: string | null): AddressResult {
  const { protocol, hostname } = new URL(used)
  if (protocol === 'http:' && !isLocal(hostname)) return 'addressPlain'
  if (used === publicUrl) return 'addressGood'
  if (publicUrl !== null) return isLocal(hostname) ? 'addressAside' : 'addressOther'
  return isLocal(hostname) ? 'addressLocal' : 'addressUnset'
}

const toleratedMs = 30_000

/**
 * Seconds by which the server's clock is ahead of this one, 0 where they agree. `sent` and `received` are when it was asked and answered:
 * the server looked at its clock some time between. All in milliseconds.
 */
export function clockOffset(sent: number, server: number, received: number): number {
  const ahead = server > received ? server - received : server < sent ? server - sent : 0
  return Math.abs(ahead) <= toleratedMs ? 0 : Math.round(ahead / 1000)
}

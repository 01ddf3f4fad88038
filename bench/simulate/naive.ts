import { type Config, parseIp } from '../../lib/core/model'

/** What one walk over all connectors says of an anonymous message for a foreign domain: who answers, and what becomes of it. */
export function naiveTrace(
  config: Config,
  server: string,
  from: string,
): { connector: string | null; relayed: boolean } {
  const address = parseIp(from)
  let best: { id: string; size: bigint; c: Config['receiveConnectors'][number] } | null = null
  for (const c of config.receiveConnectors) {
    if (c.server !== server || !('value' in c.enabled) || !c.enabled.value || !('value' in c.bindings)) continue
    if (!c.bindings.value.some((b) => b.port === 25 && b.family === address?.family)) continue
    if (!('value' in c.remoteIPRanges) || address === undefined) continue
    for (const r of c.remoteIPRanges.value) {
      if (r.family !== address.family || address.value < r.lo || address.value > r.hi) continue
      const size = r.hi - r.lo
      if (best === null || size < best.size) best = { id: c.id, size, c }
    }
  }
  if (best === null) return { connector: null, relayed: false }
  const { c, id } = best
  const secured = 'value' in c.authMechanism && c.authMechanism.value.includes('ExternalAuthoritative')
  const granted = config.adPermissions.some(
    (row) =>
      row.connector === id &&
      'value' in row.extendedRights &&
      row.extendedRights.value.includes('ms-exch-smtp-accept-any-recipient'),
  )
  return { connector: id, relayed: secured || granted }
}

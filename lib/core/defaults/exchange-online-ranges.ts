import { type IpRange, intersects, parseIpRange } from '../model'

/**
 * Addresses from which Exchange Online delivers by SMTP, as published by Microsoft's endpoint service (service area Exchange,
 * TCP port 25, instance Worldwide; https://endpoints.office.com). All tenants share them. The list has been the same since 2022,
 * but it may change with 30 days of notice: a finding that used it prints `recordedOn`, and when it is older than
 * `staleAfterDays` nothing passes because of it.
 */
export const exchangeOnlineRanges = {
  instance: 'worldwide',
  source: 'https://endpoints.office.com/endpoints/worldwide',
  endpointSetVersion: '2026081400',
  recordedOn: '2026-10-02',
  staleAfterDays: 120,
  cidrs: [
    '40.92.0.0/15',
    '40.107.0.0/16',
    '52.100.0.0/14',
    '104.47.0.0/17',
    '2a01:111:f400::/48',
    '2a01:111:f403::/48',
  ],
} as const

export const exchangeOnlineCidrs: readonly IpRange[] = exchangeOnlineRanges.cidrs.flatMap((text) => {
  const range = parseIpRange(text)
  return range ? [range] : []
})

const DAY_MS = 86_400_000

/** True when the list is too old, on that day, to say that a range does not belong to Exchange Online. */
export const exchangeOnlineRangesAreStale = (asOf: Date): boolean =>
  asOf.getTime() - Date.parse(exchangeOnlineRanges.recordedOn) > exchangeOnlineRanges.staleAfterDays * DAY_MS

export const touchesExchangeOnline = (range: IpRange): boolean =>
  exchangeOnlineCidrs.some((cidr) => intersects(cidr, range))

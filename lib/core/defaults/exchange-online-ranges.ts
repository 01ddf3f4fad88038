import { covers, type IpRange, intersects, parseIpRange } from '../model'

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

/**
 * Addresses from which Exchange Online, Exchange Online Protection and Forefront used to send and no longer do: in the lists of 2013 to
 * 2018 and no more in that of 2022 and later. Somebody else may have them today.
 * Sources: “Exchange Online Protection IP addresses” (dn163583, 1 March 2018), “IP addresses for FOPE” (hh510075, 23 April 2013).
 */
export const retiredExchangeOnlineRanges: readonly IpRange[] = [
  '23.103.132.0/22',
  '23.103.136.0/21',
  '23.103.144.0/20',
  '23.103.191.0/24',
  '23.103.198.0/23',
  '23.103.200.0/22',
  '23.103.212.0/22',
  '65.55.88.0/24',
  '65.55.169.0/24',
  '94.245.120.64/26',
  '104.212.58.0/23',
  '134.170.132.0/24',
  '134.170.140.0/24',
  '157.55.234.0/24',
  '157.56.110.0/23',
  '157.56.112.0/24',
  '207.46.51.64/26',
  '207.46.100.0/24',
  '207.46.163.0/24',
  '213.199.154.0/24',
  '213.199.180.128/26',
  '216.32.180.0/23',
].flatMap((text) => parseIpRange(text) ?? [])

/** Does the range consist of addresses that Exchange Online has given up? */
export const isRetiredExchangeOnline = (range: IpRange): boolean =>
  retiredExchangeOnlineRanges.some((retired) => covers(retired, range))

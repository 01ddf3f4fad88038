import { covers, type IpRange, knownPart, parseIpRange, type ReceiveConnector } from '../model'
import { type Board, type CardDraft, put } from './board'

/** SMTP sources of Exchange Online, worldwide: endpoints.office.com, service area Exchange, TCP port 25. Shared by all tenants. */
const egress: readonly IpRange[] = [
  '40.92.0.0/15',
  '40.107.0.0/16',
  '52.100.0.0/14',
  '104.47.0.0/17',
  '2a01:111:f400::/48',
  '2a01:111:f403::/48',
].flatMap((text) => parseIpRange(text) ?? [])

export const isExchangeOnline = (range: IpRange): boolean => egress.some((net) => covers(net, range))

/** A host of Exchange Online Protection, such as `contoso-com.mail.protection.outlook.com`. */
export const isCloudHost = (host: string): boolean =>
  /(^|\.)(mail\.protection\.outlook\.com|mx\.microsoft)\.?$/i.test(host)

/** `contoso.mail.onmicrosoft.com` or `contoso.onmicrosoft.com`: domains that only Exchange Online receives for. */
export const isCloudDomain = (domain: string): boolean => /\.onmicrosoft\.com$/i.test(domain)

/** Capabilities that only make sense for a peer in Exchange Online (Set-ReceiveConnector, -TlsDomainCapabilities). */
const cloudCapabilities = new Set(['acceptcloudservicesmail', 'acceptoorgprotocol'])

/** Does the connector promise Exchange Online more than it promises everybody? */
export const receivesFromCloud = (connector: ReceiveConnector): boolean =>
  (knownPart(connector.tlsDomainCapabilities) ?? []).some(
    (entry) =>
      isCloudHost(entry.domain) ||
      entry.capabilities.some((capability) => cloudCapabilities.has(capability.toLowerCase())),
  )

export const cloudCard = (board: Board): CardDraft =>
  put(board, { key: 'cloud', lane: 'cloud', kind: 'exchange-online', name: null, uploaded: false })

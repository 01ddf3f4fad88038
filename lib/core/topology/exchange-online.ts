import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { eopHost, initialDomain, isServiceDomain, routingDomain } from '../mailflow/exchange-online-names'
import { covers, type IpRange, knownPart, type ReceiveConnector } from '../model'
import { type Board, type CardDraft, put } from './board'

/** All of the range belongs to Exchange Online. Whoever lists a wider range did not mean Exchange Online alone. */
export const isExchangeOnline = (range: IpRange): boolean => exchangeOnlineCidrs.some((net) => covers(net, range))

/** A host of Exchange Online Protection, such as `contoso-com.mail.protection.outlook.com`. */
export const isCloudHost = eopHost

/** `contoso.mail.onmicrosoft.com` or `contoso.onmicrosoft.com`: domains that only Exchange Online receives for. */
export const isCloudDomain = (domain: string): boolean => routingDomain(domain) || initialDomain(domain)

/** Capabilities that only make sense for a peer in Exchange Online (Set-ReceiveConnector, -TlsDomainCapabilities). */
const cloudCapabilities = new Set(['acceptcloudservicesmail', 'acceptoorgprotocol'])

/** Does the connector promise Exchange Online more than it promises everybody? */
export const receivesFromCloud = (connector: ReceiveConnector): boolean =>
  (knownPart(connector.tlsDomainCapabilities) ?? []).some(
    (entry) =>
      isServiceDomain(entry.domain) ||
      entry.capabilities.some((capability) => cloudCapabilities.has(capability.toLowerCase())),
  )

export const cloudCard = (board: Board): CardDraft =>
  put(board, { key: 'cloud', lane: 'cloud', kind: 'exchange-online', name: null, uploaded: false })

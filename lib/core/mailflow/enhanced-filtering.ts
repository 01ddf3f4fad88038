import { type Config, contains, type InboundConnector, isTrue, type Tri } from '../model'
import { allOf, anyOf, type Fact, fact } from './fact'
import { isHybridPair, isPartnerType } from './hybrid-connectors'
import { isListedWhole } from './listing'
import { isForAllSenders } from './lock-down'
import { flagOf, listOf } from './property-of'

/**
 * Does the connector look past the hosts in between for the address that a message came from? By EFSkipLastIP, or for the addresses
 * of EFSkipIPs. Source: Enhanced filtering for connectors in Exchange Online.
 */
export function looksPast(c: InboundConnector): Fact {
  const [last, addresses] = [flagOf(c, 'EFSkipLastIP'), listOf(c, 'EFSkipIPs')]
  return anyOf([
    fact(isTrue(last), last),
    fact(
      contains(addresses, () => true),
      addresses,
    ),
  ])
}

/** What looksPast is read from. */
export const enhancedFilteringReads = ['EFSkipLastIP', 'EFSkipIPs'] as const

/** The enabled connector that a gateway of a third party comes in by: for the mail of all partners. */
export const isGatewayDoor = (c: InboundConnector): Fact =>
  allOf([fact(isTrue(c.enabled), c.enabled), isPartnerType(c), isForAllSenders(c)])

/** An enabled connector that mail from the Internet may come in by: that of a gateway, or of the own servers. */
export const isInternetDoor = (c: InboundConnector): Fact => anyOf([isGatewayDoor(c), isHybridPair(c)])

/** Does an enabled connector that mail from the Internet may come in by look past the hosts in between? no only with a whole listing. */
export function filtersOnThePath(config: Config): Tri {
  const { value } = anyOf(config.inboundConnectors.map((c) => allOf([isInternetDoor(c), looksPast(c)])))
  return value === 'no' && isListedWhole(config, 'inboundConnectors') !== 'yes' ? 'unknown' : value
}

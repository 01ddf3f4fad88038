import { type Config, contains, type InboundConnector, isTrue } from '../model'
import { senderPattern } from './cloud-partner'
import { allOf, anyOf, type Fact, fact } from './fact'
import { isPartnerType } from './hybrid-connectors'
import { isListedWhole } from './listing'
import { flagOf, listOf } from './property-of'

/** Does the connector stand for all senders? */
export const isForAllSenders = (c: InboundConnector): Fact => {
  const senders = listOf(c, 'SenderDomains')
  return fact(
    contains(senders, (d) => senderPattern(d) === '*'),
    senders,
  )
}

/** RestrictDomainsToCertificate or RestrictDomainsToIPAddresses: it refuses what does not prove where it comes from. */
export const restrictsSenders = (c: InboundConnector): Fact =>
  anyOf(
    ['RestrictDomainsToCertificate', 'RestrictDomainsToIPAddresses'].map((name) => {
      const p = flagOf(c, name)
      return fact(isTrue(p), p)
    }),
  )

/**
 * Does Exchange Online take mail from the Internet only through the gateway: an enabled Partner connector for `*` that refuses all
 * others? no only where all inbound connectors are listed. Source: Manage mail flow using a third-party cloud service, scenario 1.
 */
export function lockDown(config: Config): Fact {
  const found = anyOf(
    config.inboundConnectors.map((c) =>
      allOf([fact(isTrue(c.enabled), c.enabled), isPartnerType(c), isForAllSenders(c), restrictsSenders(c)]),
    ),
  )
  if (found.value !== 'no' || isListedWhole(config, 'inboundConnectors') === 'yes') return found
  return { value: 'unknown', evidence: found.evidence }
}

import {
  type CollectionName,
  type Config,
  contains,
  type HybridConfiguration,
  isTrue,
  or,
  type ReceiveConnector,
  type TlsDomainCapability,
  tri,
} from '../model'
import type { Missing } from '../rules/define-rule'
import { isServiceDomain, routingDomain } from './exchange-online-names'
import { allOf, anyOf, type Fact, fact } from './fact'
import { isHybridPair, routesMail, routesToTenant } from './hybrid-connectors'
import { areOutboundListed, isListedWhole } from './listing'
import { exportOf } from './missing'
import { once } from './once'

/** Set-ReceiveConnector, -TlsDomainCapabilities: what lets Exchange Online hand over its headers, since 2013 and in 2010. */
export const hybridCapabilities: readonly string[] = ['AcceptCloudServicesMail', 'AcceptOorgProtocol']
const isHybridCapability = (name: string) => hybridCapabilities.some((c) => c.toLowerCase() === name.toLowerCase())

/** The entry by which a server recognises Exchange Online. One pinned to issuer and subject no longer matches its certificate. */
export const isHybridEntry = (e: TlsDomainCapability): boolean =>
  !e.pinned && isServiceDomain(e.domain) && e.capabilities.some(isHybridCapability)

const mayBeHybridEntry = (e: TlsDomainCapability) => !e.pinned && isServiceDomain(e.domain) && e.unknownBits !== 0

/** Does the connector recognise Exchange Online by its certificate? Says nothing of Enabled. */
export function hybridRecv(c: ReceiveConnector): Fact {
  const p = c.tlsDomainCapabilities
  const listed = contains(p, isHybridEntry)
  const value = listed === 'no' && contains(p, mayBeHybridEntry) !== 'no' ? 'unknown' : listed
  return fact(value, p)
}

/** Centralized mail transport: Exchange Online sends everything, also to the Internet, through the own servers. */
export const cmtOn = once((config: Config): Fact => {
  const connectors = config.outboundConnectors
    .filter(routesMail)
    .map((c) =>
      allOf([isHybridPair(c), fact(isTrue(c.routeAllMessagesViaOnPremises), c.routeAllMessagesViaOnPremises)]),
    )
  const found = anyOf(connectors)
  if (found.value !== 'no') return found
  return areOutboundListed(config, ['plain']) === 'yes' ? found : { value: 'unknown', evidence: found.evidence }
})

export const hasFeature = (h: HybridConfiguration, ...names: readonly string[]): Fact =>
  fact(
    contains(h.features, (f) => names.some((n) => n.toLowerCase() === f.trim().toLowerCase())),
    h.features,
  )

const enabledHybridRecv = (c: ReceiveConnector): Fact => allOf([hybridRecv(c), fact(isTrue(c.enabled), c.enabled)])

/** What those who ask for strongHybridEvidence look at. */
export const hybridEvidenceReads = {
  sendConnectors: ['AddressSpaces'],
  receiveConnectors: ['Enabled', 'TlsDomainCapabilities'],
  hybridConfigurations: ['Features'],
  inboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'],
  outboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'],
} as const satisfies Partial<Record<CollectionName, readonly string[]>>

/** The exports that would tell whether there is a hybrid, where strongHybridEvidence is unknown. */
export function hybridEvidenceMissing(config: Config): readonly [Missing, ...Missing[]] {
  const open = (['sendConnectors', 'receiveConnectors'] as const).filter((c) => isListedWhole(config, c) !== 'yes')
  const [first, ...rest] = open.map((c) => exportOf(c))
  return first ? [first, ...rest] : [exportOf('hybridConfigurations')]
}

/**
 * Is mail between these servers and Exchange Online meant to be hybrid? no only where complete listings of send and receive
 * connectors show no sign of it, or the hybrid configuration leaves mail out (a minimal hybrid).
 */
export const strongHybridEvidence = once((config: Config): Fact => {
  const signs = anyOf([
    ...config.hybridConfigurations.map((h) => hasFeature(h, 'SecureMail')),
    ...config.inboundConnectors.map(isHybridPair),
    ...config.outboundConnectors.map(isHybridPair),
    ...config.receiveConnectors.map(enabledHybridRecv),
    ...config.sendConnectors.map(routesToTenant), // also a disabled one
  ])
  if (signs.value !== 'no') return signs
  const complete = or(
    tri(
      config.receiveConnectors.length > 0 &&
        isListedWhole(config, 'receiveConnectors') === 'yes' &&
        isListedWhole(config, 'sendConnectors') === 'yes',
    ),
    tri(config.hybridConfigurations.length > 0 && config.sendConnectors.length > 0),
  )
  return complete === 'yes' ? signs : { value: 'unknown', evidence: signs.evidence }
})

/** An accepted routing domain alone: a tenant that is known here, without any connector that hybrid mail needs. */
export const weakHybridEvidence = once(
  (config: Config): Fact =>
    anyOf(
      config.acceptedDomains
        .filter((d) => d.side !== 'exchange-online')
        .map((d) =>
          fact(d.domainName.state === 'ok' ? tri(routingDomain(d.domainName.value)) : 'unknown', d.domainName),
        ),
    ),
)

export { eopHost, initialDomain, isServiceDomain, normHost, routingDomain } from './exchange-online-names'

import { hasGroup, hasMechanism } from '../../mailflow/permissions'
import { flagOf, listOf } from '../../mailflow/property-of'
import { sameServer } from '../../mailflow/server-names'
import {
  and,
  type Config,
  contains,
  isTrue,
  not,
  or,
  type Property,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import type { Packet, TraceConfidence } from '../types'

export type Judged = {
  readonly value: Tri
  readonly because: readonly Property<unknown>[]
  readonly rests?: TraceConfidence
}

/**
 * Does the connector recognise Exchange servers? With X-ANONYMOUSTLS suppressed they sign in only where the transport service may
 * do so without it. Source: Set-ReceiveConnector, -SuppressXAnonymousTls; Disable TLS between Active Directory sites.
 */
export function knowsExchangeServers(c: ReceiveConnector, config: Config): Judged {
  const mechanism = hasMechanism(c, 'ExchangeServer')
  const suppressed = flagOf(c, 'SuppressXAnonymousTls')
  if (mechanism !== 'yes' || isTrue(suppressed) === 'no') return { value: mechanism, because: [c.authMechanism] }
  if (isTrue(suppressed) === 'unknown') return { value: 'unknown', because: [c.authMechanism, suppressed] }
  const service = config.transportServices.find((s) => sameServer(s.server ?? s.name, c.server))
  const downgraded = service === undefined ? undefined : flagOf(service, 'UseDowngradedExchangeServerAuth')
  const value: Tri = downgraded !== undefined && isTrue(downgraded) === 'yes' ? 'yes' : 'no'
  return {
    value,
    because: [suppressed, ...(downgraded ? [downgraded] : [])],
    rests: value === 'yes' ? 'likely' : 'certain',
  }
}

/** Is a sign-in offered? Basic with BasicAuthRequireTLS only inside TLS. Source: Set-ReceiveConnector, -AuthMechanism. */
export function offersSignIn(c: ReceiveConnector, encrypted: Tri): Tri {
  const basic = and(hasMechanism(c, 'BasicAuth'), or(encrypted, not(hasMechanism(c, 'BasicAuthRequireTLS'))))
  return or(hasMechanism(c, 'Integrated'), basic)
}

/**
 * Is the client a partner: mutual TLS with a domain from which the organisation wants nothing else? Source: Domain security;
 * Set-TransportConfig, -TLSReceiveDomainSecureList. How the certificate is compared with the list, no document says.
 */
export function isPartner(c: ReceiveConnector, packet: Packet, encrypted: Tri, config: Config): Judged {
  const names = packet.peerNames ?? []
  if (names.length === 0) return { value: 'no', because: [] }
  const flag = flagOf(c, 'DomainSecureEnabled')
  const lists = config.transportConfigs
    .filter((t) => t.side !== 'exchange-online')
    .map((t) => listOf(t, 'TLSReceiveDomainSecureList'))
  const bears = (domain: string) => names.some((n) => `.${n.toLowerCase()}`.endsWith(`.${domain.trim().toLowerCase()}`))
  const listed = lists.length === 0 ? 'unknown' : or(...lists.map((l) => contains(l, bears)))
  const value = and(hasGroup(c, 'Partners'), isTrue(flag), encrypted, listed)
  return { value, because: [flag, c.permissionGroups, ...lists], rests: 'likely' }
}

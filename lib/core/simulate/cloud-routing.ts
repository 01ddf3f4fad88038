import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { type OutboundLoser, type OutboundReason, selectOutbound } from '../mailflow/cloud-outbound'
import { type RuleRoute, routingRule } from '../mailflow/cloud-rules'
import { routingDomain } from '../mailflow/exchange-online-names'
import { isTrue, known, type OutboundConnector } from '../model'
import { isExported, missingFromCloud } from './cloud'
import { byMx, toHosts } from './cloud-next-hop'
import { type Leaving, leaving, openEnd } from './ending'
import { after } from './servers'
import { because, step } from './step'
import type { Handler, HopResult, NotChosen, Packet, World } from './types'

const notChosen = (losers: readonly OutboundLoser[]): readonly NotChosen[] =>
  losers.map((l): NotChosen => {
    const [proof] = because(l.because)
    const reason: OutboundReason = l.reason
    return { id: l.connector.id, reason, ...(proof ? { because: proof } : {}) }
  })

/** Transport rules come first: one of them may name the connector. Source: New-TransportRule, -RouteMessageOutboundConnector. */
export const cloudRouting: Handler = (packet, world) => {
  const { config } = world
  const domain = domainOf(packet.rcptTo)
  if (domain === undefined || packet.rcptTo === null) return { steps: [], end: openEnd(packet) }
  const internal = packet.authAs === 'Internal' ? 'yes' : packet.authAs === 'unknown' ? 'unknown' : 'no'
  const ruled = routingRule(config, { mailFrom: packet.mailFrom, rcptTo: packet.rcptTo, internal })
  if (ruled.state === 'not-exported') {
    const missing = [missingFromCloud('Get-TransportRule')]
    return { steps: [step('routing', 'not-certain', { params: { domain }, missing })], end: openEnd(packet) }
  }
  if (ruled.state === 'none') {
    const way = withoutRule(packet, world, domain)
    if (ruled.isSure) return way
    const missing = [missingFromCloud('Get-TransportRule')]
    return after([step('routing', 'rules-not-exported', { missing, confidence: 'likely' })], way)
  }
  const rule = ruled.rule.name
  if (ruled.state === 'routes') return byRule(packet, world, domain, ruled)
  const open = step('routing', 'rule-not-decided', {
    params: { domain, rule },
    because: because(ruled.connector),
    confidence: 'unknown',
  })
  return {
    steps: [open],
    branches: [
      { reason: 'rule-applies', params: { rule }, result: byRule(packet, world, domain, ruled) },
      { reason: 'rule-does-not-apply', params: { rule }, result: withoutRule(packet, world, domain) },
    ],
  }
}

function byRule(
  packet: Packet,
  world: World,
  domain: string,
  { rule, connector }: Extract<RuleRoute, { rule: unknown }>,
): HopResult {
  const name = (known(connector) ?? '').toLowerCase()
  const found = world.config.outboundConnectors.find((c) => c.name.toLowerCase() === name)
  const parts = { params: { domain, rule: rule.name }, because: because(connector) }
  if (found === undefined || isTrue(found.enabled) !== 'yes') {
    const missing = [missingFromCloud('Get-OutboundConnector')]
    return { steps: [step('routing', 'not-certain', { ...parts, missing })], end: openEnd(packet) }
  }
  return after([step('routing', 'by-rule', { ...parts, chosen: found.id })], through(packet, world, found, domain))
}

function leavingTo(packet: Packet, world: World, domain: string, isSpecific: boolean): Leaving {
  const owner = ownershipOf(world.config, 'exchange-online', domain)
  return leaving(packet, owner.state === 'own' ? (owner.type ?? 'InternalRelay') : null, isSpecific)
}

const isSpecific = (c: OutboundConnector): boolean => !(known(c.recipientDomains) ?? ['*']).includes('*')

const through = (packet: Packet, world: World, c: OutboundConnector, domain: string): HopResult =>
  toHosts(packet, world, c, leavingTo(packet, world, domain, isSpecific(c)))

/** A mailbox, the servers, or the Internet. */
function withoutRule(packet: Packet, world: World, domain: string): HopResult {
  const { config } = world
  const owner = ownershipOf(config, 'exchange-online', domain)
  const params = { domain }
  if (owner.state === 'unknown' || (owner.state === 'own' && owner.type === undefined)) {
    const missing = [missingFromCloud('Get-AcceptedDomain')]
    const decision = owner.state === 'unknown' ? 'domain-not-known' : 'type-not-known'
    return { steps: [step('routing', decision, { params, missing })], end: openEnd(packet) }
  }
  if (owner.state === 'foreign' || owner.type !== 'Authoritative') return byConnector(packet, world, domain)
  const here: HopResult = {
    steps: [
      step('routing', 'own-recipient', {
        params,
        because: because(owner.domain.domainName, owner.domain.domainType),
        confidence: 'likely',
      }),
    ],
    end: packet.taken ?? { disposition: 'accepted' },
  }
  // What came from the servers came because the mailbox is here, and mail within the tenant never visits them.
  const fresh = packet.direction === 'incoming' && !packet.wasOnPremises
  if (packet.wasOnPremises || !isExported(config, 'outboundConnectors')) return here
  const route = selectOutbound(config, { domain, viaServers: fresh })
  if (route.state === 'winner' && route.central) return byConnector(packet, world, domain)
  if (routingDomain(domain) || route.state === 'none') return here
  const open = step('routing', 'mailbox-here-or-there', { params, confidence: 'likely' })
  return {
    steps: [open],
    branches: [
      { reason: 'mailbox-here', result: here },
      { reason: 'mailbox-on-servers', result: byConnector(packet, world, domain) },
    ],
  }
}

function byConnector(packet: Packet, world: World, domain: string): HopResult {
  const { config } = world
  const params = { domain }
  const missing = [missingFromCloud('Get-OutboundConnector')]
  if (!isExported(config, 'outboundConnectors'))
    return { steps: [step('routing', 'not-certain', { params, missing })], end: openEnd(packet) }
  // Mail that has been on the servers does not go back to them (KB3194415).
  const route = selectOutbound(config, { domain, viaServers: !packet.wasOnPremises })
  const parts = { params, notChosen: notChosen(route.losers) }
  switch (route.state) {
    case 'unknown':
      return { steps: [step('routing', 'not-certain', { ...parts, missing })], end: openEnd(packet) }
    case 'none':
      return after(
        [step('routing', 'no-connector', parts)],
        byMx(packet, world, null, domain, leavingTo(packet, world, domain, false)),
      )
    case 'several':
      return {
        steps: [step('routing', 'several', { ...parts, confidence: 'likely' })],
        branches: route.choices.map((c) => ({
          reason: 'connector-takes',
          params: { connector: c.name },
          result: through(packet, world, c, domain),
        })),
      }
    case 'winner': {
      const c = route.connector
      const chosen = step('routing', route.central ? 'centralized' : 'selected', {
        ...parts,
        chosen: c.id,
        params: { ...params, connector: c.name },
        because: because(route.central ? c.routeAllMessagesViaOnPremises : c.recipientDomains),
        confidence: route.certain ? 'certain' : 'likely',
      })
      return after([chosen], through(packet, world, c, domain))
    }
  }
}

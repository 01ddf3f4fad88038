import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { routingDomain } from '../mailflow/exchange-online-names'
import { isRemoved } from '../mailflow/send-candidates'
import { type Choice, type Loser, selectSendConnector } from '../mailflow/send-selection'
import { sameServer } from '../mailflow/server-names'
import { type Config, known, knownPart, type SendConnector } from '../model'
import { type Leaving, leaving, openEnd, taken } from './ending'
import { toNextHop } from './next-hop'
import { after, anyOf } from './servers'
import { sendTls } from './stages/send-tls'
import { because, step } from './step'
import type { Branch, Handler, HopResult, NotChosen, Packet, World } from './types'

const sideOf = (packet: Packet) => (packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const))

const notChosen = (losers: readonly Loser[]): NotChosen[] =>
  losers.map((l) => {
    const [proof] = because(l.because)
    return { id: l.connector.id, reason: l.reason, ...(proof ? { because: proof } : {}) }
  })

/**
 * The message lies on a server and looks for its way: a mailbox of the organisation, or the send connector that takes its domain.
 * Source: Mail routing (learn.microsoft.com).
 */
export const serverRouting: Handler = (packet, world) => {
  const { config } = world
  const domain = domainOf(packet.rcptTo)
  if (domain === undefined) return { steps: [], end: openEnd(packet) }
  // Mailboxes behind the routing domain are in the cloud, although the HCW makes it an accepted domain of the servers.
  if (routingDomain(domain)) return byConnector(packet, world, domain, 'InternalRelay')
  const owner = ownershipOf(config, 'on-premises', domain)
  const params = { domain, server: packet.node.id }
  if (owner.state === 'foreign') return byConnector(packet, world, domain, null)
  if (owner.state === 'unknown' || owner.type === undefined) {
    const missing = [{ cmdlet: 'Get-AcceptedDomain', side: 'on-premises' as const, servers: [] }]
    const decision = owner.state === 'unknown' ? 'domain-not-known' : 'type-not-known'
    return { steps: [step('routing', decision, { params, missing })], end: openEnd(packet) }
  }
  if (owner.type !== 'Authoritative' || packet.node.kind === 'edge')
    return byConnector(packet, world, domain, owner.type)
  // A mailbox, or an object that names an address elsewhere: recipients are not exported.
  const proof = because(owner.domain.domainName, owner.domain.domainType)
  const end = taken(packet, true)
  return {
    steps: [step('routing', 'own-recipient', { params, because: proof, confidence: 'likely' })],
    end,
  }
}

/** Is the domain accepted only through one above it? */
function isBelowOnly(config: Config, domain: string): boolean {
  const owner = ownershipOf(config, 'on-premises', domain)
  const name = owner.state === 'own' ? known(owner.domain.domainName) : undefined
  return name !== undefined && name !== '*' && name !== domain
}

const views = new WeakMap<Config, Config>()

/**
 * The connectors of an Edge without `--`: an Edge does not find a subdomain below the accepted domain, and mail for it leaves for the
 * Internet. Source: 554 5.4.14 NDR for outgoing email sent to an on-premises application (learn.microsoft.com).
 */
function withoutOrganisation(config: Config): Config {
  const found = views.get(config)
  if (found) return found
  const sendConnectors = config.sendConnectors.map((c) => {
    const spaces = c.addressSpaces
    if (!('value' in spaces)) return c
    return { ...c, addressSpaces: { ...spaces, value: spaces.value.filter((s) => s.domain !== '--') } }
  })
  const view = { ...config, sendConnectors }
  views.set(config, view)
  return view
}

/** `type`: that of the accepted domain, null for a foreign one. */
function byConnector(packet: Packet, world: World, domain: string, type: string | null): HopResult {
  const edge = packet.node.kind === 'edge'
  const config = edge && isBelowOnly(world.config, domain) ? withoutOrganisation(world.config) : world.config
  const route = selectSendConnector(config, { server: packet.node.id, domain, size: packet.size, edge })
  const params = { domain, server: packet.node.id }
  const parts = { params, notChosen: notChosen(route.losers) }
  const lacks = (...cmdlets: readonly string[]) =>
    cmdlets.map((cmdlet) => ({ cmdlet, side: sideOf(packet), servers: edge ? [packet.node.id] : [] }))
  const go = ({ connector, space }: Choice): HopResult => {
    const isSpecific = space !== null && space.domain !== '*'
    return toSource(packet, world, connector, leaving(packet, type, isSpecific))
  }
  switch (route.state) {
    case 'unknown':
      return {
        steps: [step('routing', 'not-certain', { ...parts, missing: lacks('Get-SendConnector') })],
        end: openEnd(packet),
      }
    case 'none': {
      if (!route.tooSmall) return { steps: [step('routing', 'unreachable', parts)], end: { disposition: 'no-route' } }
      const reply = { code: '550 5.3.4', text: 'Message size exceeds the limit of every connector' }
      return { steps: [step('routing', 'all-too-small', parts)], end: { disposition: 'rejected', reply } }
    }
    case 'several': {
      const missing = lacks(...route.lacks)
      const why = route.choices.flatMap((c) => because(c.connector.addressSpaces))
      const confidence = missing.length > 0 ? ('unknown' as const) : ('likely' as const)
      const branches = route.choices.map((choice): Branch => {
        const reason = 'connector-takes'
        return { reason, params: { connector: choice.connector.name }, result: go(choice) }
      })
      const none: Branch = { reason: 'no-connector-takes', result: { steps: [], end: { disposition: 'no-route' } } }
      return {
        steps: [step('routing', 'several', { ...parts, because: why, missing, confidence })],
        branches: route.orNone ? [...branches, none] : branches,
      }
    }
    case 'winner': {
      const { connector, space } = route
      const routed = step('routing', 'selected', {
        ...parts,
        chosen: connector.id,
        params: { ...params, connector: connector.name, space: space.text },
        because: because(connector.addressSpaces),
        confidence: route.certain && config === world.config ? 'certain' : 'likely',
      })
      return after([routed], go(route))
    }
  }
}

/** A server that is no source of the connector hands the message to one that is; each of them does it all anew. */
function toSource(packet: Packet, world: World, c: SendConnector, out: Leaving): HopResult {
  const sources = knownPart(c.sourceTransportServers) ?? []
  const why = because(c.sourceTransportServers)
  const params = { server: packet.node.id, connector: c.name, servers: sources.join(', ') }
  if (sources.length === 0 || sources.some((s) => sameServer(s, packet.node.id))) return deliver(packet, world, c, out)
  const live = sources.filter((s) => !isRemoved(s))
  if (live.length === 0) {
    const gone = step('next-hop', 'no-source-server', { params, because: why, confidence: 'likely' })
    return { steps: [gone], end: { disposition: 'queued' } }
  }
  return anyOf(live, packet, world, (node, onward) => ({
    steps: [step('next-hop', 'to-source-server', { chosen: node.id, params, because: why })],
    next: { ...onward, node, entry: 'routing', connector: c.id },
  }))
}

function deliver(packet: Packet, world: World, c: SendConnector, out: Leaving): HopResult {
  const tls = sendTls(packet, world, c)
  if (tls.end !== undefined) return { steps: tls.steps, end: tls.end }
  return after(tls.steps, toNextHop({ ...packet, connector: c.id, ...tls.set }, world, c, out))
}

import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { mxServers, mxTargetOf } from '../mailflow/mx'
import { mailboxServers } from '../mailflow/transport-servers'
import { withoutServer } from './any-server'
import { cloudNode, isCloudName } from './cloud'
import { openEnd } from './ending'
import { atServer, nodeOf } from './entry'
import { anyOf } from './servers'
import { step } from './step'
import type { Handler, Packet, TraceNode, TraceQuestion, World } from './types'

const internet: TraceNode = { kind: 'internet', id: 'Internet' }
/** A message on one of the own servers, nobody said on which. */
const organisation: TraceNode = { kind: 'server', id: '?' }

/** Where a question begins: a session to a server, a message on a server, one at Exchange Online, or one on the Internet. */
export function beginAt(world: World, q: TraceQuestion, session: Packet): Packet {
  if (q.from === null && q.origin === 'exchange-online' && (q.to === null || isCloudName(q.to)))
    return {
      ...session,
      node: cloudNode,
      entry: 'routing',
      direction: 'originating',
      authAs: 'Internal',
      peerNames: null,
    }
  if (q.to !== null && isCloudName(q.to)) return { ...session, node: cloudNode, entry: 'session' }
  if (q.from === null && q.origin === 'on-premises') {
    const [only, ...others] = mailboxServers(world.config)
    const node =
      q.to !== null
        ? nodeOf(world, q.to)
        : only !== undefined && others.length === 0
          ? nodeOf(world, only)
          : organisation
    return { ...session, node, entry: 'routing', wasOnPremises: true, authAs: 'Internal' }
  }
  if (q.to !== null) return session
  // Without a word about DNS, and where nothing is known of a tenant, mail of strangers comes to the servers.
  const told = Object.keys(world.answers).some((key) => key === 'mx' || key.startsWith('mx:'))
  const hasTenant = world.config.exports.some((b) => b.side === 'exchange-online')
  const follows = q.from === null && q.origin === 'internet' && q.rcptTo !== null && (told || hasTenant)
  return follows ? { ...session, node: internet, entry: 'routing' } : withoutServer(session, world)
}

/** Any of the own servers has the message. */
export const anywhere: Handler = (packet, world) => {
  const servers = mailboxServers(world.config)
  if (servers.length === 0) return { steps: [], end: openEnd(packet) }
  return anyOf(servers, packet, world, (node, chosen) => ({ steps: [], next: { ...chosen, node } }))
}

export const isAnywhere = (packet: Packet): boolean => packet.node.id === organisation.id && packet.entry === 'routing'

/** Strangers ask DNS for the MX of the recipient. */
export const fromInternet: Handler = (packet, world) => {
  const domain = domainOf(packet.rcptTo) ?? ''
  const isOwn = (side: 'on-premises' | 'exchange-online') => ownershipOf(world.config, side, domain).state === 'own'
  const own = isOwn('on-premises') || isOwn('exchange-online')
  const params = { domain }
  const target = mxTargetOf(world.config, world.answers, domain, own)
  if (target === 'exchange-online')
    return {
      steps: [step('next-hop', 'mx-exchange-online', { chosen: cloudNode.id, params })],
      next: { ...packet, node: cloudNode, entry: 'session' },
    }
  if (target === 'on-premises')
    return anyOf(mxServers(world.config), packet, world, (node, chosen) => ({
      steps: [step('next-hop', 'mx-own-server', { chosen: node.id, params, confidence: 'likely' })],
      next: { ...atServer(chosen, world, node.id), entry: 'session' },
    }))
  const decision = target === 'gateway' ? 'mx-gateway' : target === 'internet' ? 'mx-internet' : 'mx-not-known'
  return { steps: [step('next-hop', decision, { params, confidence: 'unknown' })], end: openEnd(packet) }
}

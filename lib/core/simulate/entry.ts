import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { isServiceDomain } from '../mailflow/exchange-online-names'
import { sameServer } from '../mailflow/server-names'
import { edgeNames, serverNames } from '../mailflow/transport-servers'
import { parseIp } from '../model'
import type { Address, Client, Packet, TraceNode, TraceQuestion, World } from './types'

const isCloudAddress = (a: Address): boolean =>
  exchangeOnlineCidrs.some((r) => r.family === a.family && r.lo <= a.value && a.value <= r.hi)

/** The node a name stands for. An Edge is told by its connectors, its role or a subscription. */
export function nodeOf(world: World, server: string): TraceNode {
  const name = serverNames(world.config).find((n) => sameServer(n, server)) ?? server
  const isEdge = edgeNames(world.config).some((n) => sameServer(n, server))
  return { kind: isEdge ? 'edge' : 'server', id: name }
}

function clientOf(q: TraceQuestion, address: Address | null): Client {
  const kind =
    q.origin === 'other-tenant' || q.origin === 'exchange-online'
      ? q.origin
      : address !== null && isCloudAddress(address)
        ? 'exchange-online'
        : q.origin === 'on-premises'
          ? 'device'
          : 'internet'
  return { kind, name: null, address }
}

/** The first packet of a question about a session: who connects to which server, and what is said. */
export function sessionPacket(world: World, q: TraceQuestion, server: string): Packet {
  const address = q.from === null ? null : (parseIp(q.from) ?? null)
  const local = q.localIp === null ? null : (parseIp(q.localIp) ?? null)
  const peerNames = q.peerCert === null ? null : [q.peerCert]
  return {
    node: nodeOf(world, server),
    entry: 'session',
    client: clientOf(q, address),
    port: q.port,
    localAddress: local,
    tls: q.tls === 'starttls' ? 'yes' : 'no',
    peerNames,
    auth: q.auth,
    mailFrom: q.mailFrom,
    rcptTo: q.rcptTo,
    size: q.size,
    originator: q.originator,
    // Exchange Online writes the headers of the organisation; who else shows its certificate is not known to.
    crossPremises: peerNames?.some(isServiceDomain) ? (q.originator === null ? 'unknown' : 'yes') : 'no',
    authAs: 'Anonymous',
    direction: 'unknown',
    wasOnPremises: false,
    connector: null,
    taken: null,
  }
}

import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { initialDomain, isServiceDomain } from '../mailflow/exchange-online-names'
import { serverKey } from '../mailflow/server-names'
import { edgeNames, serverNames } from '../mailflow/transport-servers'
import { type Config, parseIp, type Tri } from '../model'
import { anyInternetAddress } from './any-address'
import type { Address, Client, Packet, TraceNode, TraceQuestion, World } from './types'

const SERVICE = 'mail.protection.outlook.com'
/** A tenant that nobody audits: the name is reserved (RFC 2606). */
export const FOREIGN_TENANT = 'other-tenant.example'

const isCloudAddress = (a: Address): boolean =>
  exchangeOnlineCidrs.some((r) => r.family === a.family && r.lo <= a.value && a.value <= r.hi)

const nodes = new WeakMap<Config, ReadonlyMap<string, TraceNode>>()

function nodesOf(config: Config): ReadonlyMap<string, TraceNode> {
  const found = nodes.get(config)
  if (found) return found
  const edges = new Set(edgeNames(config).map(serverKey))
  const made = new Map<string, TraceNode>()
  for (const id of serverNames(config)) {
    const key = serverKey(id)
    if (!made.has(key)) made.set(key, { kind: edges.has(key) ? 'edge' : 'server', id })
  }
  nodes.set(config, made)
  return made
}

/** The node a name stands for. An Edge is told by its connectors, its role or a subscription. */
export const nodeOf = (world: World, server: string): TraceNode =>
  nodesOf(world.config).get(serverKey(server)) ?? { kind: 'server', id: server }

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

const [cloudRange] = exchangeOnlineCidrs
/** One of the addresses from which Exchange Online delivers. */
const cloudAddress: Address | null =
  cloudRange === undefined ? null : { family: cloudRange.family, value: cloudRange.lo + 1n }

/** The address where the question gives none: one that stands for the Internet, or one of Exchange Online. */
function withAddress(client: Client, world: World, server: string, port: number, local: Address | null): Client {
  if (client.address !== null) return client
  if (client.kind === 'exchange-online' || client.kind === 'other-tenant')
    return { ...client, address: cloudAddress, assumed: true }
  if (client.kind !== 'internet') return client
  return { ...client, address: anyInternetAddress(world.config, server, port, local), assumed: true }
}

/** Is it the own tenant? Its initial domain goes with the routing domain that servers accept (`contoso.mail.onmicrosoft.com`). */
function isOwnTenant({ config }: World, originator: string): boolean {
  const routing = initialDomain(originator) ? originator.replace('.', '.mail.') : originator
  return [originator, routing].some(
    (d) =>
      ownershipOf(config, 'on-premises', d).state === 'own' ||
      ownershipOf(config, 'exchange-online', d).state === 'own',
  )
}

type Said = Pick<Packet, 'peerNames' | 'mailFrom' | 'originator'>

/**
 * Do headers come along that say that the message is internal? In Exchange Online it is where the sender is one of the tenant that
 * sends; which senders a foreign tenant has, no export tells.
 */
function saysInternal(world: World, { peerNames, mailFrom, originator }: Said): Tri {
  if (!peerNames?.some(isServiceDomain)) return 'no'
  const domain = domainOf(mailFrom)
  if (domain === undefined) return 'unknown'
  const { state } = ownershipOf(world.config, 'on-premises', domain)
  if (state === 'own') return 'yes'
  return state === 'foreign' && (originator === null || isOwnTenant(world, originator)) ? 'no' : 'unknown'
}

/** The packet at another server: who connects is the same, an address that only stands for others is chosen anew. */
export function atServer(packet: Packet, world: World, server: string): Packet {
  const { client, port, localAddress } = packet
  const anew = client.assumed ? withAddress({ ...client, address: null }, world, server, port, localAddress) : client
  return { ...packet, node: nodeOf(world, server), client: anew }
}

/** The first packet of a question about a session: who connects to which server, and what is said. */
export function sessionPacket(world: World, q: TraceQuestion, server: string): Packet {
  const address = q.from === null ? null : (parseIp(q.from) ?? null)
  const local = q.localIp === null ? null : (parseIp(q.localIp) ?? null)
  const client = clientOf(q, address)
  const ofCloud = client.kind === 'exchange-online' || client.kind === 'other-tenant'
  // Exchange Online always shows its certificate, that of all tenants (Exchange Team Blog 609238).
  const shown = q.peerCert ?? (ofCloud && q.tls === 'starttls' ? SERVICE : null)
  const peerNames = shown === null ? null : [shown]
  const originator = q.originator ?? (client.kind === 'other-tenant' ? FOREIGN_TENANT : null)
  return {
    node: nodeOf(world, server),
    entry: 'session',
    client: withAddress(client, world, server, q.port, local),
    port: q.port,
    localAddress: local,
    tls: q.tls === 'starttls' ? 'yes' : 'no',
    peerNames,
    auth: q.auth,
    mailFrom: q.mailFrom,
    rcptTo: q.rcptTo,
    size: q.size,
    originator,
    crossPremises: saysInternal(world, { peerNames, mailFrom: q.mailFrom, originator }),
    authAs: 'Anonymous',
    direction: 'unknown',
    wasOnPremises: false,
    connector: null,
    taken: null,
  }
}

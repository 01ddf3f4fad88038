import { connectorsOf } from '../mailflow/connectors-of'
import { serversWithoutConnectors } from '../mailflow/known-servers'
import { isListedWhole } from '../mailflow/listing'
import { accessListSupplied } from '../mailflow/permissions'
import { countAddresses, knownRanges, publicParts } from '../mailflow/ranges'
import { sameServer, serverKey } from '../mailflow/server-names'
import { edgeNames } from '../mailflow/transport-servers'
import { type Config, formatIp, type IpRange, isTrue, parseIp, type ReceiveConnector, type Side } from '../model'
import type { Missing } from '../rules/define-rule'
import { strangerRights } from './rights'
import type { ExposureClass, ListenerExposure, RelayTheorem } from './types'

/** Addresses of documentation (RFC 5737, 3849): they stand for anybody, where a class has them. */
const examples = ['203.0.113.7', '198.51.100.7', '192.0.2.7', '2001:db8::7'].flatMap((text) => parseIp(text) ?? [])

/** Where hosts of the Internet are (IANA, IPv6 Global Unicast Address Assignments). */
const GLOBAL_UNICAST = { lo: 0x2000n << 112n, hi: (0x4000n << 112n) - 1n }

/** An address of a host rather than of a network or of all of its hosts. */
function hostOf({ family, lo, hi }: IpRange): bigint {
  const from = family === 6 && lo < GLOBAL_UNICAST.lo && GLOBAL_UNICAST.lo <= hi ? GLOBAL_UNICAST.lo : lo
  const last = family === 6 ? 0xffffn : 0xffn
  for (let at = from; at <= hi && at < from + 3n; at++) if ((at & last) !== 0n && (at & last) !== last) return at
  return from
}

export function witnessIn(open: readonly IpRange[]): string {
  const shown = examples.find((e) => open.some((r) => r.family === e.family && r.lo <= e.value && e.value <= r.hi))
  const [first] = open
  if (shown) return formatIp(shown.family, shown.value)
  return first === undefined ? '' : formatIp(first.family, hostOf(first))
}

type Open = { readonly listener: ListenerExposure; readonly of: ExposureClass; readonly open: readonly IpRange[] }

/** Classes with public addresses that may relay, or may perhaps. */
const openClasses = (listeners: readonly ListenerExposure[]): readonly Open[] =>
  listeners.flatMap((listener) =>
    listener.classes.flatMap((of) => {
      const open = of.relay === 'no' ? [] : publicParts(of.ranges)
      return open.length > 0 ? [{ listener, of, open }] : []
    }),
  )

/** The one that tells most: of IPv4, at every local address, of the most addresses, of one connector rather than of any of several. */
function widest(all: readonly Open[]): Open | undefined {
  const rank = ({ listener, of, open }: Open) => [
    listener.family === 4 ? 0n : 1n,
    listener.localAddress === null ? 0n : 1n,
    -countAddresses(open),
    of.connector === null ? 1n : 0n,
  ]
  const before = (a: Open, b: Open): boolean => {
    const [x, y] = [rank(a), rank(b)]
    const at = x.findIndex((v, i) => v !== y[i])
    return at >= 0 && (x[at] ?? 0n) < (y[at] ?? 0n)
  }
  return all.reduce<Open | undefined>((best, o) => (best === undefined || before(o, best) ? o : best), undefined)
}

type Wanted = {
  readonly add: (cmdlet: string, side: Side, server: string | null) => void
  readonly list: () => readonly Missing[]
}

/** What would tell: a cmdlet, and the servers of a side to ask. */
function wantedList(): Wanted {
  const entries = new Map<string, { cmdlet: string; side: Side; servers: Set<string> }>()
  const add: Wanted['add'] = (cmdlet, side, server) => {
    const key = `${cmdlet} ${side}`
    const entry = entries.get(key) ?? { cmdlet, side, servers: new Set<string>() }
    if (server !== null) entry.servers.add(server)
    entries.set(key, entry)
  }
  const list = () => [...entries.values()].map((e) => ({ ...e, servers: [...e.servers].sort() }))
  return { add, list }
}

const isKnown = (p: { readonly state: string }): boolean => p.state === 'ok' || p.state === 'empty'

/** What would tell whether anybody may relay whom this connector answers. */
function wantRights(config: Config, c: ReceiveConnector, wanted: Wanted): void {
  const { relay } = strangerRights(config, c)
  if (relay === 'yes' || relay === 'no') return
  if (!isKnown(c.permissionGroups) || !isKnown(c.authMechanism)) wanted.add('Get-ReceiveConnector', c.side, c.server)
  if (!accessListSupplied(config, c)) wanted.add('Get-ADPermission', c.side, c.server)
}

/** Everything by which a connector is chosen was exported. */
const isChosenSurely = (c: ReceiveConnector): boolean =>
  isKnown(c.enabled) && isKnown(c.bindings) && (isKnown(c.remoteIPRanges) || c.remoteIPRanges.state === 'null')

function wantOf(config: Config, { of }: Open, wanted: Wanted): void {
  const candidates = of.connector === null ? of.ambiguous : [of.connector]
  for (const c of candidates) {
    wantRights(config, c, wanted)
    // Where equal ranges leave it open nothing would tell.
    if (of.connector === null && of.relay === 'unknown' && !isChosenSurely(c))
      wanted.add('Get-ReceiveConnector', c.side, c.server)
  }
}

/** Connectors that are on no listener, as their server or their bindings were not exported: they may answer anywhere. */
const isAdrift = (config: Config, c: ReceiveConnector): boolean => {
  if (isTrue(c.enabled) === 'no' || (c.server !== null && isKnown(c.bindings))) return false
  const { ranges, whole } = knownRanges(c.remoteIPRanges)
  return strangerRights(config, c).relay !== 'no' && (!whole || publicParts(ranges).length > 0)
}

/** Servers of which no receive connector was exported, or not all: is there one? */
function wantServers(config: Config, wanted: Wanted): boolean {
  const unseen = serversWithoutConnectors(config)
  // An Edge that is subscribed may be named by its subscription alone.
  const edges = edgeNames(config).filter(
    (name) => connectorsOf(config, name).length === 0 && !unseen.some((s) => sameServer(s.name, name)),
  )
  const oneEach = new Map(config.receiveConnectors.map((c) => [c.server === null ? '' : serverKey(c.server), c]))
  const partly = [...oneEach.values()].filter(
    (c) => c.server !== null && isListedWhole(config, 'receiveConnectors', c.server) !== 'yes',
  )
  for (const s of unseen) wanted.add('Get-ReceiveConnector', s.side, s.name)
  for (const name of edges) wanted.add('Get-ReceiveConnector', 'edge', name)
  for (const c of partly) wanted.add('Get-ReceiveConnector', c.side, c.server)
  return unseen.length + edges.length + partly.length > 0
}

/** No public address can relay, these can, or it cannot be told: an answer that is only presumed is not enough for `none`. */
export function theoremOf(config: Config, listeners: readonly ListenerExposure[]): RelayTheorem {
  const classes = openClasses(listeners)
  const proven = widest(classes.filter((c) => c.of.relay === 'yes'))
  if (proven !== undefined) {
    const { server, port, family, localAddress: local } = proven.listener
    const localAddress = local === null ? null : formatIp(family, local)
    return {
      publicRelay: 'exists',
      witness: { address: witnessIn(proven.open), server, port, localAddress },
      missing: [],
    }
  }
  const wanted = wantedList()
  const adrift = config.receiveConnectors.filter((c) => isAdrift(config, c))
  const unseen = wantServers(config, wanted)
  for (const c of classes) wantOf(config, c, wanted)
  for (const c of adrift) wanted.add('Get-ReceiveConnector', c.side, c.server)
  const nothing = config.receiveConnectors.length === 0
  if (nothing && !unseen) wanted.add('Get-ReceiveConnector', 'on-premises', null)
  const open = unseen || nothing || classes.length > 0 || adrift.length > 0
  return { publicRelay: open ? 'unknown' : 'none', witness: null, missing: wanted.list() }
}

import { type Binding, type IpFamily, type IpRange, knownPart, type ReceiveConnector, type Tri } from '../../model'

/** Two connectors of one server whose ranges leave it open which of them answers. `sure`: they share the very same binding. */
export type Clash = {
  readonly a: ReceiveConnector
  readonly b: ReceiveConnector
  readonly rangeOfA: IpRange
  readonly rangeOfB: IpRange
  readonly port: number
  readonly sure: boolean
}

type Claim = { readonly c: ReceiveConnector; readonly binding: Binding; readonly range: IpRange }

/** More pairs than this on one server say nothing new, and a hostile file with 4,000 equal connectors would make 8 million. */
const CLASHES_MAX = 200

const sameSocket = (a: Binding, b: Binding): boolean =>
  a.address === null || b.address === null || a.address === b.address

/** For ranges in order of lo, then of falling hi: equal, or reaching out of the earlier one. */
const clash = (earlier: IpRange, later: IpRange): boolean =>
  (earlier.lo === later.lo && earlier.hi === later.hi) || (earlier.lo < later.lo && later.hi > earlier.hi)

const inOrder = (a: IpRange, b: IpRange): number =>
  a.lo !== b.lo ? (a.lo < b.lo ? -1 : 1) : a.hi === b.hi ? 0 : a.hi > b.hi ? -1 : 1

function claimsOf(connectors: readonly ReceiveConnector[]): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>()
  for (const c of connectors)
    for (const binding of knownPart(c.bindings) ?? [])
      for (const range of knownPart(c.remoteIPRanges) ?? []) {
        if (range.family !== binding.family) continue
        const key = `${range.family}:${binding.port}`
        const list = claims.get(key)
        if (list) list.push({ c, binding, range })
        else claims.set(key, [{ c, binding, range }])
      }
  return claims
}

/** The clashes among connectors of one server and role, one a pair. A sweep over the ranges in order of their first address. */
export function clashesAmong(connectors: readonly ReceiveConnector[]): readonly Clash[] {
  const found = new Map<string, Clash>()
  for (const claims of claimsOf(connectors).values()) {
    let open: Claim[] = []
    for (const claim of claims.sort((x, y) => inOrder(x.range, y.range))) {
      open = open.filter((o) => o.range.hi >= claim.range.lo)
      for (const o of open) {
        if (found.size >= CLASHES_MAX) return [...found.values()]
        if (o.c === claim.c || !sameSocket(o.binding, claim.binding) || !clash(o.range, claim.range)) continue
        keep(found, o, claim)
      }
      open.push(claim)
    }
  }
  return [...found.values()]
}

function keep(found: Map<string, Clash>, x: Claim, y: Claim): void {
  const [a, b] = x.c.id < y.c.id ? [x, y] : [y, x]
  const key = `${a.c.id}|${b.c.id}`
  const sure = a.binding.address === b.binding.address
  if (found.has(key) && !(sure && found.get(key)?.sure === false)) return
  found.set(key, { a: a.c, b: b.c, rangeOfA: a.range, rangeOfB: b.range, port: a.binding.port, sure })
}

/** What both claim. */
export const overlapOf = (a: IpRange, b: IpRange): { family: IpFamily; lo: bigint; hi: bigint } => ({
  family: a.family,
  lo: a.lo > b.lo ? a.lo : b.lo,
  hi: a.hi < b.hi ? a.hi : b.hi,
})

/** Were the addresses it listens on and the ranges it takes printed to the end? */
export const isWhollyKnown = (c: ReceiveConnector): boolean =>
  isWhole(c.bindings.state) && isWhole(c.remoteIPRanges.state)
const isWhole = (state: string) => state === 'ok' || state === 'empty' || state === 'null'

/** Could the two share a local address and port? */
function maySharePort(a: ReceiveConnector, b: ReceiveConnector): Tri {
  const [ofA, ofB] = [knownPart(a.bindings), knownPart(b.bindings)]
  const open = !isWhole(a.bindings.state) || !isWhole(b.bindings.state)
  const share = ofA?.some((x) => ofB?.some((y) => x.family === y.family && x.port === y.port && sameSocket(x, y)))
  return share ? 'yes' : open ? 'unknown' : 'no'
}

/** Not all of the two is known, and what is not could clash. */
export const mayClash = (a: ReceiveConnector, b: ReceiveConnector): boolean =>
  (!isWhollyKnown(a) || !isWhollyKnown(b)) && maySharePort(a, b) !== 'no'

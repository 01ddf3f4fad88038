import type {
  AuthAs,
  Ending,
  Handler,
  HopResult,
  Packet,
  Trace,
  TraceBranch,
  TraceConfidence,
  TraceHop,
  TraceNode,
  TraceQuestion,
  World,
} from './types'

/** Exchange Online gives up after 20 (NDR 5.4.14); nothing that works needs so many. */
const MAX_HOPS = 20
/** Ways that are followed where the model leaves it open. More than these are cut, and the answer is `ambiguous` all the same. */
const MAX_BRANCHES = 8

type Walk = {
  readonly hops: readonly TraceHop[]
  readonly seen: readonly { readonly key: string; readonly node: TraceNode }[]
}
type Way = Omit<TraceBranch, 'reason' | 'params'> & { readonly branches: readonly TraceBranch[] }

/** What makes a packet come to the same place in the same state again. */
const keyOf = (p: Packet): string =>
  JSON.stringify([p.node, p.entry, p.rcptTo, p.direction, p.connector, p.authAs, p.auth, p.wasOnPremises])

const order: readonly TraceConfidence[] = ['certain', 'likely', 'unknown']
const weaker = (a: TraceConfidence, b: TraceConfidence): TraceConfidence =>
  order.indexOf(a) >= order.indexOf(b) ? a : b
const confidenceOf = (hops: readonly TraceHop[]): TraceConfidence =>
  hops.flatMap((h) => h.steps).reduce<TraceConfidence>((c, s) => weaker(c, s.confidence), 'certain')

function finish(end: Ending, authAs: AuthAs, walk: Walk, cycle: readonly TraceNode[] = []): Way {
  const reply = end.reply === undefined ? null : { ...end.reply, typically: true as const }
  const confidence = end.disposition === 'insufficient-info' ? 'unknown' : (end.confidence ?? confidenceOf(walk.hops))
  return {
    ...{ disposition: end.disposition, confidence, reply, authAs: end.authAs ?? authAs },
    ...{ hops: walk.hops, cycle, branches: [] },
  }
}

/** Follows a packet from node to node until something ends its way. */
function follow(packet: Packet, handle: Handler, world: World, before: Walk): Way {
  let at = packet
  let walk = before
  for (;;) {
    const key = keyOf(at)
    const first = walk.seen.findIndex((s) => s.key === key)
    if (first >= 0) {
      const cycle = [...walk.seen.slice(first).map((s) => s.node), at.node]
      return finish({ disposition: 'loop' }, at.authAs, walk, cycle)
    }
    if (walk.hops.length >= MAX_HOPS) return finish({ disposition: 'loop' }, at.authAs, walk)
    const result = handle(at, world)
    const seen = [...walk.seen, { key, node: at.node }]
    if (result.branches !== undefined) return fork(result, at, handle, world, { hops: walk.hops, seen })
    walk = { hops: [...walk.hops, { node: at.node, steps: result.steps }], seen }
    if (result.next === undefined) return finish(result.end ?? { disposition: 'insufficient-info' }, at.authAs, walk)
    at = result.next
  }
}

/** All ways from here. Where all come to the same end, that is the answer, and what is open did not matter. */
function fork(open: HopResult, at: Packet, handle: Handler, world: World, walk: Walk): Way {
  const branches = open.branches ?? []
  const ways = branches.slice(0, MAX_BRANCHES).map(({ reason, params, result }) => {
    // The steps of a branch belong to the same hop as those before it.
    const steps = [...open.steps, ...result.steps]
    const mine = { hops: [...walk.hops, { node: at.node, steps }], seen: walk.seen }
    const way = (): Way => {
      if (result.branches !== undefined) return fork({ ...result, steps }, at, handle, world, walk)
      if (result.next !== undefined) return follow(result.next, handle, world, mine)
      return finish(result.end ?? { disposition: 'insufficient-info' }, at.authAs, mine)
    }
    return { reason, params: params ?? {}, way: way() }
  })
  const ends = new Set(ways.map((w) => w.way.disposition))
  const same = ends.size === 1 && branches.length <= MAX_BRANCHES
  const one = ways[0]?.way
  const told = ways.flatMap(({ reason, params, way }): TraceBranch[] => {
    const { branches: deeper, ...rest } = way
    return deeper.length > 0 ? [...deeper] : [{ reason, params, ...rest }]
  })
  if (!same || one === undefined) {
    const common = { hops: [...walk.hops, { node: at.node, steps: open.steps }], seen: walk.seen }
    return { ...finish({ disposition: 'ambiguous' }, 'unknown', common), branches: told, confidence: 'unknown' }
  }
  const authAs = ways.every((w) => w.way.authAs === one.authAs) ? one.authAs : 'unknown'
  const confidence = ways.map((w) => w.way.confidence).reduce(weaker, 'likely')
  return { ...one, authAs, confidence, branches: told }
}

/** The way of the message that `packet` begins. */
export function run(question: TraceQuestion, packet: Packet, handle: Handler, world: World): Trace {
  return { question, ...follow(packet, handle, world, { hops: [], seen: [] }) }
}

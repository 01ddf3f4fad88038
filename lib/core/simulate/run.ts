import { weaker } from './session'
import type {
  AuthAs,
  Branch,
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
const MAX_SERVERS = 64
/** Ways of one trace in all. */
const MAX_WAYS = 256

type Walk = {
  readonly hops: readonly TraceHop[]
  readonly seen: readonly { readonly key: string; readonly node: TraceNode }[]
}
type Way = Omit<TraceBranch, 'reason' | 'params'> & { readonly branches: readonly TraceBranch[] }
/** Counts the ways that were followed; without it, branches within branches would have no end. */
type Run = { readonly handle: Handler; readonly world: World; ways: number }

/** What makes a packet come to the same place in the same state again. */
const keyOf = (p: Packet): string =>
  JSON.stringify([p.node, p.entry, p.rcptTo, p.direction, p.connector, p.authAs, p.auth, p.wasOnPremises])

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

/** What stays open after the recipient was taken does not take the answer back. */
function ending(end: Ending | undefined, at: Packet, walk: Walk): Way {
  const open = end === undefined || end.disposition === 'insufficient-info'
  const settled = open ? (at.taken ?? { disposition: 'insufficient-info' as const }) : end
  return finish(settled, at.authAs, walk)
}

const sameNode = (a: TraceNode | undefined, b: TraceNode): boolean => a?.kind === b.kind && a.id === b.id

/** The nodes of a cycle; a session and the routing behind it are one visit. */
function cycleOf(nodes: readonly TraceNode[]): readonly TraceNode[] {
  const visits = nodes.filter((n, i) => i === 0 || !sameNode(nodes[i - 1], n))
  const [first] = visits
  return first !== undefined && visits.length === 1 ? [first, first] : visits
}

function loop(at: Packet, walk: Walk, cycle: readonly TraceNode[]): Way {
  const cloud = at.node.kind === 'exchange-online'
  const code = cloud ? '554 5.4.14' : '554 5.4.6'
  const text = cloud ? 'Hop count exceeded - possible mail loop' : 'Hop count exceeded'
  return finish({ disposition: 'loop', reply: { code, text } }, at.authAs, walk, cycle)
}

/** Follows a packet from node to node until something ends its way. */
function follow(packet: Packet, run: Run, before: Walk): Way {
  let at = packet
  let walk = before
  for (;;) {
    const key = keyOf(at)
    const first = walk.seen.findIndex((s) => s.key === key)
    if (first >= 0) return loop(at, walk, cycleOf([...walk.seen.slice(first).map((s) => s.node), at.node]))
    if (walk.hops.length >= MAX_HOPS) return loop(at, walk, [])
    const result = run.handle(at, run.world)
    const seen = [...walk.seen, { key, node: at.node }]
    if (result.branches !== undefined) return fork(result, at, run, { hops: walk.hops, seen })
    walk = { hops: [...walk.hops, { node: at.node, steps: result.steps }], seen }
    if (result.next === undefined) return ending(result.end, at, walk)
    at = result.next
  }
}

type Followed = Pick<Branch, 'reason' | 'params'> & { readonly way: Way }

/** Servers that do the same with a message need not be told apart: the first of each kind stands for the others. */
function representatives(ways: readonly Followed[]): readonly Followed[] {
  const kinds = new Map<string, Followed>()
  for (const w of ways) {
    const kind = JSON.stringify([w.reason, w.way.disposition, w.way.reply, w.way.authAs, w.way.confidence])
    if (!kinds.has(kind)) kinds.set(kind, w)
  }
  return [...kinds.values()]
}

/** All ways from here. Where all come to the same end, that is the answer, and what is open did not matter. */
function fork(open: HopResult, at: Packet, run: Run, walk: Walk): Way {
  const all = open.branches ?? []
  const ofServers = all.length > 0 && all.every((b) => b.reason === 'server-takes')
  const branches = all.slice(0, Math.max(0, Math.min(ofServers ? MAX_SERVERS : MAX_BRANCHES, MAX_WAYS - run.ways)))
  run.ways += branches.length
  const followed = branches.map(({ reason, params, result }): Followed => {
    // The steps of a branch belong to the same hop as those before it.
    const steps = [...open.steps, ...result.steps]
    const mine = { hops: [...walk.hops, { node: at.node, steps }], seen: walk.seen }
    const way = (): Way => {
      if (result.branches !== undefined) return fork({ ...result, steps }, at, run, walk)
      if (result.next !== undefined) return follow(result.next, run, mine)
      return ending(result.end, at, mine)
    }
    return { reason, ...(params === undefined ? {} : { params }), way: way() }
  })
  const ways = ofServers ? representatives(followed) : followed
  const [one] = ways
  const isWhole = branches.length === all.length
  if (one !== undefined && ofServers && ways.length === 1 && isWhole) return one.way
  return merge(open, at, walk, ways, isWhole)
}

function merge(open: HopResult, at: Packet, walk: Walk, ways: readonly Followed[], isWhole: boolean): Way {
  const told = ways.flatMap(({ reason, params, way }): TraceBranch[] => {
    const { branches: deeper, ...rest } = way
    return deeper.length > 0 ? [...deeper] : [{ reason, params: params ?? {}, ...rest }]
  })
  const [first] = ways
  if (first === undefined || !isWhole || new Set(ways.map((w) => w.way.disposition)).size > 1) {
    const common = { hops: [...walk.hops, { node: at.node, steps: open.steps }], seen: walk.seen }
    return { ...finish({ disposition: 'ambiguous' }, 'unknown', common), branches: told, confidence: 'unknown' }
  }
  const one = first.way
  const authAs = ways.every((w) => w.way.authAs === one.authAs) ? one.authAs : 'unknown'
  const confidence = ways.map((w) => w.way.confidence).reduce<TraceConfidence>((a, b) => weaker(a, b), 'likely')
  return { ...one, authAs, confidence, branches: told }
}

/** The way of the message that `packet` begins. */
export function run(question: TraceQuestion, packet: Packet, handle: Handler, world: World): Trace {
  return { question, ...follow(packet, { handle, world, ways: 0 }, { hops: [], seen: [] }) }
}

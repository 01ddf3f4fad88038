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
  TraceStep,
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
  /** How sure the steps are that lead here; what all branches share does not count where they come to the same end. */
  readonly sure: TraceConfidence
  readonly seen: readonly Packet[]
}
type Way = Omit<TraceBranch, 'reason' | 'params'> & { readonly branches: readonly TraceBranch[] }
/** Counts the ways that were followed; without it, branches within branches would have no end. */
type Run = { readonly handle: Handler; readonly world: World; ways: number }

/** Has the message come to the same place in the same state again? */
const isSame = (a: Packet, b: Packet): boolean =>
  a.node.id === b.node.id &&
  a.node.kind === b.node.kind &&
  a.entry === b.entry &&
  a.rcptTo === b.rcptTo &&
  a.direction === b.direction &&
  a.connector === b.connector &&
  a.authAs === b.authAs &&
  a.auth === b.auth &&
  a.wasOnPremises === b.wasOnPremises

/** A session on a server that goes on has weighed its own steps: what it lets pass is likely at least. */
const ofSession = ['connector-selection', 'permission', 'recipient']
/** What counts as internal does not decide where a message goes, nor do its headers; a refusal that is not known does. */
const counts = (s: TraceStep): boolean =>
  (s.stage !== 'classification' && s.stage !== 'permission') || s.decision === 'anonymous-unless-refused'

function withSteps(walk: Walk, at: Packet, steps: readonly TraceStep[]): TraceConfidence {
  const session = at.entry === 'session' && at.node.kind !== 'exchange-online'
  if (session && steps.some((s) => ofSession.includes(s.stage) && s.confidence !== 'certain'))
    return weaker(walk.sure, 'likely')
  return session
    ? walk.sure
    : steps.filter(counts).reduce<TraceConfidence>((c, s) => weaker(c, s.confidence), walk.sure)
}

function finish(end: Ending, authAs: AuthAs, walk: Walk, cycle: readonly TraceNode[] = []): Way {
  const reply =
    end.reply === undefined ? null : { code: end.reply.code, text: end.reply.text, typically: true as const }
  const isOpen = end.disposition === 'insufficient-info' || end.disposition === 'ambiguous'
  const confidence = isOpen ? 'unknown' : (end.confidence ?? walk.sure)
  const { disposition } = end
  // Spelled out, as in everything that is made for each trace: V8 gives a literal that begins with a spread a new layout every time.
  return { disposition, confidence, reply, authAs: end.authAs ?? authAs, hops: walk.hops, cycle, branches: [] }
}

/**
 * An answer is no surer than the way to the place that gives it, which has weighed its own steps. One that was given before keeps
 * what it rested on there.
 */
function reached<E extends Ending>(end: E, at: Packet, before: TraceConfidence): E {
  if (end.confidence === undefined || before === 'certain' || end.disposition === at.taken?.disposition) return end
  return { ...end, confidence: weaker('likely', end.confidence) }
}

/**
 * What stays open is no answer, whatever it would come to. After the recipient was taken it does not take that answer back.
 */
function ending(end: Ending | undefined, at: Packet, walk: Walk, cycle: readonly TraceNode[] = []): Way {
  const isOpen = end === undefined || end.disposition === 'insufficient-info'
  if (!isOpen && (end.confidence ?? walk.sure) !== 'unknown') return finish(end, at.authAs, walk, cycle)
  const authAs = at.taken !== null && isOpen ? at.authAs : (end?.authAs ?? at.authAs)
  return finish(at.taken ?? { disposition: 'insufficient-info' }, authAs, walk)
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
  return ending({ disposition: 'loop', reply: { code, text } }, at, walk, cycle)
}

/** The next packet; where the recipient was taken just now, that rests on the way so far. */
const takenAt = (at: Packet, next: Packet, before: TraceConfidence): Packet =>
  at.taken === null && next.taken !== null ? { ...next, taken: reached(next.taken, at, before) } : next

/** Follows a packet from node to node until something ends its way. */
function follow(packet: Packet, run: Run, before: Walk): Way {
  let at = packet
  let walk = before
  for (;;) {
    const first = walk.seen.findIndex((s) => isSame(s, at))
    if (first >= 0) return loop(at, walk, cycleOf([...walk.seen.slice(first).map((s) => s.node), at.node]))
    if (walk.hops.length >= MAX_HOPS) return loop(at, walk, [])
    const result = run.handle(at, run.world)
    const seen = [...walk.seen, at]
    const { sure } = walk
    if (result.branches !== undefined) return fork(result, at, run, { ...walk, seen })
    walk = {
      hops: [...walk.hops, { node: at.node, steps: result.steps }],
      sure: withSteps(walk, at, result.steps),
      seen,
    }
    if (result.next === undefined) return ending(result.end && reached(result.end, at, sure), at, walk)
    at = takenAt(at, result.next, sure)
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
    const mine = { ...walk, hops: [...walk.hops, { node: at.node, steps }], sure: withSteps(walk, at, result.steps) }
    const way = (): Way => {
      if (result.branches !== undefined) return fork({ ...result, steps }, at, run, { ...walk, sure: mine.sure })
      if (result.next !== undefined) return follow(takenAt(at, result.next, walk.sure), run, mine)
      return ending(result.end && reached(result.end, at, walk.sure), at, mine)
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
    const common = { ...walk, hops: [...walk.hops, { node: at.node, steps: open.steps }] }
    return { ...finish({ disposition: 'ambiguous' }, 'unknown', common), branches: told, confidence: 'unknown' }
  }
  const one = first.way
  const authAs = ways.every((w) => w.way.authAs === one.authAs) ? one.authAs : 'unknown'
  const confidence = ways.map((w) => w.way.confidence).reduce<TraceConfidence>((a, b) => weaker(a, b), 'likely')
  // Which of several answers the sender gets is as open as the way.
  const reply = ways.every((w) => w.way.reply?.code === one.reply?.code) ? one.reply : null
  return { ...one, reply, authAs, confidence, branches: told }
}

/** The way of the message that `packet` begins. */
export function run(question: TraceQuestion, packet: Packet, handle: Handler, world: World): Trace {
  return { question, ...follow(packet, { handle, world, ways: 0 }, { hops: [], sure: 'certain', seen: [] }) }
}

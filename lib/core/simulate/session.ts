import type { Principal } from '../mailflow/rights'
import type { Certificate, ReceiveConnector, Tri } from '../model'
import type { BranchReason } from './texts'
import type { Ending, HopResult, Packet, TextParams, TraceConfidence, TraceStep, World } from './types'

/** What is known of a session on a server while its stages run. */
export type Session = {
  readonly packet: Packet
  readonly connector: ReceiveConnector | null
  /** Is STARTTLS offered? */
  readonly offered: Tri
  /** Is the session encrypted in the end? */
  readonly encrypted: Tri
  /** The certificates that may be shown; more than one where the sources disagree. */
  readonly shown: readonly Certificate[]
  readonly principal: Principal
  /** Is the client taken for Exchange Online by its certificate (AcceptCloudServicesMail)? */
  readonly cloud: Tri
  /** XOORG names the own organisation. */
  readonly trusted: Tri
  /** How sure it is what the certificate of Exchange Online gives here: no document says it. */
  readonly cloudRule: TraceConfidence
  readonly relayed: boolean
  /** How sure everything is that the answer rests on so far. */
  readonly confidence: TraceConfidence
  /** Something that would refuse the message is not known: a later refusal stands, being taken does not. */
  readonly open: boolean
}

type Way = {
  readonly reason: BranchReason
  readonly params?: TextParams
  readonly set: Partial<Session>
  readonly steps?: readonly TraceStep[]
  readonly end?: Ending
  readonly rests?: TraceConfidence
}

/**
 * What a stage adds. `rests`: how sure the answer can be at most after it (certain if not said). `fork`: continue once for each way.
 */
export type StageResult = {
  readonly steps: readonly TraceStep[]
  readonly set?: Partial<Session>
  readonly rests?: TraceConfidence
  readonly end?: Ending
  readonly fork?: readonly Way[]
}
export type Stage = (session: Session, world: World) => StageResult

export const nothing: StageResult = { steps: [] }

const order: readonly TraceConfidence[] = ['certain', 'likely', 'unknown']
export const weaker = (a: TraceConfidence, b: TraceConfidence = 'certain'): TraceConfidence =>
  order.indexOf(a) >= order.indexOf(b) ? a : b

const finished = (end: Ending, confidence: TraceConfidence): Ending => ({ confidence, ...end })

/** Runs stages in their order until one ends the session; `after` says what follows when none does. */
export function runStages(
  stages: readonly Stage[],
  session: Session,
  world: World,
  after: (session: Session) => HopResult,
): HopResult {
  const steps: TraceStep[] = []
  let s = session
  for (const [i, stage] of stages.entries()) {
    const result = stage(s, world)
    steps.push(...result.steps)
    const confidence = weaker(s.confidence, result.rests)
    if (result.end !== undefined) return { steps, end: finished(result.end, confidence) }
    s = { ...s, ...result.set, confidence }
    if (result.fork === undefined) continue
    const base = s
    const rest = stages.slice(i + 1)
    return { steps, branches: result.fork.map((way) => follow(way, rest, base, world, after)) }
  }
  const end = after(s)
  return { ...end, steps: [...steps, ...end.steps] }
}

function follow(way: Way, rest: readonly Stage[], base: Session, world: World, after: (s: Session) => HopResult) {
  const { reason, params, set, steps = [], end } = way
  const confidence = weaker(base.confidence, way.rests)
  const inner: HopResult =
    end !== undefined
      ? { steps: [], end: finished(end, confidence) }
      : runStages(rest, { ...base, ...set, confidence }, world, after)
  const result = { ...inner, steps: [...steps, ...inner.steps] }
  return { reason, ...(params === undefined ? {} : { params }), result }
}

/** Confidence of a three-valued answer that rests on a rule of that kind. */
export const sure = (value: Tri, rule: TraceConfidence = 'certain'): TraceConfidence =>
  value === 'unknown' ? 'unknown' : rule

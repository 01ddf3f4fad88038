import type { Principal } from '../mailflow/rights'
import type { Certificate, ReceiveConnector, Tri } from '../model'
import type { BranchReason } from './texts'
import type { Ending, HopResult, Packet, TraceConfidence, TraceStep, World } from './types'

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
  readonly principal: Principal | 'unknown'
  /** Is the client taken for Exchange Online by its certificate (AcceptCloudServicesMail)? */
  readonly cloud: Tri
  /** XOORG names the own organisation. */
  readonly trusted: Tri
  readonly relayed: boolean
}

/** What a stage adds. `fork`: continue once for each way. */
export type StageResult = {
  readonly steps: readonly TraceStep[]
  readonly set?: Partial<Session>
  readonly end?: Ending
  readonly fork?: readonly {
    readonly reason: BranchReason
    readonly params?: Readonly<Record<string, string | number>>
    readonly set: Partial<Session>
    readonly steps?: readonly TraceStep[]
    readonly end?: Ending
  }[]
}
export type Stage = (session: Session, world: World) => StageResult

export const nothing: StageResult = { steps: [] }

/** Runs stages in their order until one ends the session; `after` says what follows when none does. */
export function runStages(
  stages: readonly Stage[],
  session: Session,
  world: World,
  after: (session: Session, steps: readonly TraceStep[]) => HopResult,
): HopResult {
  const steps: TraceStep[] = []
  let s = session
  for (const [i, stage] of stages.entries()) {
    const result = stage(s, world)
    steps.push(...result.steps)
    if (result.end !== undefined) return { steps, end: result.end }
    s = { ...s, ...result.set }
    if (result.fork === undefined) continue
    const rest = stages.slice(i + 1)
    const base = s
    return {
      steps,
      branches: result.fork.map(({ reason, params, set, steps: own, end }) => {
        const inner: HopResult =
          end !== undefined ? { steps: [], end } : runStages(rest, { ...base, ...set }, world, (t) => after(t, []))
        return {
          reason,
          ...(params === undefined ? {} : { params }),
          result: { ...inner, steps: [...(own ?? []), ...inner.steps] },
        }
      }),
    }
  }
  const end = after(s, steps)
  return { ...end, steps: [...steps, ...end.steps] }
}

/** Confidence of a three-valued answer that rests on a rule of that kind. */
export const sure = (value: Tri, rule: TraceConfidence = 'certain'): TraceConfidence =>
  value === 'unknown' ? 'unknown' : rule

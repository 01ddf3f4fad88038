import type { Elsewhere, Simulation } from './simulate'
import { isTakenAnyway } from './simulate'
import { type Disposition, dispositions } from './types'

/** What somebody can expect of a message. That nothing can be told is nothing to expect. */
export const expectable = dispositions.filter((d) => d !== 'insufficient-info')

/** `cannot-tell` is neither of the others: the exports leave the answer open. */
export const expectationStates = ['broken', 'cannot-tell', 'kept'] as const
export type ExpectationState = (typeof expectationStates)[number]

/** One answer to the question, where it was asked. */
export type ExpectedAnswer = Elsewhere

/** Whether an expectation holds, and the answer that decides it. Null where nothing could be asked. */
export type ExpectationResult = { readonly state: ExpectationState; readonly answer: ExpectedAnswer | null }

const notThrough: readonly Disposition[] = ['rejected', 'queued', 'loop', 'no-route']

/** Who expects a message to be rejected expects that it does not get through, whatever stops it. */
const fits = (expected: Disposition, now: Disposition): boolean =>
  expected === now || (expected === 'rejected' && notThrough.includes(now))

type Way = ExpectedAnswer & { readonly branches: readonly Disposition[] }

function stateOf(expected: Disposition, way: Way): ExpectationState {
  const { disposition, confidence, branches } = way
  if (way.isTakenAnyway) return notThrough.includes(expected) ? 'broken' : 'cannot-tell'
  if (disposition === 'insufficient-info' || confidence === 'unknown') return 'cannot-tell'
  if (disposition !== 'ambiguous' || expected === 'ambiguous') return fits(expected, disposition) ? 'kept' : 'broken'
  // Open which of them it is: only if all agree is it told.
  if (branches.length === 0 || branches.includes('insufficient-info')) return 'cannot-tell'
  if (branches.every((b) => fits(expected, b))) return 'kept'
  return branches.some((b) => fits(expected, b)) ? 'cannot-tell' : 'broken'
}

function waysOf({ trace, elsewhere }: Simulation): Way[] {
  if (trace === null) return []
  const { disposition, confidence, question } = trace
  const first = { server: question.to ?? '', disposition, confidence, isTakenAnyway: isTakenAnyway(trace) }
  return [
    { ...first, branches: trace.branches.map((b) => b.disposition) },
    ...elsewhere.map((e) => ({ ...e, branches: [] })),
  ]
}

/**
 * Whether an expectation holds: for every server where none is named, and for every part of a range that is asked, each of which has a
 * simulation of its own. One answer that differs breaks it; one that is open leaves it open.
 */
export function expectationOf(expected: Disposition, simulations: readonly Simulation[]): ExpectationResult {
  const judged = simulations.flatMap(waysOf).map((way) => ({ way, state: stateOf(expected, way) }))
  const isPart = simulations.some((s) => s.trace === null || s.moreServers > 0 || (s.span?.more ?? 0) > 0)
  const worst = expectationStates.map((state) => judged.find((j) => j.state === state)).find((j) => j !== undefined)
  if (!worst) return { state: 'cannot-tell', answer: null }
  const { branches: _, ...answer } = worst.way
  return { state: isPart && worst.state === 'kept' ? 'cannot-tell' : worst.state, answer }
}

import type { Report } from './report/schema'

/** The clock of a session may be ahead of UTC; one that was set wrong must not move an audit into the future. */
const TRUSTED_AHEAD_MS = 14 * 3_600_000

export type AsOf = { readonly asOf: Date; readonly asOfSource: Report['asOfSource'] }

/**
 * The day to judge by: the one that was given, else the newest time in the exports that is not in the future. A transcript gives
 * local time, taken as UTC: at most a day off.
 */
export function asOfDay(times: readonly number[], given: { readonly now: Date; readonly asOf?: Date }): AsOf {
  if (given.asOf !== undefined) return { asOf: given.asOf, asOfSource: 'option' }
  const now = given.now.getTime()
  let newest = 0
  for (const time of times) if (time > newest && time <= now + TRUSTED_AHEAD_MS) newest = time
  if (newest === 0) return { asOf: given.now, asOfSource: 'now' }
  return { asOf: new Date(Math.min(newest, now)), asOfSource: 'exports' }
}

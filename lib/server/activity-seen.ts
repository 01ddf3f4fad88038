import 'server-only'
import type { Happening } from './activity-files'
import { settings } from './env'

const hourMs = 3_600_000
const most = 20_000

const seen = new Map<string, number>()

const keyOf = (what: Happening): string =>
  JSON.stringify([
    settings().dataDir,
    ...[what.actorKind, what.actorId ?? what.address, what.action, what.environmentId, what.auditId, what.object],
  ])

/** Whether somebody looks at something for the first time in an hour. Kept in memory: a new start of the server may say it once more. */
export function isFirstInHour(what: Happening): boolean {
  const key = keyOf(what)
  const now = Date.parse(what.at)
  const last = seen.get(key)
  if (last !== undefined && now - last < hourMs) return false
  seen.delete(key) // so that the map is ordered by time, and the first one is the oldest
  seen.set(key, now)
  if (seen.size > most) seen.delete(seen.keys().next().value ?? '')
  return true
}

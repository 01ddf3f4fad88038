import { describe, expect, it } from 'vitest'
import { kinds, next, type Throttled, type Tries } from './throttle-kinds'

/** How many guesses somebody gets through in so much time who tries again as soon as they may. */
function guesses(kind: Throttled, ms: number): number {
  const start = Date.parse('2026-05-01T08:00:00Z')
  let stored: Tries | null = null
  let count = 0
  for (let now = start; now < start + ms; ) {
    const { waitMs, ...data } = next(kinds[kind], stored, new Date(now))
    if (waitMs > 0) now += waitMs
    else {
      stored = data
      count++
    }
  }
  return count
}

const hour = 3_600_000

describe('guesses that get through', () => {
  // What each protects says how many are too many: six digits are a million, a password on nobody's list many more.
  it.each([
    ['sign-in by pair', hour, 25],
    ['sign-in by account', hour, 500],
    ['sign-in by address', hour, 360],
    ['second step', 24 * hour, 110],
    ['setup code', hour, 60],
    ['link token', hour, 180],
    ['reset by account', hour, 3],
    ['reset by address', hour, 20],
    ['share token', hour, 360],
    ['share password', hour, 25],
    ['share password by share', hour, 510],
    ['api token', hour, 180],
  ] as const)('%s: in %i ms at most %i', (kind, ms, most) => {
    const through = guesses(kind, ms)
    expect(through).toBeLessThanOrEqual(most)
    expect(through).toBeGreaterThan(most / 2) // or the limit keeps people out, and says nothing here
  })

  it('is not forgotten while somebody waits: the wait of growing kinds ends before the memory', () => {
    for (const kind of Object.values(kinds)) if ('free' in kind) expect(kind.forgetMs).toBeGreaterThan(kind.maxWaitMs)
  })
})

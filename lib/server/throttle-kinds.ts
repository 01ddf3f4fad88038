/** So many tries in so much time. */
type Window = { readonly tries: number; readonly perMs: number }
/** After `free` tries in a row each must wait twice as long as the one before, at most `maxWaitMs`; forgotten after `forgetMs`. */
type Growing = { readonly free: number; readonly maxWaitMs: number; readonly forgetMs: number }

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** What is throttled, and how. The limits on work are far above what people do by hand: they stop a loop that ran wild. */
export const kinds = {
  // Guesses at a password. The pair of address and account counts most: a stranger elsewhere cannot keep the owner out, since an account
  // as a whole waits a few seconds at most, and not at all where its owner has signed in before.
  'sign-in by pair': { free: 5, maxWaitMs: 5 * minute, forgetMs: hour },
  'sign-in by account': { free: 30, maxWaitMs: 8 * second, forgetMs: hour },
  'known pair': { tries: 1, perMs: 90 * 24 * hour },
  'sign-in by address': { tries: 60, perMs: 10 * minute },
  // Only somebody who has the password gets here, so the wait may be longer: six digits are few.
  'second step': { free: 5, maxWaitMs: 15 * minute, forgetMs: 24 * hour },
  'setup code': { tries: 10, perMs: 10 * minute },
  'link token': { tries: 30, perMs: 10 * minute },
  'reset by account': { tries: 3, perMs: hour },
  'reset by address': { tries: 20, perMs: hour },
  'company sign-in': { tries: 60, perMs: 10 * minute },
  'share token': { tries: 60, perMs: 10 * minute },
  'share password': { free: 5, maxWaitMs: 5 * minute, forgetMs: hour },
  'share password by share': { free: 50, maxWaitMs: 8 * second, forgetMs: hour },
  // Both are told in the activity log, which nothing shortens.
  'share opening': { tries: 60, perMs: 10 * minute },
  'share export': { tries: 60, perMs: 10 * minute },
  'api token': { tries: 30, perMs: 10 * minute },
  // A folder that is dropped on the page is a request a file.
  'start an upload': { tries: 20_000, perMs: hour },
  'start an analysis': { tries: 300, perMs: hour },
  'test upload': { tries: 20, perMs: 10 * minute },
  trace: { tries: 240, perMs: minute },
  exposure: { tries: 120, perMs: minute },
  compare: { tries: 60, perMs: minute },
  export: { tries: 60, perMs: minute },
  share: { tries: 240, perMs: minute }, // also each look at a preview
  api: { tries: 600, perMs: minute },
  // Not tries, but what the activity log hears of them: nobody can fill it with refusals.
  'refusal told': { tries: 5, perMs: hour },
  'wait told': { tries: 1, perMs: hour },
  "stranger's wait told": { tries: 200, perMs: hour },
} as const satisfies Readonly<Record<string, Window | Growing>>
export type Throttled = keyof typeof kinds

/** What is stored: from `resetAt` on the row means nothing. */
export type Tries = { readonly count: number; readonly resetAt: Date }

/** The wait after so many tries. */
const waitAfter = ({ free, maxWaitMs }: Growing, count: number): number =>
  count < free ? 0 : Math.min(second * 2 ** Math.min(count - free, 30), maxWaitMs)

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** What to store when one more try is made now, or how long it must wait. */
export function next(kind: Window | Growing, stored: Tries | null, now: Date): Tries & { readonly waitMs: number } {
  const row = stored && stored.resetAt > now ? stored : null
  const count = (row?.count ?? 0) + 1
  if ('free' in kind) {
    const allowedAt = row ? row.resetAt.getTime() - kind.forgetMs : 0
    const resetAt = after(now, waitAfter(kind, count) + kind.forgetMs)
    return { count, resetAt, waitMs: Math.max(0, allowedAt - now.getTime()) }
  }
  const resetAt = row?.resetAt ?? after(now, kind.perMs)
  return { count, resetAt, waitMs: count > kind.tries ? resetAt.getTime() - now.getTime() : 0 }
}

/** Seconds to tell people: never 0 while there is something to wait for. */
export const wholeSeconds = (ms: number): number => Math.ceil(ms / 1000)

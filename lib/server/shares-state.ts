import 'server-only'

type Ends = { readonly endsAt: Date; readonly endedAt: Date | null }
export type ShareState = 'active' | 'ended' | 'expired'

const dayMs = 86_400_000
/** Days for which an ended link still holds what it showed, so that it can be renewed. */
const heldDays = 30

/** Links that ended before this moment hold nothing any more. */
export const clearedBefore = (now = new Date()): Date => new Date(now.getTime() - heldDays * dayMs)

/** Whether what a link showed has been deleted, or may be at any time. */
export const isCleared = ({ endedAt, endsAt }: Ends): boolean => (endedAt ?? endsAt) < clearedBefore()

/** Whether a link is open now, was ended by a person, or ran out. */
export const stateOf = ({ endedAt, endsAt }: Ends): ShareState =>
  endedAt !== null ? 'ended' : endsAt.getTime() <= Date.now() ? 'expired' : 'active'

import 'server-only'

type Ends = { readonly endsAt: Date; readonly endedAt: Date | null }
export type ShareState = 'active' | 'ended' | 'expired'

/** Whether a link is open now, was ended by a person, or ran out. */
export const stateOf = ({ endedAt, endsAt }: Ends): ShareState =>
  endedAt !== null ? 'ended' : endsAt.getTime() <= Date.now() ? 'expired' : 'active'

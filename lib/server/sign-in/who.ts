import 'server-only'
import type { Who } from '../activity'
import { addressOf } from '../address'

/** Somebody who is known, but not (or not yet) through the door, for the activity log. */
export const person = (user: { id: string; name: string }, requested: Headers): Who => ({
  ...{ kind: 'user', id: user.id, name: user.name },
  address: addressOf(requested),
})

/** Nobody in particular. */
export const stranger = (requested: Headers): Who => ({
  ...{ kind: 'nobody', id: null, name: '' },
  address: addressOf(requested),
})

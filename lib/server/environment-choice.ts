import 'server-only'
import { type Actor, sees } from './access'
import { record } from './activity'
import { db } from './db'
import { cleanName, createEnvironment } from './environments'
import { AppError } from './errors'
import { tellRefusal } from './refused'

/** An environment as somebody names it: by id, by name, or not at all. */
export type EnvironmentWish = {
  readonly environmentId?: string | undefined
  readonly environmentName?: string | undefined
}

/** The environments that somebody may see, oldest first. */
export async function environmentsFor(actor: Actor): Promise<{ id: string; name: string }[]> {
  const all = await (await db()).environment.findMany({
    select: { id: true, name: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return all.filter(({ id }) => sees(actor, { environmentId: id }))
}

async function refuse(actor: Actor, because: 'not-found' | 'no-environment', env?: string): Promise<never> {
  await tellRefusal(actor, 'upload', { env }, because)
  throw new AppError(because)
}

/**
 * The environment that is meant, among those that this person may see; without a wish the oldest of them. A new name makes a new one where
 * the person may do that. Throws `not-found` for an id that is not theirs, `no-environment` for a name.
 */
export async function chosenEnvironment(actor: Actor, wish: EnvironmentWish, usualName = 'Exchange'): Promise<string> {
  const own = await environmentsFor(actor)
  if (wish.environmentId !== undefined) {
    const found = own.find(({ id }) => id === wish.environmentId)
    if (!found) return refuse(actor, 'not-found', wish.environmentId)
    return found.id
  }
  const wanted = wish.environmentName === undefined ? null : cleanName(wish.environmentName)
  const [found] = wanted === null ? own : own.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  if (found) return found.id
  if (!actor.permissions.has('manage')) return refuse(actor, 'no-environment')
  const { id, name } = await createEnvironment(wanted ?? usualName)
  await record(actor, 'environment-created', { environmentId: id, details: { name } })
  return id
}

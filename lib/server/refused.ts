import 'server-only'
import { headers } from 'next/headers'
import { after } from 'next/server'
import type { Actor, Permission } from './access'
import { record, type Who } from './activity'
import { actorIn, bearerIn, sessionIn } from './actors'
import { auditId, uuid } from './ids'
import { placeOf } from './places'
import { person, stranger } from './sign-in/who'
import type { Throttled } from './throttle-kinds'
import { take, throttleKey } from './throttle-rows'

// What was refused gets into the activity log, but never more than so much an hour, and after the answer: neither what it is about nor
// whether it is told makes a difference in what is answered, or when.

/** Outside a request, as in tests, there is no answer to wait for. */
async function afterAnswer(work: () => Promise<void>): Promise<void> {
  const safely = () => work().catch((error: unknown) => console.error('[activity] a refusal was not recorded', error))
  try {
    after(safely)
  } catch {
    await safely()
  }
}

/** Why somebody who is signed in was refused; `not-found` where it does not exist for them. */
export type Because = 'not-found' | 'not-allowed' | 'no-environment'
/** What they asked for, as an address or a form names it. */
export type Named = { readonly audit?: unknown; readonly env?: unknown }

/** Only what looks like an id: anything else that somebody typed may be a secret. */
const idIn = ({ audit, env }: Named): string | null =>
  auditId.safeParse(audit).data ?? uuid.safeParse(env ?? audit).data ?? null

async function addRefusal(actor: Actor, permission: Permission, named: Named, because: Because): Promise<void> {
  const whom = [actor.id, actor.tokenId ?? '', permission]
  if ((await take('refusal told', throttleKey('refusal told', whom))) > 0) return
  const place = await placeOf(named)
  const object = idIn(named)
  await record(actor, 'access-refused', {
    ...{ environmentId: place?.environmentId, auditId: place && typeof named.audit === 'string' ? object : null },
    ...{ object, details: { permission, because } },
  })
}

/** Tells the activity log that somebody may not do this, there. What exists and what does not takes the same. */
export const tellRefusal = (
  actor: Actor,
  permission: Permission,
  named: Named = {},
  because: Because = 'not-allowed',
): Promise<void> => afterAnswer(() => addRefusal(actor, permission, named, because))

/** Also somebody whose second step is still missing. */
async function whoAsks(requested: Headers): Promise<Who> {
  if (bearerIn(requested) !== null) return (await actorIn(requested)) ?? stranger(requested)
  const session = await sessionIn(requested)
  return session ? person(session.user, requested) : stranger(requested)
}

async function addWait(kind: Throttled, key: string, requested: Headers): Promise<void> {
  if ((await take('wait told', throttleKey('wait told', [key]))) > 0) return
  const who = await whoAsks(requested)
  const isTooMuch = async () => (await take("stranger's wait told", throttleKey("stranger's wait told", []))) > 0
  if (who.kind === 'nobody' && (await isTooMuch())) return
  await record(who, 'made-to-wait', { details: { limit: kind } })
}

async function requestHeaders(): Promise<Headers> {
  try {
    return await headers()
  } catch {
    return new Headers() // outside a request
  }
}

/** Tells the activity log that a limit made somebody wait; `key` is whom the tries are counted for. */
export async function tellWait(kind: Throttled, key: string): Promise<void> {
  const requested = await requestHeaders()
  await afterAnswer(() => addWait(kind, key, requested))
}

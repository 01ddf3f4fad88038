import 'server-only'
import { headers } from 'next/headers'
import { forbidden, notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { type Actor, type Permission, sees } from './access'
import { recordView } from './activity-audits'
import { actorIn } from './actors'
import { placeOfAudit, placeOfEnvironment } from './places'
import { tellRefusal } from './refused'
import { isClaimed } from './setup'
import { owesSecondStep } from './sign-in/owed'
import { signInAddress } from './sign-in-address'

// The door of every page. Layouts, pages and their titles ask here first; a request asks the database once.

/** Who looks at the page; null for nobody. */
export const currentActor = cache(async (): Promise<Actor | null> => actorIn(await headers()))

/** The address that was asked for, as the proxy saw it. */
export const askedAddress = cache(async (): Promise<string> => (await headers()).get('x-postern-path') ?? '/')

async function signedIn(permission: Permission): Promise<Actor> {
  if (!(await isClaimed())) redirect('/setup')
  const actor = (await currentActor()) ?? redirect(signInAddress(await askedAddress()))
  if (permission !== 'self' && (await owesSecondStep(actor))) redirect('/settings/profile?owed=1#second-step')
  return actor
}

type Asked = 'audit' | 'env' | null

// A page and its title ask both: that is one refusal.
const told = cache(
  (actor: Actor, permission: Permission, asked: Asked, id: string, because: 'not-found' | 'not-allowed') =>
    tellRefusal(actor, permission, asked === null ? {} : { [asked]: id }, because),
)

async function unknown(actor: Actor, permission: Permission, asked: Asked, id: string): Promise<never> {
  await told(actor, permission, asked, id, 'not-found')
  notFound()
}

async function allow(actor: Actor, permission: Permission, asked: Asked = null, id = ''): Promise<void> {
  if (actor.permissions.has(permission)) return
  await told(actor, permission, asked, id, 'not-allowed')
  forbidden()
}

/** Somebody who may do this. Else: the set-up or the sign-in page, or a page that says who can grant it. */
export async function enter(permission: Permission): Promise<Actor> {
  const actor = await signedIn(permission)
  await allow(actor, permission)
  return actor
}

/**
 * Whether a link to the page came into sight, and nobody has opened it: then nothing of it is sent but its title. Set on every request by
 * scripts/http-server.mjs.
 */
const isPrefetch = async (): Promise<boolean> => (await headers()).has('x-postern-prefetch')

/** The same for an audit; one that does not exist for this person is an unknown address. */
export const enterAudit = cache(async (auditId: string, permission: Permission): Promise<Actor> => {
  const actor = await signedIn(permission)
  const place = await placeOfAudit(auditId)
  if (!place || !sees(actor, place)) return unknown(actor, permission, 'audit', auditId)
  await allow(actor, permission, 'audit', auditId)
  if (!(await isPrefetch())) await recordView(actor, permission, auditId, place)
  return actor
})

/** The same for an environment. */
export const enterEnvironment = cache(async (environmentId: string, permission: Permission): Promise<Actor> => {
  const actor = await signedIn(permission)
  const place = await placeOfEnvironment(environmentId)
  if (!place || !sees(actor, place)) return unknown(actor, permission, 'env', environmentId)
  await allow(actor, permission, 'env', environmentId)
  return actor
})

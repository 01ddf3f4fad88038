import 'server-only'
import { z } from 'zod'
import type { Actor } from '../access'
import { record } from '../activity'
import { AppError } from '../errors'
import { forgive, throttle } from '../throttle'
import { dropNote, keepNote, readNote } from './company-attempts'
import { rotate, wrong } from './own-account'
import { addPasskey, removePasskey, renamePasskey } from './passkeys'
import { nameField } from './person-fields'
import { needProof } from './proof'
import { newRecoveryCodes, recoveryCodesLeft } from './recovery-codes'
import { relyingParty } from './relying-party'
import { forgetUnused } from './second-step'
import { beginTotp, confirmTotp, removeTotp } from './totp'

// Every change here needs a fresh proof (AppError 'prove-again'), gives the browser another token, and is recorded.

/** Makes a secret for the authenticator app, to be confirmed by a code. */
export async function beginApp(actor: Actor): Promise<void> {
  await needProof(actor)
  await beginTotp(actor.id)
}

/** Forgets a secret that was not confirmed. */
export async function cancelApp(actor: Actor): Promise<void> {
  await needProof(actor)
  await removeTotp(actor.id, 'unconfirmed')
}

const shownCodes = z.object({ userId: z.string(), codes: z.array(z.string()) })

/** New codes, kept readable for ten minutes or until their owner says that they are kept. Returns the key to them. */
async function showNewCodes(actor: Actor): Promise<string> {
  const codes = await newRecoveryCodes(actor.id)
  await record(actor, 'recovery-codes-made')
  return keepNote({ userId: actor.id, codes })
}

/** The codes that were just made for this person; null for anybody else, and later. */
export async function codesToShow(actor: Actor, key: string): Promise<readonly string[] | null> {
  const note = await readNote(key, shownCodes)
  return note?.userId === actor.id ? note.codes : null
}

/** The codes are not shown again. */
export async function forgetShownCodes(actor: Actor, key: string): Promise<void> {
  if (await codesToShow(actor, key)) await dropNote(key)
}

/** Ends the set-up of the app. Returns the key to the new recovery codes. Throws AppError('wrong-second-step'), 'too-many'. */
export async function confirmApp(actor: Actor, code: string): Promise<string> {
  await needProof(actor)
  await throttle('second step', actor.id)
  if (!(await confirmTotp(actor.id, code))) throw new AppError('wrong-second-step')
  await forgive('second step', actor.id)
  await record(actor, 'totp-on')
  await rotate(actor)
  return showNewCodes(actor)
}

/** Removes the app, and the recovery codes where no passkey is left. */
export async function removeApp(actor: Actor): Promise<void> {
  await needProof(actor)
  await removeTotp(actor.id)
  await forgetUnused(actor)
  await rotate(actor)
  await record(actor, 'totp-off')
}

/** Voids the earlier codes. Returns the key to the new ones. */
export async function renewRecoveryCodes(actor: Actor): Promise<string> {
  await needProof(actor)
  await rotate(actor)
  return showNewCodes(actor)
}

/** What somebody calls a passkey; undefined for nothing. */
const keyName = (typed: string): string | undefined => nameField.safeParse(typed.slice(0, 60)).data

/** Adds a passkey. Returns the key to new recovery codes where there were none. Throws AppError('passkey'). */
export async function addOwnPasskey(
  actor: Actor,
  input: { readonly answer: string; readonly name: string },
  host: string | null,
): Promise<string | null> {
  const sessionId = await needProof(actor)
  const party = relyingParty(host)
  if (!party) throw new AppError('passkey')
  const name = keyName(input.name) ?? 'Passkey'
  await addPasskey(actor.id, sessionId, party, { answer: input.answer, name })
  await record(actor, 'passkey-added', { details: { name } })
  await rotate(actor)
  return (await recoveryCodesLeft(actor.id)) === 0 ? showNewCodes(actor) : null
}

/** Gives one of the own passkeys another name. Throws AppError('bad-request') for none, 'not-found'. */
export async function renameOwnPasskey(actor: Actor, id: string, typed: string): Promise<void> {
  await needProof(actor)
  const name = keyName(typed)
  if (name === undefined) throw wrong('passkeyName', 'missing')
  await renamePasskey(actor.id, id, name)
  await rotate(actor)
  await record(actor, 'passkey-renamed', { details: { name } })
}

/** Removes one of the own passkeys. */
export async function removeOwnPasskey(actor: Actor, id: string): Promise<void> {
  await needProof(actor)
  await removePasskey(actor.id, id)
  await forgetUnused(actor)
  await rotate(actor)
  await record(actor, 'passkey-removed')
}

import 'server-only'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import { db, type UserRow } from '../db'
import { AppError } from '../errors'
import { keepChallenge, takeChallenge } from './challenges'
import { authentication, readAnswer, registration } from './passkey-answers'
import type { RelyingParty } from './relying-party'

/** A passkey as its owner sees it. */
export type PasskeyRow = {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

const maxPasskeys = 20
const transportsSchema = z.array(z.string())
const descriptor = (row: { id: string; transports: unknown }) => ({
  id: row.id,
  transports: transportsSchema.safeParse(row.transports).data ?? [],
})

/** The passkeys of a person, in the order they were added. */
export async function listPasskeys(userId: string): Promise<PasskeyRow[]> {
  const { passkey } = await db()
  const select = { id: true, name: true, createdAt: true, lastUsedAt: true }
  return passkey.findMany({ where: { userId }, select, orderBy: { createdAt: 'asc' } })
}

/** What the browser needs to make a passkey, for the session that asks. */
export async function beginRegistration(
  user: Pick<UserRow, 'id' | 'email' | 'name'>,
  sessionId: string,
  party: RelyingParty,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { passkey } = await db()
  const options = await generateRegistrationOptions({
    rpName: 'Postern',
    rpID: party.id,
    userName: user.email,
    userDisplayName: user.name,
    userID: new TextEncoder().encode(user.id),
    excludeCredentials: (await passkey.findMany({ where: { userId: user.id } })).map(descriptor),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  await keepChallenge(sessionId, 'register', options.challenge)
  return options
}

async function verifiedCredential(answer: string, challenge: string, party: RelyingParty) {
  const response = readAnswer(answer, registration)
  if (!response) return null
  try {
    const expected = { expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id }
    const { registrationInfo } = await verifyRegistrationResponse({
      ...{ ...expected, response, requireUserVerification: false },
    })
    return registrationInfo?.credential ?? null
  } catch {
    return null // a wrong challenge, origin, server or format
  }
}

/** Adds the passkey that the browser made. Throws AppError('passkey') where the answer does not fit what was asked. */
export async function addPasskey(
  userId: string,
  sessionId: string,
  party: RelyingParty,
  input: { readonly answer: string; readonly name: string },
): Promise<void> {
  const challenge = await takeChallenge(sessionId, 'register')
  const credential = challenge && (await verifiedCredential(input.answer, challenge, party))
  const { passkey } = await db()
  if (!credential || (await passkey.count({ where: { userId } })) >= maxPasskeys) throw new AppError('passkey')
  const { id, publicKey, counter, transports } = credential
  if (await passkey.findUnique({ where: { id } })) throw new AppError('passkey')
  await passkey.create({
    data: { id, userId, name: input.name, publicKey, counter: BigInt(counter), transports: transports ?? [] },
  })
}

/** What the browser needs to prove that one of the person's passkeys is at hand; null without one. */
export async function beginProof(
  userId: string,
  sessionId: string,
  party: RelyingParty,
): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const { passkey } = await db()
  const allowCredentials = (await passkey.findMany({ where: { userId } })).map(descriptor)
  if (allowCredentials.length === 0) return null
  const options = await generateAuthenticationOptions({ rpID: party.id, allowCredentials })
  await keepChallenge(sessionId, 'prove', options.challenge)
  return options
}

/** Whether the answer proves one of the person's passkeys, for the challenge of this session. */
export async function provePasskey(
  userId: string,
  sessionId: string,
  party: RelyingParty,
  answer: string,
): Promise<boolean> {
  const { passkey: passkeys } = await db()
  const challenge = await takeChallenge(sessionId, 'prove')
  const response = readAnswer(answer, authentication)
  const row = response && (await passkeys.findFirst({ where: { id: response.id, userId } }))
  if (!challenge || !response || !row) return false
  const credential = { id: row.id, publicKey: row.publicKey, counter: Number(row.counter) }
  try {
    const expected = { expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id }
    // Presence is enough beside a password; a counter that does not grow is a copied key, and throws.
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...{ ...expected, response, credential, requireUserVerification: false },
    })
    if (!verified) return false
    const data = { counter: BigInt(authenticationInfo.newCounter), lastUsedAt: new Date() }
    return (await passkeys.updateMany({ where: { id: row.id, counter: row.counter }, data })).count === 1
  } catch {
    return false
  }
}

/** Removes one of the person's passkeys. Throws AppError('not-found') for any other. */
export async function removePasskey(userId: string, id: string): Promise<void> {
  const { passkey } = await db()
  if ((await passkey.deleteMany({ where: { id, userId } })).count === 0) throw new AppError('not-found')
}

/** Gives one of the person's passkeys another name. Throws AppError('not-found') for any other. */
export async function renamePasskey(userId: string, id: string, name: string): Promise<void> {
  const { passkey } = await db()
  if ((await passkey.updateMany({ where: { id, userId }, data: { name } })).count === 0) throw new AppError('not-found')
}

import 'server-only'
import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import { db, type UserRow } from '../db'
import { seal, unseal } from '../secrets'

const period = 30

/** What every authenticator app understands: SHA-1, six digits, thirty seconds. */
const generator = (secret: Secret, email: string): TOTP =>
  new TOTP({ issuer: 'Postern', label: email, algorithm: 'SHA1', digits: 6, period, secret })

/** What a person needs to set up an authenticator app. `key` is for typing, in groups of four. */
export type TotpSetup = { readonly uri: string; readonly svg: string; readonly key: string }

/** Makes a secret that counts only after `confirmTotp`. False where codes are confirmed already: those go first. */
export async function beginTotp(userId: string): Promise<boolean> {
  const { user } = await db()
  const data = { totpSecret: seal(new Secret({ size: 20 }).base32), totpLastStep: null }
  return (await user.updateMany({ where: { id: userId, totpConfirmedAt: null }, data })).count === 1
}

/** What to show while set-up is under way; null otherwise: a confirmed secret is never shown again. */
export function totpSetup(user: Pick<UserRow, 'email' | 'totpSecret' | 'totpConfirmedAt'>): TotpSetup | null {
  if (!user.totpSecret || user.totpConfirmedAt) return null
  const totp = generator(Secret.fromBase32(unseal(user.totpSecret)), user.email)
  const uri = totp.toString()
  const key = totp.secret.base32.replace(/.{4}(?=.)/g, '$& ')
  return { uri, svg: renderSVG(uri, { ecc: 'M', border: 2 }), key }
}

/** The time step of a code, at most one beside that of now: clocks differ. Null for a wrong code. */
function stepOf(user: UserRow, code: string): number | null {
  const token = code.replace(/\s/g, '')
  if (!user.totpSecret || !/^\d{6}$/.test(token)) return null
  const totp = generator(Secret.fromBase32(unseal(user.totpSecret)), user.email)
  const timestamp = Date.now()
  const delta = totp.validate({ token, timestamp, window: 1 })
  return delta === null ? null : totp.counter({ timestamp }) + delta
}

/** Takes a code if it is right and newer than every code taken before, and changes `data` with it. Each code works once. */
async function take(userId: string, code: string, isConfirmed: boolean, data: { totpConfirmedAt?: Date } = {}) {
  const { user: users } = await db()
  const user = await users.findUnique({ where: { id: userId } })
  const step = user && stepOf(user, code)
  if (!user || step === null) return false
  const unused = { OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] }
  const where = { id: userId, totpSecret: user.totpSecret, totpConfirmedAt: isConfirmed ? { not: null } : null }
  const { count } = await users.updateMany({ where: { ...where, ...unused }, data: { ...data, totpLastStep: step } })
  return count === 1
}

/** Ends the set-up with a first code. False for a wrong one. */
export const confirmTotp = (userId: string, code: string): Promise<boolean> =>
  take(userId, code, false, { totpConfirmedAt: new Date() })

/** Whether the code is right, and the first use of it. */
export const spendTotp = (userId: string, code: string): Promise<boolean> => take(userId, code, true)

/** Forgets the secret, or only one that was never confirmed. */
export async function removeTotp(userId: string, which: 'any' | 'unconfirmed' = 'any'): Promise<void> {
  const { user } = await db()
  await user.updateMany({
    where: { id: userId, ...(which === 'any' ? {} : { totpConfirmedAt: null }) },
    data: { totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
  })
}

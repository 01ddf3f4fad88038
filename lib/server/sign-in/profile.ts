import 'server-only'
import type { Actor } from '../access'
import { db, type UserRow } from '../db'
import { AppError } from '../errors'
import { instance } from '../instance'
import type { SignInMethod } from '../sessions'
import { listPasskeys, type PasskeyRow } from './passkeys'
import { isFresh } from './proof'
import { recoveryCodesLeft } from './recovery-codes'
import { type TotpSetup, totpSetup } from './totp'

/** A session as its owner sees it. */
export type OwnSession = {
  readonly id: string
  readonly isCurrent: boolean
  readonly userAgent: string
  readonly address: string
  readonly method: SignInMethod
  readonly createdAt: Date
  readonly lastSeenAt: Date
}

/** What somebody sees of the own account. */
export type Profile = {
  readonly user: Pick<UserRow, 'name' | 'email' | 'role' | 'locale' | 'theme' | 'totpConfirmedAt'>
  readonly hasPassword: boolean
  /** Whether what protects the account may be changed now, without another proof. */
  readonly isProved: boolean
  readonly totpSetup: TotpSetup | null
  readonly passkeys: readonly PasskeyRow[]
  readonly recoveryCodes: number
  readonly sessions: readonly OwnSession[]
  /** The company's sign-in, and whether this account is connected with it; null where there is none. */
  readonly company: { readonly label: string; readonly isConnected: boolean } | null
}

const methods = new Set<string>(['setup', 'password', 'totp', 'passkey', 'recovery', 'oidc'])
const isMethod = (text: string): text is SignInMethod => methods.has(text)

async function companyOf(userId: string): Promise<Profile['company']> {
  const { company } = (await instance()).signIn
  if (!company) return null
  const identities = await (await db()).identity.count({ where: { userId } })
  return { label: company.label, isConnected: identities > 0 }
}

/** The own account. Throws AppError('not-signed-in') where it is gone meanwhile. */
export async function getProfile(actor: Actor): Promise<Profile> {
  const client = await db()
  const user = await client.user.findUnique({
    where: { id: actor.id },
    include: {
      sessions: { where: { isComplete: true, expiresAt: { gt: new Date() } }, orderBy: { lastSeenAt: 'desc' } },
    },
  })
  if (!user) throw new AppError('not-signed-in')
  const own = user.sessions.find((session) => session.id === actor.sessionId)
  return {
    user,
    hasPassword: user.passwordHash !== null,
    isProved: own !== undefined && isFresh(own),
    totpSetup: own && isFresh(own) ? totpSetup(user) : null,
    passkeys: await listPasskeys(user.id),
    recoveryCodes: await recoveryCodesLeft(user.id),
    sessions: user.sessions.map(({ id, userAgent, address, method, createdAt, lastSeenAt }) => ({
      ...{ id, userAgent, address, createdAt, lastSeenAt, isCurrent: id === actor.sessionId },
      method: isMethod(method) ? method : 'password',
    })),
    company: await companyOf(user.id),
  }
}

import 'server-only'
import type { Locale } from '@/lib/i18n/locales'
import type { Actor } from '../access'
import { db } from '../db'
import { settings } from '../env'
import { AppError, sentence } from '../errors'
import { instance } from '../instance'
import { ownOrigin } from '../own-origin'
import { readNote } from './company-attempts'
import { callbackPath } from './company-sign-in'
import { type TestOutcome, testSchema } from './company-test'
import { isFresh } from './proof'
import { isHereByCompany, maxLines } from './save-settings'
import type { Company } from './sign-in-settings'

/** How people sign in, as the page of the settings shows it. The secret is not part of it. */
export type SignInSettings = {
  readonly isProved: boolean
  readonly redirectUri: string | null
  readonly hasCompany: boolean
  readonly hasSecret: boolean
  /** Fields of the form. */
  readonly values: Readonly<Record<string, string>>
  /** Lines of groups in the form: those that are filled in, and a few more. */
  readonly lines: number
  readonly environments: readonly { readonly id: string; readonly name: string }[]
  readonly isLocal: boolean
  readonly isForced: boolean
  readonly maySwitchOff: boolean
  readonly secondStep: 'nobody' | 'admins' | 'everybody'
}

const blankLines = 3

/** A line for each group, role and environment: the form knows one environment a line. */
const linesOf = (company: Company | null) =>
  (company?.roles ?? []).flatMap(({ group, role, environments }) =>
    (environments ?? ['']).map((environment) => ({ group, role, environment })),
  )

function valuesOf(company: Company | null): Record<string, string> {
  const lines = linesOf(company).flatMap(({ group, role, environment }, n) => [
    [`group-${n}`, group],
    [`role-${n}`, role],
    [`environment-${n}`, environment],
  ])
  return {
    ...{ label: company?.label ?? '', issuer: company?.issuer ?? '', clientId: company?.clientId ?? '' },
    ...{ groupsClaim: company?.groupsClaim ?? 'groups', domains: company?.domains.join(', ') ?? '' },
    createPeople: company?.createPeople ? 'on' : '',
    ...Object.fromEntries(lines),
  }
}

async function isProved(actor: Actor): Promise<boolean> {
  if (actor.sessionId === null) return false
  const session = await (await db()).session.findUnique({ where: { id: actor.sessionId } })
  return session !== null && isFresh(session)
}

/** What the page of the settings shows. */
export async function getSignInSettings(actor: Actor, host: string | null): Promise<SignInSettings> {
  const { signIn } = await instance()
  const { company, local, secondStep } = signIn
  const origin = ownOrigin(host)
  const client = await db()
  return {
    ...{ isProved: await isProved(actor), redirectUri: origin && `${origin}${callbackPath}`, secondStep },
    ...{ hasCompany: company !== null, hasSecret: Boolean(company?.clientSecret), values: valuesOf(company) },
    lines: Math.min(linesOf(company).length + blankLines, maxLines),
    environments: await client.environment.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } }),
    ...{ isLocal: local, isForced: settings().isLocalSignInForced },
    maySwitchOff: company !== null && (await isHereByCompany(actor)),
  }
}

export type ShownTest = {
  readonly result: TestOutcome
  readonly reason: string | null
  readonly places: readonly string[] | null
}

/** What this person's test of the company sign-in found out; null for another person, or later. */
export async function testResult(token: string, userId: string, locale: Locale): Promise<ShownTest | null> {
  const found = await readNote(token, testSchema)
  if (!found || found.userId !== userId) return null
  const { userId: _, ...result } = found
  const reason = result.refusal && sentence(new AppError(result.refusal), locale).detail
  if (!result.environments) return { result, reason, places: null }
  const rows = await (await db()).environment.findMany({
    where: { id: { in: result.environments } },
    orderBy: { name: 'asc' },
  })
  return { result, reason, places: rows.map((row) => row.name) }
}

import 'server-only'
import type { Actor } from '../access'
import { record } from '../activity'
import { db } from '../db'
import { AppError } from '../errors'
import { instance, saveInstance } from '../instance'
import { seal } from '../secrets'
import { needProof } from './proof'
import { type Company, companySchema, signInSchema } from './sign-in-settings'

// Every change here needs a fresh proof (AppError 'prove-again').

type Typed = Readonly<Record<string, string>>

/** The most lines of groups that a form has. */
export const maxLines = 100

/** Lines `group-0`, `role-0`, `environment-0` and so on; one without a group is no line. */
const linesOf = (typed: Typed) =>
  Array.from({ length: maxLines }, (_, n) => ({
    group: typed[`group-${n}`] ?? '',
    role: typed[`role-${n}`] ?? '',
    environments: typed[`environment-${n}`] ? [typed[`environment-${n}`]] : null,
  })).filter((line) => line.group.trim() !== '')

/** A secret that was stored stays when none is typed, unless it would go to another provider or client than before. */
function secretOf(typed: Typed, before: Company | null): string {
  if (typed.clientSecret) return seal(typed.clientSecret)
  const isSame = before?.issuer === typed.issuer?.trim() && before?.clientId === typed.clientId?.trim()
  return isSame && before ? before.clientSecret : ''
}

function companyOf(typed: Typed, before: Company | null): Company {
  const parsed = companySchema.safeParse({
    ...{ label: typed.label ?? '', issuer: typed.issuer ?? '', clientId: typed.clientId ?? '' },
    ...{ groupsClaim: typed.groupsClaim ?? '', roles: linesOf(typed), clientSecret: secretOf(typed, before) },
    domains: (typed.domains ?? '').split(/[\s,;]+/).filter(Boolean),
    createPeople: typed.createPeople === 'on',
  })
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: String(path[0]), message }))
  throw new AppError('bad-request', { reason: fields.map((f) => f.field).join(', ') }, {}, fields)
}

/** Saves how people sign in with the company's account. Throws AppError('bad-request') with a word for each field. */
export async function saveCompany(actor: Actor, typed: Typed): Promise<void> {
  await needProof(actor)
  const { signIn } = await instance()
  const company = companyOf(typed, signIn.company)
  await saveInstance('signIn', { ...signIn, company })
  const { label, issuer, clientId, createPeople, roles } = company
  const details = { label, issuer, clientId, createPeople, groups: roles.map((line) => line.group) }
  await record(actor, 'settings-changed', { object: 'signIn', details })
}

/** Ends sign-in with the company's account; then passwords are the only way in. */
export async function removeCompany(actor: Actor): Promise<void> {
  await needProof(actor)
  const { signIn } = await instance()
  await saveInstance('signIn', { ...signIn, company: null, local: true })
  await record(actor, 'settings-changed', { object: 'signIn', details: { company: null, local: true } })
}

/** Whether this admin came in with the company's account, so that it is known to work. */
export async function isHereByCompany(actor: Actor): Promise<boolean> {
  if (actor.sessionId === null || actor.role !== 'admin') return false
  const session = await (await db()).session.findUnique({ where: { id: actor.sessionId } })
  return session?.method === 'oidc'
}

/** Switches passwords on or off. Throws AppError('local-needed') where the company's sign-in was not seen to work. */
export async function saveLocal(actor: Actor, local: boolean): Promise<void> {
  await needProof(actor)
  const { signIn } = await instance()
  if (!local && !(signIn.company && (await isHereByCompany(actor)))) throw new AppError('local-needed')
  await saveInstance('signIn', { ...signIn, local })
  await record(actor, 'settings-changed', { object: 'signIn', details: { local } })
}

/** Saves who must have a second step. */
export async function saveSecondStep(actor: Actor, secondStep: string): Promise<void> {
  await needProof(actor)
  const parsed = signInSchema.shape.secondStep.safeParse(secondStep)
  if (!parsed.success) throw new AppError('bad-request', { reason: 'secondStep' })
  await saveInstance('signIn', { ...(await instance()).signIn, secondStep: parsed.data })
  await record(actor, 'settings-changed', { object: 'signIn', details: { secondStep: parsed.data } })
}

import 'server-only'
import {
  type Disposition,
  type ExpectationResult,
  emptyForm,
  expectable,
  expectationOf,
  formSearch,
  isEmptyForm,
  parseForm,
  type SimForm,
  type Simulation,
  type Starter,
  startersOf,
} from '@/lib/core'
import type { Actor } from './access'
import { record } from './activity'
import { db, type ExpectationRow as Stored } from './db'
import { AppError } from './errors'
import { simulateAudit } from './simulations'

/** A question to the mail flow of an environment whose answer must stay the same. */
export type Expectation = {
  readonly id: string
  readonly name: string
  readonly form: SimForm
  readonly expected: Disposition
  readonly createdAt: Date
}

/** The same against one audit. */
export type JudgedExpectation = Expectation & ExpectationResult

const isExpected = (text: string): text is Disposition => expectable.some((d) => d === text)

const formOf = (question: string): SimForm => parseForm(Object.fromEntries(new URLSearchParams(question)))

function toExpectation({ id, name, question, expected, createdAt }: Stored): Expectation[] {
  return isExpected(expected) ? [{ id, name, form: formOf(question), expected, createdAt }] : []
}

/** Expectations of an environment, oldest first. */
export async function listExpectations(environmentId: string): Promise<Expectation[]> {
  const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]
  return (await (await db()).expectation.findMany({ where: { environmentId }, orderBy })).flatMap(toExpectation)
}

/** The parts of a range, or of Exchange Online's addresses, that another connector answers have a question of their own. */
async function answersTo(auditId: string, form: SimForm): Promise<Simulation[]> {
  const first = await simulateAudit(auditId, form)
  const others: Simulation[] = []
  for (const { address } of first.span?.differs ?? [])
    others.push(await simulateAudit(auditId, { ...form, from: address }))
  return [first, ...others]
}

/**
 * Puts expectations to an analysed audit, one after the other. Throws what `simulateAudit` throws: then nothing is known of any of them.
 */
export async function judgeExpectations(
  auditId: string,
  expectations: readonly Expectation[],
): Promise<JudgedExpectation[]> {
  const judged: JudgedExpectation[] = []
  for (const expectation of expectations) {
    const answers = await answersTo(auditId, expectation.form)
    judged.push({ ...expectation, ...expectationOf(expectation.expected, answers) })
  }
  return judged
}

/** What most organisations expect, as far as this audit can be asked for it. */
export async function expectationStarters(auditId: string): Promise<readonly Starter[]> {
  return startersOf((await simulateAudit(auditId, emptyForm)).examples)
}

const maxName = 200
/** Each is a question or more to every new audit. */
const maxExpectations = 200

const cleanName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, maxName)

type Wish = { readonly name: string; readonly question: string; readonly expected: string }

/**
 * Keeps the answer to a question as an expectation of an environment; the same question again changes what is expected. `question` is the
 * search part of a simulator's address. Throws AppError `bad-request` for an empty question or an unknown answer, `too-many-expectations`.
 */
export async function keepExpectation(environmentId: string, wish: Wish, by: Actor): Promise<void> {
  const form = formOf(wish.question)
  if (isEmptyForm(form)) throw new AppError('bad-request', { reason: 'question' })
  if (!isExpected(wish.expected)) throw new AppError('bad-request', { reason: 'expected' })
  const question = formSearch(form)
  const data = { name: cleanName(wish.name), expected: wish.expected }
  const client = await db()
  const id = await client.$transaction(async (tx) => {
    const known = await tx.expectation.findFirst({ where: { environmentId, question }, select: { id: true } })
    if (known) return (await tx.expectation.update({ where: { id: known.id }, data })).id
    if ((await tx.expectation.count({ where: { environmentId } })) >= maxExpectations)
      throw new AppError('too-many-expectations', { limit: maxExpectations })
    return (await tx.expectation.create({ data: { ...data, environmentId, question } })).id
  })
  await record(by, 'expectation-changed', { environmentId, object: id, details: { expected: wish.expected } })
}

/** Expects it no more. One that is gone already is no error. */
export async function dropExpectation(environmentId: string, id: string, by: Actor): Promise<void> {
  const { count } = await (await db()).expectation.deleteMany({ where: { id, environmentId } })
  if (count > 0) await record(by, 'expectation-changed', { environmentId, object: id, details: { dropped: true } })
}

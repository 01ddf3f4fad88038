import 'server-only'
import { type Answers, parseAnswer } from '@/lib/core'
import { db, type Tx } from './db'
import { AppError } from './errors'
import { queueInspection, queuePreview } from './jobs/preview'
import { wakeRunner } from './jobs/wake'
import { type AuditRow, toAnswers, toAuditRow, withEnvironment } from './rows'
import { requireDraft, toUploadRow, type UploadRow } from './sources'

/** What is said about the bytes of one file holds for no other file of that name. */
const aboutBytes: readonly string[] = ['encoding', 'format', 'mojibake']
/** Text from the clipboard gets a number for a name: the next `paste-1` is something else. */
const isPasted = /^paste-\d+(?: \(\d+\))?\.txt$/

/** Whether an answer holds for the organisation, in its next audit too. */
export function isLasting(key: string): boolean {
  const [, name = key, subject = ''] = /^([a-z-]+):(.*)$/s.exec(key) ?? []
  return !aboutBytes.includes(name) && !isPasted.test(subject)
}

/** The answers among these that hold for the organisation. */
export const lasting = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => isLasting(key)))

/** What earlier audits of an environment were told. */
export async function rememberedAnswers(environmentId: string): Promise<Answers> {
  const row = await (await db()).environment.findUnique({ where: { id: environmentId }, select: { answers: true } })
  return toAnswers(row?.answers)
}

/** Keeps for the environment what its audit was told. Called when an analysis starts: a draft may still be somebody else's. */
export async function remember(tx: Tx, environmentId: string, answers: Answers): Promise<void> {
  const row = await tx.environment.findUniqueOrThrow({ where: { id: environmentId }, select: { answers: true } })
  const known = { ...toAnswers(row.answers), ...lasting(answers) }
  await tx.environment.update({ where: { id: environmentId }, data: { answers: known } })
}

/** Answers of a draft that moves to another environment: what it took over from the old one stays behind. The new one gives its own. */
export async function movedAnswers(tx: Tx, answers: Answers, from: string, to: string): Promise<Answers> {
  if (from === to) return answers
  const rows = await tx.environment.findMany({ where: { id: { in: [from, to] } }, select: { id: true, answers: true } })
  const of = (id: string) => toAnswers(rows.find((r) => r.id === id)?.answers)
  const old = of(from)
  const own = Object.entries(answers).filter(([key, value]) => old[key] !== value)
  return { ...of(to), ...Object.fromEntries(own) }
}

/** Key → value, or null to take an answer back. */
export type AnswerChanges = Readonly<Record<string, string | null>>

const maxAnswers = 5000

function checked(changes: AnswerChanges): [key: string, value: string | null][] {
  return Object.entries(changes).map(([key, value]) => {
    if (value === null) return [key, null]
    const answer = parseAnswer(`${key}=${value}`)
    if ('error' in answer) throw new AppError('bad-request', { reason: answer.error })
    return [answer.key, answer.value]
  })
}

/**
 * Stores what a person said about a draft or its files; files that read differently now are read again. An answer that is taken back
 * is also forgotten for the environment, but not where `isUnaware`: whoever says it may not know what is remembered there. Throws AppError
 * `bad-request`, `not-a-draft`, `not-found`.
 */
export async function answerDraft(auditId: string, changes: AnswerChanges, isUnaware = false): Promise<AuditRow> {
  const pairs = checked(changes)
  const client = await db()
  const uploads = await Promise.all((await client.upload.findMany({ where: { auditId } })).map(toUploadRow))
  const row = await client.$transaction(async (tx) => {
    await requireDraft(tx, auditId)
    const audit = await tx.audit.findUniqueOrThrow({ where: { id: auditId }, include: withEnvironment })
    const answers = withChanges(toAnswers(audit.answers), pairs)
    if (Object.keys(answers).length > maxAnswers) throw new AppError('bad-request', { reason: 'too many answers' })
    if (!isUnaware) await forget(tx, audit.environmentId, pairs)
    for (const upload of uploads.filter((u) => pairs.some(([key]) => isAbout(key, u))))
      await queueInspection(tx, auditId, upload.id)
    await queuePreview(tx, auditId)
    return tx.audit.update({ where: { id: auditId }, data: { answers, preview: null }, include: withEnvironment })
  })
  wakeRunner()
  return toAuditRow(row)
}

function withChanges(answers: Answers, pairs: readonly (readonly [string, string | null])[]): Record<string, string> {
  const all = new Map(Object.entries(answers))
  for (const [key, value] of pairs) {
    if (value === null) all.delete(key)
    else all.set(key, value)
  }
  return Object.fromEntries(all)
}

async function forget(tx: Tx, environmentId: string, pairs: readonly (readonly [string, string | null])[]) {
  const gone = pairs.filter(([, value]) => value === null)
  if (gone.length === 0) return
  const row = await tx.environment.findUniqueOrThrow({ where: { id: environmentId }, select: { answers: true } })
  await tx.environment.update({
    where: { id: environmentId },
    data: { answers: withChanges(toAnswers(row.answers), gone) },
  })
}

/** Does an answer change how an upload is read? */
function isAbout(key: string, upload: UploadRow): boolean {
  const [name = '', ...rest] = key.split(':')
  const file = rest.join(':')
  if (key === 'date-order') return [...upload.sources.flatMap((s) => s.notices), ...settled(upload)].some(isDate)
  if (!['date-order', 'server', ...aboutBytes].includes(name)) return false
  return file === upload.name || file.startsWith(`${upload.name}!/`)
}

const isDate = ({ code }: { code: string }): boolean => code === 'date-ambiguous'
const settled = (upload: UploadRow) => Object.values(upload.facts.settled).flat()

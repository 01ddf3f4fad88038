import 'server-only'
import { existsSync } from 'node:fs'
import type { AskedTrace, Relay, SimForm, Simulation, TraceJson } from '@/lib/core'
import { blobPath } from './blob-files'
import { db } from './db'
import { AppError } from './errors'
import { adviser } from './jobs/adviser'
import { limits, storedFile, tooMuch } from './jobs/handlers'
import type { Ask, AskResult, AskTask } from './jobs/tasks'
import { TaskError } from './jobs/worker-slot'
import { originalsDeleted } from './originals'
import { coreVersion } from './reports'
import { toAnswers } from './rows'

// Questions to an analysed audit. The organisation is not stored: sources are the truth, and a worker process reads them when it must.

/** The files as the analysis read them, so that a source has the same id in an answer and in the report. */
async function taskFor(auditId: string, ask: Ask): Promise<AskTask> {
  const audit = await (await db()).audit.findUnique({
    where: { id: auditId },
    include: { uploads: { include: { jobs: { where: tooMuch } } } },
  })
  if (audit?.status !== 'done' || audit.asOf === null) throw new AppError('not-found')
  if (audit.originalsDeletedAt) throw originalsDeleted(audit.originalsDeletedAt)
  const files = audit.uploads.map((upload) => storedFile(upload, upload.jobs.length > 0))
  if (files.some((f) => !existsSync(/* turbopackIgnore: true */ blobPath(f.sha256)))) throw new AppError('files-gone')
  const answers = toAnswers(audit.answers)
  const said = files.map((f) => [f.name, f.sha256, f.isRefused])
  const key = JSON.stringify([auditId, coreVersion(), audit.asOf, answers, said])
  return { kind: 'ask', key, files, asOf: audit.asOf, answers, limits: limits(), ask }
}

async function answer<K extends Ask['kind']>(auditId: string, ask: Ask & { kind: K }): Promise<AskResult> {
  const task = await taskFor(auditId, ask)
  return adviser()
    .run(task)
    .catch((error: unknown) => {
      if (error instanceof TaskError && error.reason !== 'crashed')
        throw new AppError('too-demanding', {}, { cause: error })
      throw error
    })
}

const traceFields = [
  'from',
  'origin',
  'to',
  'port',
  'localIp',
  'tls',
  'peerCert',
  'originator',
  'auth',
  'mailFrom',
  'rcptTo',
  'size',
]
const longest = 1000

/** Every wrong field is named: an unknown name may be a typing error, and then the answer would be to another question. */
export function askedOf(body: Readonly<Record<string, unknown>>): AskedTrace {
  const wrong = Object.entries(body).flatMap(([field, value]) => {
    if (!traceFields.includes(field)) return [{ field, message: `is not one of ${traceFields.join(', ')}` }]
    if (typeof value !== 'string' && typeof value !== 'number') return [{ field, message: 'takes a text or a number' }]
    return String(value).length > longest ? [{ field, message: `takes at most ${longest} characters` }] : []
  })
  const reason = wrong.map((w) => `${w.field}: ${w.message}`).join('; ')
  if (wrong.length > 0) throw new AppError('bad-request', { reason }, undefined, wrong)
  return body as AskedTrace // checked above, field by field
}

/** The way of one message. Throws AppError: `not-found` (no such audit, or it is not analysed), `bad-request` with every wrong field. */
export async function traceAudit(auditId: string, asked: AskedTrace): Promise<TraceJson> {
  const result = await answer(auditId, { kind: 'trace', asked })
  if (result.kind === 'trace') return result.trace
  const problems = result.kind === 'problems' ? result.problems : []
  const fields = problems.map(({ field, message }) => ({ field, message }))
  const reason = fields.map((f) => `${f.field}: ${f.message}`).join('; ')
  throw new AppError('bad-request', { reason }, undefined, fields)
}

/** Who may do what on every listener, as gzip'd JSON of the contract. */
export async function exposureOfAudit(auditId: string): Promise<Uint8Array<ArrayBuffer>> {
  const result = await answer(auditId, { kind: 'exposure' })
  if (result.kind !== 'exposure') throw new Error('another answer than to the question')
  return result.exposure
}

/** What the page of the simulator shows for its form. */
export async function simulateAudit(auditId: string, form: SimForm): Promise<Simulation> {
  const result = await answer(auditId, { kind: 'simulate', form })
  if (result.kind !== 'simulate') throw new Error('another answer than to the question')
  return result.simulation
}

/** Who can relay. */
export async function relayOfAudit(auditId: string): Promise<Relay> {
  const result = await answer(auditId, { kind: 'relay' })
  if (result.kind !== 'relay') throw new Error('another answer than to the question')
  return result.relay
}

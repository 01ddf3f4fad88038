import 'server-only'
import { z } from 'zod'
import { type Answers, type Progress, type Severity, severities } from '@/lib/core'
import type { Audit } from './db'

/** A draft takes files; then it is queued, runs, and ends as done or failed. */
export type AuditStatus = 'draft' | 'queued' | 'running' | 'done' | 'failed'

/** An audit as lists and pages show it. `counts` is findings by severity, null before the first report. */
export type AuditRow = {
  readonly id: string
  readonly environmentId: string
  readonly environmentName: string
  readonly name: string
  readonly status: AuditStatus
  readonly createdAt: Date
  readonly analysedAt: Date | null
  readonly asOf: string | null
  /** When the first certificate in SMTP use ends, as exported: ISO 8601; null where no export tells. */
  readonly certificateEnd: string | null
  readonly counts: Readonly<Record<Severity, number>> | null
  readonly notAssessed: number | null
  readonly answers: Answers
  readonly progress: Progress | null
  /** A FailureCode of failures.ts where the status is `failed`. */
  readonly error: string | null
  readonly isSample: boolean
  /** 1, or one more than the audit that `revisionOf` names: the one whose files this one began with. */
  readonly revision: number
  readonly revisionOf: string | null
  readonly sources: number
  /** When retention deleted its files; the report stays. */
  readonly originalsDeletedAt: Date | null
  /** Id of the person who made it; null for one from before there were accounts. */
  readonly createdBy: string | null
}

const answersSchema = z.record(z.string(), z.string())
/** Answers of an audit or an environment as they are stored. */
export const toAnswers = (stored: unknown): Answers => answersSchema.safeParse(stored).data ?? {}

const countsSchema = z.record(z.enum(severities), z.number().int())
const progressSchema = z.object({
  phase: z.enum(['reading', 'building', 'checking', 'drawing']),
  done: z.number(),
  total: z.number(),
  detail: z.string().optional(),
})

function toProgress(value: unknown): Progress | null {
  const parsed = progressSchema.safeParse(value)
  if (!parsed.success) return null
  const { detail, ...rest } = parsed.data
  return detail === undefined ? rest : { ...rest, detail }
}

/** What a query must include for `toAuditRow`. */
export const withEnvironment = {
  environment: { select: { name: true } },
  _count: { select: { uploads: true } },
} as const

type Joined = Audit & { readonly environment: { readonly name: string }; readonly _count: { readonly uploads: number } }

/** A row of the database, with what `withEnvironment` includes, as pages see it. */
export function toAuditRow(audit: Joined): AuditRow {
  const isActive = audit.status === 'queued' || audit.status === 'running'
  return {
    id: audit.id,
    environmentId: audit.environmentId,
    environmentName: audit.environment.name,
    name: audit.name,
    status: audit.status,
    createdAt: audit.createdAt,
    analysedAt: audit.analysedAt,
    asOf: audit.asOf,
    certificateEnd: audit.certificateEnd,
    counts: countsSchema.safeParse(audit.counts).data ?? null,
    notAssessed: audit.notAssessed,
    answers: toAnswers(audit.answers),
    progress: isActive ? toProgress(audit.progress) : null,
    error: audit.status === 'failed' ? audit.error : null,
    isSample: audit.isSample,
    revision: audit.revision,
    revisionOf: audit.revisionOf,
    sources: audit.sources ?? audit._count.uploads,
    originalsDeletedAt: audit.originalsDeletedAt,
    createdBy: audit.createdBy,
  }
}

import 'server-only'
import { Readable } from 'node:stream'
import { z } from 'zod'
import {
  type Acceptable,
  type Accepted,
  type AcceptedRisk,
  acceptanceOn,
  applyAccepted,
  entriesOf,
  groupBy,
  isDay,
  jsonChunks,
  type Reopening,
  type Report,
  reopeningOf,
  type Severity,
} from '@/lib/core'
import { type AcceptedRiskRow, db } from './db'
import { AppError } from './errors'
import { loadReport, streamReport } from './reports'
import type { AuditRow } from './rows'

/** An accepted risk of an environment, as it was when it was accepted. */
export type RiskRow = AcceptedRisk & {
  readonly id: string
  readonly title: { readonly en: string; readonly de: string }
  readonly createdAt: Date
  /** Ended before its last day. */
  readonly revokedAt: Date | null
  /** Who accepted and who ended it; null from before there were accounts. */
  readonly byName: string | null
  readonly revokedByName: string | null
}

const idsSchema = z.array(z.string())
const idsOf = (stored: unknown): string[] | null => idsSchema.safeParse(stored).data ?? null

const toRisk = (row: AcceptedRiskRow): RiskRow => ({
  id: row.id,
  rule: row.rule,
  finding: row.fingerprint,
  objects: idsOf(row.objects) ?? [],
  level: row.severity,
  title: { en: row.titleEn, de: row.titleDe },
  reason: row.reason,
  until: row.until,
  createdAt: row.createdAt,
  revokedAt: row.revokedAt,
  byName: row.byName,
  revokedByName: row.revokedByName,
})

const dayMs = 86_400_000

/** Days are those of UTC, like every date that is shown. */
export const dayAfter = (days = 0): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)

const maxDays = 365
const usualDays = 90

/** Days that an acceptance may last to. What strangers could use is never accepted for good. */
export const untilRange = (level: Severity) => ({
  min: dayAfter(),
  usual: dayAfter(usualDays),
  max: dayAfter(maxDays),
  isRequired: level === 'critical' || level === 'high',
})

// -- What is accepted applies to what is shown ------------------------------------------------------------------------------------

async function entriesOfAudit(auditId: string): Promise<Accepted[]> {
  const where = { revokedAt: null, environment: { audits: { some: { id: auditId } } } }
  return (await (await db()).acceptedRisk.findMany({ where })).map(toRisk).flatMap(entriesOf)
}

/** The report of an analysed audit with what is accepted today marked as such; null like the report. */
export async function shownReport(auditId: string): Promise<Report | null> {
  const [report, entries] = await Promise.all([loadReport(auditId), entriesOfAudit(auditId)])
  return report && applyAccepted(report, entries, dayAfter())
}

/** The same as JSON, a piece at a time. */
export async function streamShownReport(auditId: string): Promise<ReadableStream<Uint8Array> | null> {
  const entries = await entriesOfAudit(auditId)
  if (entries.length === 0) return streamReport(auditId)
  const report = await loadReport(auditId)
  if (!report) return null
  const chunks = jsonChunks(applyAccepted(report, entries, dayAfter()))
  const text = Readable.toWeb(Readable.from(chunks)) as ReadableStream<string>
  return text.pipeThrough(new TextEncoderStream())
}

type StoredFinding = { fingerprint: string; rule: string; severity: Severity; objects: unknown }

/** A row of an analysis before objects were kept matches nothing until its report is made again. */
const acceptable = (row: StoredFinding): Acceptable | null => {
  const objects = idsOf(row.objects)
  return (
    objects && { id: row.fingerprint, rule: row.rule, severity: row.severity, objects: objects.map((id) => ({ id })) }
  )
}

/** Audits with counts from which what is accepted today is taken out. */
export async function withoutAccepted(audits: readonly AuditRow[]): Promise<AuditRow[]> {
  const client = await db()
  const environments = [...new Set(audits.map((a) => a.environmentId))]
  const risks = await client.acceptedRisk.findMany({ where: { revokedAt: null, environmentId: { in: environments } } })
  if (risks.length === 0) return [...audits]
  const byEnvironment = groupBy(risks, (r) => r.environmentId)
  const accepting = new Map(
    [...byEnvironment].map(([id, mine]) => [id, acceptanceOn(dayAfter(), mine.map(toRisk).flatMap(entriesOf))]),
  )
  const auditId = { in: audits.filter((a) => accepting.has(a.environmentId)).map((a) => a.id) }
  const fingerprint = { in: [...new Set(risks.map((r) => r.fingerprint))] }
  const rows = await client.finding.findMany({
    where: { auditId, fingerprint, absorbedBy: null },
    select: { auditId: true, fingerprint: true, rule: true, severity: true, objects: true },
  })
  const byAudit = groupBy(rows, (r) => r.auditId)
  return audits.map((audit) => {
    const isAccepted = accepting.get(audit.environmentId)
    if (!isAccepted || !audit.counts) return audit
    const counts = { ...audit.counts }
    for (const row of byAudit.get(audit.id) ?? []) {
      const finding = acceptable(row)
      if (finding && isAccepted(finding)) counts[row.severity]--
    }
    return { ...audit, counts }
  })
}

// -- Accepting, ending --------------------------------------------------------------------------------------------------------------

const maxReason = 1000

/** A reason as it was typed, without characters that are no text or that turn the line around. */
const cleanReason = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()

const untilSchema = (level: Severity) => {
  const { min, max, isRequired } = untilRange(level)
  return z
    .string()
    .trim()
    .refine((day) => day !== '' || !isRequired, 'missing')
    .refine((day) => day === '' || isDay(day), 'not-a-day')
    .refine((day) => !isDay(day) || day >= min, 'past')
    .refine((day) => !isDay(day) || day <= max, 'too-far')
    .transform((day) => day || null)
}

const detailsSchema = (level: Severity) =>
  z.object({
    reason: z.string().transform(cleanReason).pipe(z.string().min(1, 'missing').max(maxReason, 'too-long')),
    until: untilSchema(level),
  })

function checkedDetails(level: Severity, input: { reason: string; until: string }) {
  const parsed = detailsSchema(level).safeParse(input)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((i) => ({ field: String(i.path[0]), message: i.message }))
  throw new AppError('bad-request', { reason: fields.map((f) => `${f.field}: ${f.message}`).join(', ') }, {}, fields)
}

/**
 * Accepts a finding of an audit for its environment: with the objects and the level that it has there. Accepted again, the newer one
 * holds. An empty `until` is no end. Throws AppError `not-found`, or `bad-request` with the fields: `missing`, `too-long`, `not-a-day`,
 * `past`, `too-far`.
 */
export async function acceptRisk(
  auditId: string,
  findingId: string,
  input: { reason: string; until: string; byName?: string },
): Promise<RiskRow> {
  const client = await db()
  const audit = await client.audit.findUnique({ where: { id: auditId }, select: { environmentId: true } })
  const finding = (await loadReport(auditId))?.findings.find((f) => f.id === findingId && f.absorbedBy === null)
  if (!audit || !finding) throw new AppError('not-found')
  const details = checkedDetails(finding.severity, input)
  const where = { environmentId: audit.environmentId, fingerprint: findingId }
  const data = {
    ...where,
    ...details,
    rule: finding.rule,
    objects: finding.objects.map((o) => o.id),
    severity: finding.severity,
    titleEn: finding.title.en,
    titleDe: finding.title.de,
    byName: input.byName ?? null,
  }
  return client.$transaction(async (tx) => {
    await tx.acceptedRisk.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: new Date() } })
    return toRisk(await tx.acceptedRisk.create({ data }))
  })
}

/**
 * Ends an acceptance of an environment, or of that of an audit, now, and any other of the same finding: it is open again. One that has
 * ended stays as it is.
 */
export async function endAcceptance(
  id: string,
  of: { env: string } | { audit: string },
  byName?: string,
): Promise<void> {
  const client = await db()
  const environment = 'env' in of ? { id: of.env } : { audits: { some: { id: of.audit } } }
  const row = await client.acceptedRisk.findFirst({ where: { id, revokedAt: null, environment } })
  if (!row) return
  const { environmentId, fingerprint } = row
  const where = { environmentId, fingerprint, revokedAt: null }
  await client.acceptedRisk.updateMany({ where, data: { revokedAt: new Date(), revokedByName: byName ?? null } })
}

// -- Lists --------------------------------------------------------------------------------------------------------------------------

/** What was accepted about one finding, the newest first. */
export async function risksOf(environmentId: string, findingId: string): Promise<RiskRow[]> {
  const where = { environmentId, fingerprint: findingId }
  const orderBy = [{ createdAt: 'desc' }, { id: 'desc' }] as const
  return (await (await db()).acceptedRisk.findMany({ where, orderBy: [...orderBy] })).map(toRisk)
}

export type ListedRisk = RiskRow & {
  readonly state: 'active' | 'ended' | 'revoked'
  /** Days that it still holds, today not counted; null without an end. */
  readonly daysLeft: number | null
  /** The finding in the newest analysed audit, and why it is open again there; null where it is no longer found. */
  readonly found: { readonly auditId: string; readonly level: Severity; readonly reopening: Reopening } | null
}

const stateOf = (risk: RiskRow): ListedRisk['state'] =>
  risk.revokedAt !== null ? 'revoked' : risk.until !== null && risk.until < dayAfter() ? 'ended' : 'active'

const daysUntil = (day: string): number => Math.round((Date.parse(day) - Date.parse(dayAfter())) / dayMs)

async function newestFindings(environmentId: string, fingerprints: string[]) {
  const client = await db()
  const newest = await client.audit.findFirst({
    where: { environmentId, status: 'done' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  })
  if (!newest) return []
  return client.finding.findMany({ where: { auditId: newest.id, fingerprint: { in: fingerprints } } })
}

const lastDay = (risk: ListedRisk): string => risk.until ?? '9999-12-31'

/** All accepted risks of an environment: those that hold, the first to end first; then those that have ended, the newest first. */
export async function listRisks(environmentId: string): Promise<ListedRisk[]> {
  const stored = await (await db()).acceptedRisk.findMany({ where: { environmentId }, orderBy: { createdAt: 'desc' } })
  const rows = await newestFindings(environmentId, [...new Set(stored.map((r) => r.fingerprint))])
  const listed = stored.map(toRisk).map((risk): ListedRisk => {
    const row = rows.find((r) => r.fingerprint === risk.finding)
    // Objects that were not stored yet: nothing is known against it until the report is made again.
    const finding =
      row && (acceptable(row) ?? { id: risk.finding, rule: risk.rule, severity: row.severity, objects: [] })
    return {
      ...risk,
      state: stateOf(risk),
      daysLeft: risk.until === null ? null : daysUntil(risk.until),
      found:
        row && finding
          ? { auditId: row.auditId, level: row.severity, reopening: reopeningOf(risk, finding, dayAfter()) }
          : null,
    }
  })
  const active = listed.filter((r) => r.state === 'active')
  return [
    ...active.sort((a, b) => (lastDay(a) < lastDay(b) ? -1 : lastDay(a) > lastDay(b) ? 1 : 0)),
    ...listed.filter((r) => r.state !== 'active'),
  ]
}

/** What holds today, in the form that `postern analyse --accept` reads. */
export async function acceptFile(environmentId: string): Promise<Accepted[]> {
  const risks = await listRisks(environmentId)
  return risks.filter((r) => r.state === 'active').flatMap(entriesOf)
}

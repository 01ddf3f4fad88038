import 'server-only'
import { type Report, reportSchema, type Topology, topologySchema } from '@/lib/core'
import { db } from './db'
import { wakeRunner } from './jobs/wake'
import { unpack } from './pack'

/** Of the core that this server was built with; next.config.ts computes it from the core's sources. */
export const coreVersion = (): string => process.env.POSTERN_CORE_VERSION ?? 'unknown'

/** Sources are the truth, reports are derived: a report that cannot be used is made again, judged by the day of the first time. */
async function makeAgain(auditId: string): Promise<void> {
  const client = await db()
  await client.$transaction(async (tx) => {
    const { count } = await tx.audit.updateMany({ where: { id: auditId, status: 'done' }, data: { status: 'queued' } })
    if (count === 1) await tx.job.create({ data: { kind: 'analyse', auditId } })
  })
  wakeRunner()
}

/** Queues an analysed audit again when another version of the core made its report, or the report is gone. */
export async function refreshIfStale(auditId: string): Promise<void> {
  const audit = await (await db()).audit.findUnique({
    where: { id: auditId },
    select: { status: true, report: { select: { coreVersion: true } } },
  })
  if (audit?.status === 'done' && audit.report?.coreVersion !== coreVersion()) await makeAgain(auditId)
}

type Parsed = { readonly made: number; readonly report: Report; readonly topology: Topology }

// Reports of the last audits that were looked at: unpacking and checking a large one takes longer than drawing its page.
const cacheSize = 4
const cache = new Map<string, Parsed>()

function remember(auditId: string, parsed: Parsed): Parsed {
  cache.delete(auditId)
  cache.set(auditId, parsed)
  const oldest = cache.keys().next().value
  if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest)
  return parsed
}

async function load(auditId: string): Promise<Parsed | null> {
  const client = await db()
  const stored = await client.report.findUnique({ where: { auditId }, select: { coreVersion: true, createdAt: true } })
  if (!stored || stored.coreVersion !== coreVersion()) return null
  const made = stored.createdAt.getTime()
  const known = cache.get(auditId)
  if (known?.made === made) return remember(auditId, known)
  const row = await client.report.findUnique({ where: { auditId } })
  if (!row) return null
  const report = reportSchema.safeParse(await unpack(row.report).catch(() => null))
  const topology = topologySchema.safeParse(await unpack(row.topology).catch(() => null))
  if (report.success && topology.success)
    return remember(auditId, { made, report: report.data, topology: topology.data })
  console.error(`[report] the stored report of audit ${auditId} cannot be read and is made again`)
  await makeAgain(auditId)
  return null
}

/** The report of an analysed audit; null when there is none or it is being made again. */
export const loadReport = async (auditId: string): Promise<Report | null> => (await load(auditId))?.report ?? null

/** The map of an analysed audit; null like its report. */
export const loadTopology = async (auditId: string): Promise<Topology | null> => (await load(auditId))?.topology ?? null

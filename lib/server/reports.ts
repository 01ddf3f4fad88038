import 'server-only'
import { type Report, reportSchema, type Topology, topologySchema } from '@/lib/core'
import { db } from './db'
import { reader } from './jobs/reader'
import { wakeRunner } from './jobs/wake'
import { unpack } from './pack'

/** Of the core that this server was built with; next.config.ts computes it from the core's sources. */
export const coreVersion = (): string => process.env.POSTERN_CORE_VERSION ?? 'unknown'

/**
 * Sources are the truth, reports are derived: a report that cannot be used is made again, judged by the day of the first time. Where
 * retention has deleted the sources, the report is all there is.
 */
async function makeAgain(auditId: string): Promise<void> {
  const client = await db()
  await client.$transaction(async (tx) => {
    const where = { id: auditId, status: 'done', originalsDeletedAt: null } as const
    const { count } = await tx.audit.updateMany({ where, data: { status: 'queued' } })
    if (count === 1) await tx.job.create({ data: { kind: 'analyse', auditId } })
  })
  wakeRunner()
}

/** Queues an analysed audit again when another version of the core made its report, or the report is gone. */
export async function refreshIfStale(auditId: string): Promise<void> {
  const audit = await (await db()).audit.findUnique({
    where: { id: auditId },
    select: { status: true, originalsDeletedAt: true, report: { select: { coreVersion: true } } },
  })
  if (audit?.status === 'done' && !audit.originalsDeletedAt && audit.report?.coreVersion !== coreVersion())
    await makeAgain(auditId)
}

type Parsed = Pair & { readonly made: number; readonly packedBytes: number }

// Reports that were looked at last: unpacking and checking a large one takes longer than drawing its page. Unpacked they take about forty
// times as much memory, so a large one is kept alone.
const cacheBytes = 3_000_000
const cache = new Map<string, Parsed>()

function remember(auditId: string, parsed: Parsed): Parsed {
  cache.delete(auditId)
  cache.set(auditId, parsed)
  let total = [...cache.values()].reduce((sum, entry) => sum + entry.packedBytes, 0)
  for (const [id, entry] of cache) {
    if (total <= cacheBytes || id === auditId) break
    cache.delete(id)
    total -= entry.packedBytes
  }
  return parsed
}

type Stored = { readonly report: Uint8Array; readonly topology: Uint8Array }
type Pair = { readonly report: Report; readonly topology: Topology }

// Checking makes a copy of everything: of the 29 MB of JSON of 4,000 connectors it took the server 2 s and 400 MB. Above this size, packed,
// the check is done by a worker process, and the server only parses.
const largeBytes = 300_000

async function readSmall(stored: Stored): Promise<Pair | null> {
  const report = reportSchema.safeParse(await unpack(stored.report).catch(() => null))
  const topology = topologySchema.safeParse(await unpack(stored.topology).catch(() => null))
  return report.success && topology.success ? { report: report.data, topology: topology.data } : null
}

async function readLarge(stored: Stored): Promise<Pair | null> {
  const { isValid } = await reader().run({ kind: 'check', report: stored.report, topology: stored.topology })
  if (!isValid) return null
  // The same bytes that were checked a moment ago.
  return { report: (await unpack(stored.report)) as Report, topology: (await unpack(stored.topology)) as Topology }
}

const loading = new Map<string, Promise<Parsed | null>>()

/** A page asks for report and map at the same time: both wait for one reading. */
function load(auditId: string): Promise<Parsed | null> {
  const known = loading.get(auditId)
  if (known) return known
  const mine = loadNow(auditId).finally(() => loading.delete(auditId))
  loading.set(auditId, mine)
  return mine
}

async function loadNow(auditId: string): Promise<Parsed | null> {
  const client = await db()
  const stored = await client.report.findUnique({
    where: { auditId },
    select: { coreVersion: true, createdAt: true, audit: { select: { originalsDeletedAt: true } } },
  })
  if (!stored) return null
  const isLast = stored.audit.originalsDeletedAt !== null // of an older core it is used as it is, if it still fits
  if (stored.coreVersion !== coreVersion() && !isLast) return null
  const made = stored.createdAt.getTime()
  const known = cache.get(auditId)
  if (known?.made === made) return remember(auditId, known)
  const row = await client.report.findUnique({ where: { auditId } })
  if (!row) return null
  const parsed = row.report.length < largeBytes ? await readSmall(row) : await readLarge(row)
  if (parsed) return remember(auditId, { made, packedBytes: row.report.length, ...parsed })
  console.error(`[report] the stored report of audit ${auditId} cannot be read${isLast ? '' : ' and is made again'}`)
  if (!isLast) await makeAgain(auditId)
  return null
}

/** The report of an analysed audit; null when there is none or it is being made again. */
export const loadReport = async (auditId: string): Promise<Report | null> => (await load(auditId))?.report ?? null

/** The map of an analysed audit; null like its report. */
export const loadTopology = async (auditId: string): Promise<Topology | null> => (await load(auditId))?.topology ?? null

/** The report as JSON, a piece at a time: written out at once, that of a large organisation would take more memory than the page. */
export async function streamReport(auditId: string): Promise<ReadableStream<Uint8Array> | null> {
  if (!(await load(auditId))) return null // also checks what is stored
  const row = await (await db()).report.findUnique({ where: { auditId }, select: { report: true } })
  return row && new Blob([row.report]).stream().pipeThrough(new DecompressionStream('gzip'))
}

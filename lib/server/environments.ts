import 'server-only'
import { withoutAccepted } from './accepted'
import { type Db, db, type Environment } from './db'
import { AppError } from './errors'
import { type AuditRow, toAuditRow, withEnvironment } from './rows'

/** One organisation under audit, with the number of its audits and the newest of them. */
export type EnvironmentRow = {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly audits: number
  readonly latest: AuditRow | null
}

/** A name as a person typed it: trimmed, one line, at most 120 characters. Throws AppError('bad-request') when nothing is left. */
export function cleanName(name: string): string {
  const clean = name.replace(/\s+/g, ' ').trim().slice(0, 120)
  if (!clean) throw new AppError('bad-request', { reason: 'name' })
  return clean
}

async function toRow(client: Db, environment: Environment & { _count: { audits: number } }): Promise<EnvironmentRow> {
  const latest = await client.audit.findFirst({
    where: { environmentId: environment.id },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    include: withEnvironment,
  })
  const { id, name, createdAt } = environment
  const [shown = null] = await withoutAccepted(latest ? [toAuditRow(latest)] : [])
  return { id, name, createdAt, audits: environment._count.audits, latest: shown }
}

const counted = { _count: { select: { audits: true } } } as const

/** One environment; null where there is none with this id. */
export async function getEnvironment(id: string): Promise<EnvironmentRow | null> {
  const client = await db()
  const row = await client.environment.findUnique({ where: { id }, include: counted })
  return row && toRow(client, row)
}

/** A new environment. Throws AppError('bad-request') for an empty name; two may have the same name. */
export async function createEnvironment(name: string): Promise<EnvironmentRow> {
  const client = await db()
  return toRow(client, await client.environment.create({ data: { name: cleanName(name) }, include: counted }))
}

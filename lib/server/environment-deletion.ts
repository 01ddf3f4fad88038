import 'server-only'
import { z } from 'zod'
import { record, type Who } from './activity'
import { dropBlobs, remainsOf } from './blobs'
import { db, type Prisma, type Tx } from './db'
import { cleanName } from './environments'
import { AppError } from './errors'
import { scrubDatabase } from './scrub'
import { isUsed } from './uses'

const idsSchema = z.array(z.string())

/** Tokens for this environment alone go; others lose it. Null, every environment, stays. */
async function cutTokens(tx: Tx, environmentId: string): Promise<void> {
  for (const { id, environments } of await tx.apiToken.findMany({ select: { id: true, environments: true } })) {
    const places = idsSchema.safeParse(environments).data
    if (!places?.includes(environmentId)) continue
    const rest = places.filter((place) => place !== environmentId)
    if (rest.length === 0) await tx.apiToken.delete({ where: { id } })
    else await tx.apiToken.update({ where: { id }, data: { environments: rest } })
  }
}

/** What a page says before somebody deletes an environment. */
export type EnvironmentContent = { readonly audits: number; readonly files: number; readonly shares: number }

export async function contentOf(environmentId: string): Promise<EnvironmentContent> {
  const client = await db()
  const where = { environmentId }
  return {
    audits: await client.audit.count({ where }),
    files: await client.upload.count({ where: { audit: where } }),
    shares: await client.share.count({ where }),
  }
}

const running: Prisma.AuditWhereInput = { status: { in: ['queued', 'running'] } }

/** The rows, everything that hangs on them with them. Returns the hashes of the uploads. */
async function deleteRows(id: string, confirmedName: string): Promise<string[]> {
  return (await db()).$transaction(async (tx) => {
    const environment = await tx.environment.findUnique({ where: { id } })
    if (!environment) throw new AppError('not-found')
    if (cleanName(confirmedName) !== environment.name) throw new AppError('wrong-name')
    if ((await tx.audit.count({ where: { environmentId: id, ...running } })) > 0) throw new AppError('still-running')
    const uploads = await tx.upload.findMany({ where: { audit: { environmentId: id } }, select: { sha256: true } })
    await cutTokens(tx, id)
    await tx.environment.delete({ where: { id } })
    return [...new Set(uploads.map((upload) => upload.sha256))]
  })
}

async function remaining(hashes: readonly string[]): Promise<number> {
  const left = new Set<string>()
  for (const sha256 of hashes) if (!(await isUsed(sha256))) for (const file of await remainsOf(sha256)) left.add(file)
  if (left.size > 0) console.error(`[delete] could not be deleted: ${[...left].join(', ')}`)
  return left.size
}

/**
 * Deletes an environment for good: audits, originals, reports, findings, links, memberships, accepted risks, expectations, its tokens, and
 * what of it was left in free pages of the database. The activity log stays. Throws AppError: `not-found`, `wrong-name` unless the name
 * is that of the environment, `still-running` while an analysis runs or waits.
 */
export async function deleteEnvironment(by: Who, id: string, confirmedName: string): Promise<void> {
  const counts = await contentOf(id)
  const hashes = await deleteRows(id, confirmedName)
  await dropBlobs(hashes)
  const isScrubbed = await scrubDatabase().then(
    () => true,
    (error: unknown) => {
      console.error('[delete] the rows are gone, but their pages could not be written anew', error)
      return false
    },
  )
  const details = { ...counts, remaining: await remaining(hashes), scrubbed: isScrubbed }
  await record(by, 'environment-deleted', { environmentId: id, object: cleanName(confirmedName), details })
}

import 'server-only'
import { db } from './db'

// A blob is kept while an audit needs it: one whose originals retention has deleted does not, though it still lists their names.

const inUse = { audit: { originalsDeletedAt: null } } as const

/** How many audits still need the bytes with this hash. */
export const usesOf = async (sha256: string): Promise<number> =>
  (await db()).upload.count({ where: { sha256, ...inUse } })

export const isUsed = async (sha256: string): Promise<boolean> => (await usesOf(sha256)) > 0

/** Hashes of all bytes that some audit needs. */
export async function usedHashes(): Promise<string[]> {
  const rows = await (await db()).upload.findMany({ where: inUse, distinct: ['sha256'], select: { sha256: true } })
  return rows.map((row) => row.sha256)
}

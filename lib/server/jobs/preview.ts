import 'server-only'
import type { Prisma, Tx } from '../db'

/** Jobs that a draft waits for before its page can say everything. */
const waiting: Prisma.JobWhereInput = { status: { in: ['queued', 'running'] } }

/** Has the files of a draft looked at together, once the last of them has been read alone. */
export async function queuePreview(tx: Tx, auditId: string): Promise<void> {
  if ((await tx.job.count({ where: { auditId, kind: 'inspect', ...waiting } })) > 0) return
  if ((await tx.job.count({ where: { auditId, kind: 'preview', status: 'queued' } })) > 0) return
  await tx.job.create({ data: { kind: 'preview', auditId } })
}

/** Has an upload read again. */
export async function queueInspection(tx: Tx, auditId: string, uploadId: string): Promise<void> {
  await tx.upload.updateMany({ where: { id: uploadId }, data: { status: 'stored' } })
  if ((await tx.job.count({ where: { uploadId, kind: 'inspect', status: 'queued' } })) > 0) return
  await tx.job.create({ data: { kind: 'inspect', auditId, uploadId } })
}

/** Whether everything that was asked for about the files of a draft has been done. */
export const isSettled = async (tx: Tx, auditId: string): Promise<boolean> =>
  (await tx.job.count({ where: { auditId, kind: { in: ['inspect', 'preview'] }, ...waiting } })) === 0

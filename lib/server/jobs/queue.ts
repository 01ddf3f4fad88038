import 'server-only'
import type { Db, Job, Tx } from '../db'

// One queue for both databases: a table of jobs, claimed by compare-and-set, held by a lease, finished under a fencing token.

/** A job that was claimed; `attempt` is the fencing token. */
export type Claim = Pick<Job, 'id' | 'kind' | 'auditId' | 'uploadId'> & { readonly attempt: number }

/** A job whose server was killed this often while it ran is given up: it may be what kills the server. */
const maxAttempts = 20

const held = (claim: Claim) => ({ id: claim.id, attempts: claim.attempt, status: 'running' as const })
const leaseEnd = (leaseMs: number) => new Date(Date.now() + leaseMs)

/** Claims the job that waits longest; null when there is none. `lost` gets a job that was given up. */
export async function claimJob(
  client: Db,
  owner: string,
  leaseMs: number,
  lost: (tx: Tx, claim: Claim) => Promise<void>,
): Promise<Claim | null> {
  for (;;) {
    const now = new Date()
    const job = await client.job.findFirst({
      where: {
        OR: [
          { status: 'queued', runAt: { lte: now } },
          { status: 'running', lockedUntil: { lt: now } },
        ],
      },
      orderBy: [{ runAt: 'asc' }, { id: 'asc' }],
    })
    if (!job) return null
    const { id, kind, auditId, uploadId, attempts, status } = job
    const unchanged = { id, attempts, status } // `attempts` only grows, so that equal means nobody was faster
    const claim = { id, kind, auditId, uploadId, attempt: attempts + 1 }
    if (attempts >= maxAttempts) {
      await client.$transaction(async (tx) => {
        const data = { status: 'failed', error: 'lost', finishedAt: now, lockedUntil: null } as const
        const { count } = await tx.job.updateMany({ where: unchanged, data })
        if (count === 1) await lost(tx, claim)
      })
      continue
    }
    const data = {
      status: 'running',
      attempts: claim.attempt,
      lockedBy: owner,
      lockedUntil: leaseEnd(leaseMs),
    } as const
    const { count } = await client.job.updateMany({ where: unchanged, data })
    if (count === 1) return claim
  }
}

/** Extends the lease. False when the job is no longer ours. */
export async function renewLease(client: Db, claim: Claim, leaseMs: number): Promise<boolean> {
  const { count } = await client.job.updateMany({ where: held(claim), data: { lockedUntil: leaseEnd(leaseMs) } })
  return count === 1
}

/** Marks the job as done or failed and runs `write` in the same transaction; writes nothing when the job is no longer ours. */
export async function finishJob(
  client: Db,
  claim: Claim,
  outcome: { readonly status: 'done' } | { readonly status: 'failed'; readonly error: string },
  write: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  return client.$transaction(async (tx) => {
    const data = { ...outcome, finishedAt: new Date(), lockedUntil: null }
    const { count } = await tx.job.updateMany({ where: held(claim), data })
    if (count === 1) await write(tx)
    return count === 1
  })
}

/** Gives the job back after an error, to run again in `delayMs`. */
export async function retryJob(client: Db, claim: Claim, error: string, delayMs: number): Promise<void> {
  const data = {
    status: 'queued',
    errors: { increment: 1 },
    error,
    runAt: leaseEnd(delayMs),
    lockedUntil: null,
  } as const
  await client.job.updateMany({ where: held(claim), data })
}

/** At start, where this server is the only one: whatever is marked as running was cut off. */
export async function releaseAll(client: Db): Promise<number> {
  const { count } = await client.job.updateMany({
    where: { status: 'running' },
    data: { status: 'queued', runAt: new Date(), lockedUntil: null },
  })
  return count
}

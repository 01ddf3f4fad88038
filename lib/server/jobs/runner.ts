import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Db } from '../db'
import { handlers } from './handlers'
import { type Claim, claimJob, finishJob, releaseAll, renewLease, retryJob } from './queue'
import { onWake } from './wake'
import { TaskError, WorkerSlot } from './worker-slot'

type Options = { readonly leaseMs: number; readonly pollMs: number; readonly retryMs: number }
const usual: Options = { leaseMs: 30_000, pollMs: 1000, retryMs: 1000 }

/** Analysing is deterministic: an error that came twice comes again. */
const maxErrors = 2

/** Takes jobs one by one and does them in a worker process until it is stopped. */
export class JobRunner {
  private readonly owner = `${process.pid}-${randomUUID().slice(0, 8)}`
  private readonly slot = new WorkerSlot()
  private readonly stopping = new AbortController()
  private loop: Promise<void> | null = null
  private wake: () => void = () => {}
  private lastAlive = Date.now()

  constructor(
    private readonly client: Db,
    private readonly options: Options = usual,
  ) {}

  /** `isAlone`: no other server uses this database, so that jobs marked as running can be taken up at once. */
  async start(isAlone: boolean): Promise<number> {
    const released = isAlone ? await releaseAll(this.client) : 0
    onWake(() => this.wake())
    this.loop = this.run()
    return released
  }

  /** Ends after the current database write; a job that is cut off runs again at the next start. */
  async stop(): Promise<void> {
    this.stopping.abort()
    this.wake()
    await this.slot.stop()
    await this.loop
  }

  /** False when the loop hangs or has ended. */
  get isAlive(): boolean {
    return this.loop !== null && !this.stopping.signal.aborted && Date.now() - this.lastAlive < 60_000
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.lastAlive = Date.now()
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve
      })
      const claim = await this.claim()
      if (claim) await this.perform(claim)
      else await Promise.race([woken, this.pause(this.options.pollMs)])
    }
  }

  private async claim(): Promise<Claim | null> {
    try {
      return await claimJob(this.client, this.owner, this.options.leaseMs, async (tx, job) =>
        handlers[job.kind]?.failed(tx, job, 'crashed'),
      )
    } catch (error) {
      console.error('[jobs] the queue cannot be read', error)
      await this.pause(this.options.pollMs)
      return null
    }
  }

  private async perform(claim: Claim): Promise<void> {
    const lost = new AbortController()
    const beat = setInterval(async () => {
      this.lastAlive = Date.now()
      const isOurs = await renewLease(this.client, claim, this.options.leaseMs).catch(() => true)
      if (!isOurs) lost.abort()
    }, this.options.leaseMs / 3)
    try {
      const handler = handlers[claim.kind]
      if (!handler) throw new Error(`no handler for jobs of kind ${claim.kind}`)
      const signal = AbortSignal.any([lost.signal, this.stopping.signal])
      const write = await handler.run(claim, { client: this.client, slot: this.slot, signal })
      await finishJob(this.client, claim, { status: 'done' }, write)
    } catch (error) {
      if (!lost.signal.aborted && !this.stopping.signal.aborted) await this.afterError(claim, error)
    } finally {
      clearInterval(beat)
    }
  }

  private async afterError(claim: Claim, error: unknown): Promise<void> {
    const reason = error instanceof TaskError ? error.reason : 'crashed'
    console.error(`[jobs] ${claim.kind} of audit ${claim.auditId} failed (${reason}), job ${claim.id}`, error)
    try {
      const job = await this.client.job.findUnique({ where: { id: claim.id }, select: { errors: true } })
      const isFinal = !job || job.errors + 1 >= maxErrors || reason !== 'crashed'
      if (!isFinal) return await retryJob(this.client, claim, reason, this.options.retryMs)
      await finishJob(this.client, claim, { status: 'failed', error: reason }, async (tx) =>
        handlers[claim.kind]?.failed(tx, claim, reason),
      )
    } catch (failure) {
      console.error(`[jobs] job ${claim.id} stays claimed until its lease ends`, failure)
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms).unref())
  }
}

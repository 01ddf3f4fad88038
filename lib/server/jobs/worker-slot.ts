import 'server-only'
import type { Progress } from '@/lib/core'
import { settings } from '../env'
import type { FromWorker, ResultOf, Task } from './tasks'
import { endedByMemory, heapFor, startWorker, type WorkerProcess } from './worker-process'

/** Why a task has no result. `crashed` carries the cause for the log. */
export class TaskError extends Error {
  constructor(
    readonly reason: 'out-of-memory' | 'timed-out' | 'crashed',
    message: string = reason,
  ) {
    super(message)
    this.name = 'TaskError'
  }
}

// A process takes about 150 ms to start, so it stays for the next task; after this long its memory is given back.
const idleMs = 5000
const watchEveryMs = 50
let lastId = 0

type Options = { readonly onProgress?: (p: Progress) => void; readonly signal?: AbortSignal }

/** A worker process that does one task after another and is ended when a task takes too much memory or time. */
export class WorkerSlot {
  private worker: WorkerProcess | null = null
  private queue: Promise<unknown> = Promise.resolve()
  private idle: NodeJS.Timeout | null = null

  /** `keepMs`: how long the process stays without a task. */
  constructor(private readonly keepMs = idleMs) {}

  /** Waits its turn. Rejects with TaskError; `signal` ends the process. */
  run<T extends Task>(task: T, options: Options = {}): Promise<ResultOf<T>> {
    const mine = this.queue.then(async () => {
      const worker = await this.workerFor(task)
      try {
        return await perform(worker, task, options)
      } catch (error) {
        await this.stop() // its memory is free before the next task starts
        throw error
      } finally {
        this.rest()
      }
    })
    this.queue = mine.catch(() => {})
    return mine
  }

  async stop(): Promise<void> {
    if (this.idle) clearTimeout(this.idle)
    const child = this.worker?.child
    this.worker = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL') // it holds nothing that could be lost
    await gone
  }

  private async workerFor(task: Task): Promise<WorkerProcess> {
    if (this.idle) clearTimeout(this.idle)
    const heapMb = heapFor(task)
    if (this.worker?.heapMb === heapMb && this.worker.child.connected) return this.worker
    await this.stop()
    this.worker = startWorker(heapMb)
    this.worker.child.on('error', () => {}) // that it could not be started shows as its exit
    return this.worker
  }

  private rest(): void {
    if (this.idle) clearTimeout(this.idle)
    this.idle = setTimeout(() => void this.stop(), this.keepMs)
    this.idle.unref()
  }
}

function perform<T extends Task>(worker: WorkerProcess, task: T, options: Options): Promise<ResultOf<T>> {
  const id = ++lastId
  const { child } = worker
  const { signal, onProgress } = options
  let end = () => {}
  const outcome = new Promise<ResultOf<T>>((resolve, reject) => {
    const fail = (reason: TaskError['reason'], message?: string) => reject(new TaskError(reason, message))
    const onMessage = (message: FromWorker) => {
      if (message.id !== id) return
      if (message.type === 'progress') onProgress?.(message.progress)
      else if (message.type === 'error') fail(message.reason, message.message)
      else resolve(message.result as ResultOf<T>) // the answer to this task
    }
    const onExit = (code: number | null, signalName: string | null) =>
      endedByMemory(code, signalName)
        ? fail('out-of-memory')
        : fail('crashed', `the worker ended with ${signalName ?? `code ${code}`}`)
    const onError = (error: Error) => fail('crashed', error.stack)
    const onAbort = () => fail('crashed', 'aborted')
    const timer = setTimeout(() => fail('timed-out'), settings().workerTimeoutMs)
    const watch = setInterval(() => worker.isTooLarge() && fail('out-of-memory'), watchEveryMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    child.on('message', onMessage).on('error', onError).on('exit', onExit)
    end = () => {
      clearTimeout(timer)
      clearInterval(watch)
      signal?.removeEventListener('abort', onAbort)
      child.off('message', onMessage).off('error', onError).off('exit', onExit)
    }
  })
  child.send({ id, task })
  return outcome.finally(() => end())
}

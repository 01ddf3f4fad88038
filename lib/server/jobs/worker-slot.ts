import 'server-only'
import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { Progress } from '@/lib/core'
import { settings } from '../env'
import type { FromWorker, ResultOf, Task } from './tasks'

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

// Written so that the build finds the thread's entry and bundles it. Tests, which run without the build, put their own in its place.
const spawnBuilt = (resourceLimits: ResourceLimits): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits })

let spawnWorker = spawnBuilt
export function replaceWorker(spawn: typeof spawnBuilt): void {
  spawnWorker = spawn
}

const isMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

// A thread takes about 100 ms to start, so it stays for the next task; after this long its memory is given back.
const idleMs = 20_000
let lastId = 0

/** A worker thread that does one task after another and is ended when a task takes too much memory or time. */
export class WorkerSlot {
  private worker: Worker | null = null
  private queue: Promise<unknown> = Promise.resolve()
  private idle: NodeJS.Timeout | null = null

  /** Waits its turn. Rejects with TaskError; `signal` ends the thread. */
  run<T extends Task>(
    task: T,
    options: { onProgress?: (p: Progress) => void; signal?: AbortSignal } = {},
  ): Promise<ResultOf<T>> {
    const mine = this.queue.then(() => this.perform(task, options.onProgress ?? (() => {}), options.signal))
    this.queue = mine.catch(() => {})
    return mine
  }

  async stop(): Promise<void> {
    if (this.idle) clearTimeout(this.idle)
    const { worker } = this
    this.worker = null
    await worker?.terminate()
  }

  private perform<T extends Task>(
    task: T,
    onProgress: (p: Progress) => void,
    signal?: AbortSignal,
  ): Promise<ResultOf<T>> {
    if (this.idle) clearTimeout(this.idle)
    this.worker ??= spawnWorker({ maxOldGenerationSizeMb: settings().workerMemoryMb })
    const worker = this.worker
    const id = ++lastId
    return new Promise<ResultOf<T>>((resolve, reject) => {
      const fail = (error: TaskError) => {
        reject(error)
        void this.stop()
      }
      const timer = setTimeout(() => done(() => fail(new TaskError('timed-out'))), settings().workerTimeoutMs)
      const onAbort = () => done(() => fail(new TaskError('crashed', 'aborted')))
      const onMessage = (message: FromWorker) => {
        if (message.id !== id) return
        if (message.type === 'progress') onProgress(message.progress)
        else if (message.type === 'result')
          done(() => resolve(message.result as ResultOf<T>)) // the task's own answer
        else done(() => reject(new TaskError('crashed', message.message)))
      }
      const onError = (error: Error) =>
        done(() => fail(isMemory(error) ? new TaskError('out-of-memory') : new TaskError('crashed', error.stack)))
      const onExit = () => done(() => fail(new TaskError('crashed', 'the worker thread ended')))
      const done = (settle: () => void) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        settle()
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      worker.postMessage({ id, task })
    }).finally(() => this.rest())
  }

  private rest(): void {
    this.idle = setTimeout(() => void this.stop(), idleMs)
    this.idle.unref()
  }
}

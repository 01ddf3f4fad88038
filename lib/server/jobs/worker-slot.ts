import 'server-only'
import type { Progress } from '@/lib/core'
import { settings } from '../env'
import type { FromWorker, ResultOf, Task } from './tasks'
import { heapFor, isOutOfMemory, startThread, type Thread } from './thread'

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

// A thread takes about 100 ms to start, so it stays for the next task; after this long its memory is given back.
const idleMs = 5000
const watchEveryMs = 50
let lastId = 0

type Options = { readonly onProgress?: (p: Progress) => void; readonly signal?: AbortSignal }

/** A worker thread that does one task after another and is ended when a task takes too much memory or time. */
export class WorkerSlot {
  private thread: Thread | null = null
  private queue: Promise<unknown> = Promise.resolve()
  private idle: NodeJS.Timeout | null = null

  /** Waits its turn. Rejects with TaskError; `signal` ends the thread. */
  run<T extends Task>(task: T, options: Options = {}): Promise<ResultOf<T>> {
    const mine = this.queue.then(async () => {
      const thread = await this.threadFor(task)
      try {
        return await perform(thread, task, options)
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
    const { thread } = this
    this.thread = null
    await thread?.worker.terminate()
  }

  private async threadFor(task: Task): Promise<Thread> {
    if (this.idle) clearTimeout(this.idle)
    const heapMb = heapFor(task)
    if (this.thread?.heapMb !== heapMb) await this.stop()
    this.thread ??= startThread(heapMb, (ended) => {
      if (this.thread === ended) this.thread = null
    })
    return this.thread
  }

  private rest(): void {
    if (this.idle) clearTimeout(this.idle)
    this.idle = setTimeout(() => void this.stop(), idleMs)
    this.idle.unref()
  }
}

function perform<T extends Task>({ worker, isTooLarge }: Thread, task: T, options: Options): Promise<ResultOf<T>> {
  const id = ++lastId
  const { signal, onProgress } = options
  let end = () => {}
  const outcome = new Promise<ResultOf<T>>((resolve, reject) => {
    const fail = (reason: TaskError['reason'], message?: string) => reject(new TaskError(reason, message))
    const onMessage = (message: FromWorker) => {
      if (message.id !== id) return
      if (message.type === 'progress') onProgress?.(message.progress)
      else if (message.type === 'error') fail('crashed', message.message)
      else resolve(message.result as ResultOf<T>) // the answer to this task
    }
    const onError = (error: Error) => (isOutOfMemory(error) ? fail('out-of-memory') : fail('crashed', error.stack))
    const onExit = () => fail('crashed', 'the worker thread ended')
    const onAbort = () => fail('crashed', 'aborted')
    const timer = setTimeout(() => fail('timed-out'), settings().workerTimeoutMs)
    const watch = setInterval(() => isTooLarge() && fail('out-of-memory'), watchEveryMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    end = () => {
      clearTimeout(timer)
      clearInterval(watch)
      signal?.removeEventListener('abort', onAbort)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
    }
  })
  worker.postMessage({ id, task })
  return outcome.finally(() => end())
}

import 'server-only'
import { type ResourceLimits, Worker } from 'node:worker_threads'
import { settings } from '../env'
import type { StoredFile, Task } from './tasks'

// Written so that the build finds the thread's entry and bundles it. Tests, which run without the build, put their own in its place.
const spawnBuilt = (resourceLimits: ResourceLimits): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits })

let spawnWorker = spawnBuilt
export function replaceWorker(spawn: typeof spawnBuilt): void {
  spawnWorker = spawn
}

const youngMb = 16
const megabyte = 1024 ** 2
const smallestHeapMb = 64

const filesOf = (task: Task): readonly StoredFile[] =>
  task.kind === 'analyse' ? task.files.filter((file) => !file.isRefused) : [task.file]

/**
 * Heap that a thread may have for this task. The bytes of the largest file lie outside the heap but in the same memory, so they are taken
 * off; in steps, so that usual tasks share one thread.
 */
export function heapFor(task: Task): number {
  const largest = Math.max(0, ...filesOf(task).map((file) => file.size))
  const filesMb = Math.ceil(largest / megabyte / 32) * 32
  return Math.max(smallestHeapMb, settings().workerMemoryMb - youngMb - filesMb)
}

/** A worker thread and what it may take. */
export type Thread = { readonly worker: Worker; readonly heapMb: number; readonly isTooLarge: () => boolean }

/** Starts a thread. `onEnd` is called however it ends, also between two tasks. */
export function startThread(heapMb: number, onEnd: (thread: Thread) => void): Thread {
  const before = process.memoryUsage.rss()
  const worker = spawnWorker({ maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb })
  // V8 ends a thread whose heap is full; buffers outside the heap are seen only in the size of the whole process.
  const allowed = (settings().workerMemoryMb + 64) * megabyte
  const thread = { worker, heapMb, isTooLarge: () => process.memoryUsage.rss() - before > allowed }
  worker.on('error', () => onEnd(thread)).on('exit', () => onEnd(thread))
  return thread
}

/** Whether V8 ended the thread because its heap was full. */
export const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

import 'server-only'
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { settings } from '../env'
import { memoryVariable, type StoredFile, type Task } from './tasks'

// scripts/worker-bundle.mjs makes it: by npm start and npm run build, and again at each change by npm run dev.
let workerFile = ''
export function replaceWorkerFile(file: string): void {
  workerFile = file
}
const entry = () => workerFile || path.join(/* turbopackIgnore: true */ process.cwd(), 'dist', 'worker.mjs')

const megabyte = 1024 ** 2
const pageBytes = 4096
/** What Node itself takes, with its code and the young objects: 70 MB measured. */
const nodeMb = 80
const smallestHeapMb = 64
/** Memory that V8 has still to give back must not end a process whose heap is in its limits. */
const slackMb = 20

function filesOf(task: Task): readonly StoredFile[] {
  if (task.kind === 'analyse' || task.kind === 'preview' || task.kind === 'ask')
    return task.files.filter((file) => !file.isRefused)
  return task.kind === 'check' ? [] : [task.file]
}

/**
 * Heap that the process may have for this task. The bytes of the largest file lie outside the heap but in the same memory, so they are
 * taken off; in steps, so that usual tasks share one process.
 */
export function heapFor(task: Task): number {
  const largest = Math.max(0, ...filesOf(task).map((file) => file.size))
  const filesMb = Math.ceil(largest / megabyte / 32) * 32
  return Math.max(smallestHeapMb, settings().workerMemoryMb - nodeMb - filesMb)
}

/** A worker process and how much heap it may have. */
export type WorkerProcess = {
  readonly child: ChildProcess
  readonly heapMb: number
  readonly isTooLarge: () => boolean
}

/** V8 ends a process whose heap is full; buffers outside the heap are seen only in its size, which Linux tells. */
function residentMb(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0
  try {
    const pages = readFileSync(/* turbopackIgnore: true */ `/proc/${pid}/statm`, 'latin1').split(' ')[1]
    return (Number(pages) * pageBytes) / megabyte
  } catch {
    return 0 // it has ended
  }
}

/** Without the settings of the server: the process that reads what strangers wrote has no use for passwords and keys. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env }
  for (const key of Object.keys(env)) if (/^(POSTERN_|DATABASE_URL|NODE_OPTIONS|PG)/i.test(key)) delete env[key]
  return env
}

/** Starts a process that waits for tasks. */
export function startWorker(heapMb: number): WorkerProcess {
  const allowedMb = settings().workerMemoryMb
  const child = fork(/* turbopackIgnore: true */ entry(), [], {
    execArgv: [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=8'],
    env: { ...bareEnvironment(), MALLOC_ARENA_MAX: '2', [memoryVariable]: String(allowedMb - nodeMb) },
    serialization: 'advanced', // bytes stay bytes
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return { child, heapMb, isTooLarge: () => residentMb(child.pid) > allowedMb + slackMb }
}

/** Whether the way it ended means that memory ran out: V8 aborts, and the kernel kills. */
export const endedByMemory = (code: number | null, signal: string | null): boolean =>
  signal === 'SIGABRT' || signal === 'SIGKILL' || signal === 'SIGTRAP' || code === 134

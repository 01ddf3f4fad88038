// Entry of the worker thread: the only place of the server that reads uploaded text. One task at a time; the thread may be ended
// at any moment (time, memory), so it keeps nothing and writes nothing.
import { parentPort } from 'node:worker_threads'
import { perform } from './perform'
import type { FromWorker, ToWorker } from './tasks'

const port = parentPort
if (!port) throw new Error('worker.ts runs as a worker thread only')

const say = (message: FromWorker) => port.postMessage(message)

port.on('message', ({ id, task }: ToWorker) => {
  try {
    say({ id, type: 'result', result: perform(task, (progress) => say({ id, type: 'progress', progress })) })
  } catch (error) {
    say({ id, type: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})

// Entry of the worker process: the only place of the server that reads uploaded text. One task at a time; the process may be ended at
// any moment (time, memory), so it writes nothing, and keeps nothing that it could not read again.
import { perform, TooLarge } from './perform'
import type { FromWorker, ToWorker } from './tasks'

const say = (message: FromWorker) => process.send?.(message)

process.on('message', ({ id, task }: ToWorker) => {
  try {
    say({ id, type: 'result', result: perform(task, (progress) => say({ id, type: 'progress', progress })) })
  } catch (error) {
    const reason = error instanceof TooLarge ? 'out-of-memory' : 'crashed'
    say({ id, type: 'error', reason, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})

process.on('disconnect', () => process.exit()) // the server is gone

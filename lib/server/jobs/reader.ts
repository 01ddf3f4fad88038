import 'server-only'
import { WorkerSlot } from './worker-slot'

// What a page waits for must not wait for an analysis, so it has a worker process of its own.
const shared = globalThis as { posternReader?: WorkerSlot | undefined }

export const reader = (): WorkerSlot => (shared.posternReader ??= new WorkerSlot())

/** For a clean end and for tests. */
export async function stopReader(): Promise<void> {
  await shared.posternReader?.stop()
  shared.posternReader = undefined
}

import 'server-only'
import { WorkerSlot } from './worker-slot'

// Questions come one after the other while somebody thinks about the answers, and each needs the organisation that the files describe. The
// process keeps it, and gives its memory back when nobody has asked for a while.
const keepMs = 10 * 60_000
const shared = globalThis as { posternAdviser?: WorkerSlot | undefined }

export const adviser = (): WorkerSlot => (shared.posternAdviser ??= new WorkerSlot(keepMs))

/** For a clean end and for tests. */
export async function stopAdviser(): Promise<void> {
  await shared.posternAdviser?.stop()
  shared.posternAdviser = undefined
}

import 'server-only'

// Kept with the process: Next loads a module once for pages and once more for handlers, and each copy would have a queue of its own.
const shared = globalThis as { posternTurns?: Map<string, Promise<unknown>> | undefined }

/** Does work of one kind after all work of that kind that was asked for before, whatever became of that. */
export function inTurn<T>(kind: 'activity' | 'blobs' | 'people', work: () => Promise<T>): Promise<T> {
  shared.posternTurns ??= new Map()
  const turns = shared.posternTurns
  const mine = (turns.get(kind) ?? Promise.resolve()).then(work)
  turns.set(
    kind,
    mine.catch(() => {}),
  )
  return mine
}

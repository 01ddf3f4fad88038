/** The command was given wrongly: told in one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const exitCodes = { done: 0, found: 1, usage: 2, nothingReadable: 3, internal: 4 } as const

import 'server-only'
import { randomBytes } from 'node:crypto'
import { argon2id, argon2Verify } from 'hash-wasm'

// What OWASP's cheat sheet on password storage asks for at least: 19 MiB, two passes, one lane.
const cost = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 }
const encodedCost = `$argon2id$v=19$m=${cost.memorySize},t=${cost.iterations},p=${cost.parallelism}$`

/** Argon2id in its encoded form, salt and cost included. Takes the password exactly as it was typed. */
export const hashPassword = (password: string): Promise<string> =>
  argon2id({ ...cost, password, salt: randomBytes(16), outputType: 'encoded' })

let nobody: Promise<string> | undefined
/** The hash of a password that nobody knows. */
const nobodys = (): Promise<string> => (nobody ??= hashPassword(randomBytes(32).toString('base64url')))

/**
 * Whether the password is the one of this hash. `null`, for an account that does not exist or has no password, is answered as slowly as
 * a wrong password is, so that the time does not tell who has an account.
 */
export async function verifyPassword(password: string, encoded: string | null): Promise<boolean> {
  if (password === '') return false // argon2Verify throws; no account has it
  const isRight = await argon2Verify({ password, hash: encoded ?? (await nobodys()) })
  return isRight && encoded !== null
}

/** Whether the hash was made at another cost, so that it is to be made again from the password just given. */
export const isOutdated = (encoded: string): boolean => !encoded.startsWith(encodedCost)

import 'server-only'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { db, type UserRow } from './db'
import { settings } from './env'
import { AppError } from './errors'
import { hashToken, sameHash } from './secrets'
import { inTurn } from './turns'

// Whoever finds the port of a new server must not be able to claim it: the first account needs a code that only the log of the server and
// a file in its data directory tell.

const shared = globalThis as { posternIsClaimed?: boolean | undefined }
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ' // nothing that is read as something else
const groups = 3
const groupLength = 5

const codeFile = () => path.join(/* turbopackIgnore: true */ settings().dataDir, 'setup-code')

/** Fifteen characters of 30, about 73 bits. */
function newCode(): string {
  const pick = (): string => {
    const [byte = 255] = randomBytes(1)
    return byte < 240 ? (alphabet[byte % alphabet.length] ?? '') : pick() // 240 = 8 · 30: no character is likelier
  }
  const group = () => Array.from({ length: groupLength }, pick).join('')
  return Array.from({ length: groups }, group).join('-')
}

const cleanCode = (code: string): string => code.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** Whether somebody has an account here. Once true it stays true for the process. */
export async function isClaimed(): Promise<boolean> {
  shared.posternIsClaimed ||= (await (await db()).user.count()) > 0
  return shared.posternIsClaimed
}

/** For tests. */
export function forgetClaim(): void {
  shared.posternIsClaimed = undefined
}

/** At start: the set-up code of an instance without accounts, the same until it has been used; null when there are accounts. */
export async function prepareSetup(): Promise<string | null> {
  const file = codeFile()
  if (await isClaimed()) {
    rmSync(/* turbopackIgnore: true */ file, { force: true })
    return null
  }
  if (existsSync(/* turbopackIgnore: true */ file)) return readFileSync(/* turbopackIgnore: true */ file, 'utf8').trim()
  const code = newCode()
  writeFileSync(/* turbopackIgnore: true */ file, `${code}\n`, { mode: 0o600, flag: 'wx' })
  return code
}

/** Whether this is the code. The comparison takes equally long for every wrong one. */
function isCode(code: string): boolean {
  const file = codeFile()
  const right = existsSync(/* turbopackIgnore: true */ file)
    ? readFileSync(/* turbopackIgnore: true */ file, 'utf8')
    : ''
  return right !== '' && sameHash(hashToken(cleanCode(code)), hashToken(cleanCode(right)))
}

export type FirstAdmin = {
  readonly code: string
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly locale: string | null
}

/**
 * Makes the first account, an admin of everything. Throws `wrong-code`, or `not-found` when the instance has been claimed already. Claims take
 * turns: two transactions of PostgreSQL would each count no account.
 */
export const claim = (first: FirstAdmin): Promise<UserRow> => inTurn('people', () => claimNow(first))

async function claimNow({ code, ...person }: FirstAdmin): Promise<UserRow> {
  if (await isClaimed()) throw new AppError('not-found')
  if (!isCode(code)) throw new AppError('wrong-code')
  const user = await (await db()).user.create({ data: { ...person, role: 'admin', allEnvironments: true } })
  shared.posternIsClaimed = true
  rmSync(/* turbopackIgnore: true */ codeFile(), { force: true })
  return user
}

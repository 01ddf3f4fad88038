import 'server-only'
import { randomBytes } from 'node:crypto'
import { db } from '../db'
import { keyed } from '../secrets'

const amount = 10
// Crockford's base 32: what is misread is written the same.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 50 random bits as two groups of five characters. */
function newCode(): string {
  const code = Array.from(randomBytes(10), (byte) => alphabet[byte % 32]).join('')
  return `${code.slice(0, 5)}-${code.slice(5)}`
}

/** As typed from paper: case, spaces and dashes don't matter, and neither do the letters that look like digits. */
const normal = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')

// With the server's key: 50 bits are few enough to try them all against a plain hash in a stolen database.
const hashOf = (userId: string, code: string): string => keyed('recovery code', JSON.stringify([userId, normal(code)]))

/** Ten codes that replace all earlier ones. They can be shown now and never again. */
export async function newRecoveryCodes(userId: string): Promise<string[]> {
  const client = await db()
  const codes = Array.from({ length: amount }, newCode)
  const data = codes.map((code) => ({ userId, codeHash: hashOf(userId, code) }))
  await client.$transaction(async (tx) => {
    await tx.recoveryCode.deleteMany({ where: { userId } })
    await tx.recoveryCode.createMany({ data })
  })
  return codes
}

/** Whether the code is one of the person's, and not yet used; now it is. */
export async function spendRecoveryCode(userId: string, code: string): Promise<boolean> {
  const { recoveryCode } = await db()
  const where = { userId, codeHash: hashOf(userId, code), usedAt: null }
  return (await recoveryCode.updateMany({ where, data: { usedAt: new Date() } })).count === 1
}

/** How many codes are left. */
export async function recoveryCodesLeft(userId: string): Promise<number> {
  const { recoveryCode } = await db()
  return recoveryCode.count({ where: { userId, usedAt: null } })
}

/** Without a second step there is nothing to recover. */
export async function removeRecoveryCodes(userId: string): Promise<void> {
  const { recoveryCode } = await db()
  await recoveryCode.deleteMany({ where: { userId } })
}

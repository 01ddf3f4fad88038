import 'server-only'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { defaultLimits } from '@/lib/core'
import { allowedHosts } from './hosts'

/** An absolute http(s) address that is nothing but scheme, host and port; a slash at its end does no harm. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).href === `${new URL(text).origin}/`

const keyShape = 'must be 32 bytes as 64 hexadecimal digits or as base64'

/** 32 bytes of text; null where it is anything else. */
function parseKey(text: string): Buffer | null {
  const clean = text.trim()
  if (/^[0-9a-f]{64}$/i.test(clean)) return Buffer.from(clean, 'hex')
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(clean) ? Buffer.from(clean, 'base64') : null
}
const isKey = (text: string): boolean => parseKey(text) !== null
const holdsKey = (file: string): boolean =>
  existsSync(/* turbopackIgnore: true */ file) && isKey(readFileSync(/* turbopackIgnore: true */ file, 'utf8'))

const positive = z.coerce.number().int().positive()

/** Every setting of the server; the README's table lists them. A wrong value stops the start with its name. */
const schema = z.object({
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/, 'must start with file: or postgresql://')
    .optional(),
  POSTERN_MAX_FILE_BYTES: positive.default(defaultLimits.fileBytes),
  POSTERN_MAX_AUDIT_BYTES: positive.default(defaultLimits.auditBytes),
  POSTERN_MAX_ARCHIVE_MEMBERS: positive.default(defaultLimits.archiveMembers),
  POSTERN_MAX_ARCHIVE_RATIO: positive.default(defaultLimits.archiveRatio),
  POSTERN_WORKER_MEMORY_MB: positive.default(300),
  POSTERN_WORKER_TIMEOUT_SECONDS: positive.default(900),
  POSTERN_ALLOWED_HOSTS: z.string().default(''),
  POSTERN_PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be like https://postern.contoso.com, without a path')
    .optional(),
  POSTERN_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .refine(URL.canParse, 'must be an address')
    .optional(),
  POSTERN_ENCRYPTION_KEY: z.string().refine(isKey, keyShape).optional(),
  POSTERN_ENCRYPTION_KEY_FILE: z.string().refine(holdsKey, `must name a file whose content ${keyShape}`).optional(),
  POSTERN_LOCAL_SIGN_IN: z.enum(['on'], { error: 'can only be on' }).optional(),
  POSTERN_MAIL_FROM: z.email({ error: 'must be an e-mail address' }).optional(),
})

/** What stands in a variable, or in the file that another one names: Docker and Kubernetes hand secrets out as files. */
const encryptionKey = (env: z.infer<typeof schema>): Buffer | null =>
  env.POSTERN_ENCRYPTION_KEY_FILE !== undefined
    ? parseKey(readFileSync(/* turbopackIgnore: true */ env.POSTERN_ENCRYPTION_KEY_FILE, 'utf8'))
    : parseKey(env.POSTERN_ENCRYPTION_KEY ?? '')

/** The key that uploads had until now, for `npm run keys`; null where none is given. Throws one sentence where it is none. */
export function oldEncryptionKey(env: Readonly<Record<string, string | undefined>>): Buffer | null {
  const { POSTERN_OLD_ENCRYPTION_KEY: text, POSTERN_OLD_ENCRYPTION_KEY_FILE: file } = env
  if (!text && !file) return null
  const key = parseKey(file ? readFileSync(/* turbopackIgnore: true */ file, 'utf8') : (text ?? ''))
  if (!key) throw new Error(`Setting POSTERN_OLD_ENCRYPTION_KEY: ${keyShape}`)
  return key
}

/** Mail carries links, and a link must not be made of the host name that a stranger sent. */
const complete = schema.superRefine((env, context) => {
  if (env.POSTERN_ENCRYPTION_KEY && env.POSTERN_ENCRYPTION_KEY_FILE)
    context.addIssue({ code: 'custom', path: ['POSTERN_ENCRYPTION_KEY'], message: 'or its file, not both' })
  if (!env.POSTERN_SMTP_URL) return
  for (const name of ['POSTERN_MAIL_FROM', 'POSTERN_PUBLIC_URL'] as const)
    if (!env[name]) context.addIssue({ code: 'custom', path: [name], message: 'must be set where POSTERN_SMTP_URL is' })
})

/** What the environment variables of the README say; bytes, milliseconds and mebibytes as the names end. */
export type Settings = {
  readonly dataDir: string
  readonly databaseUrl: string
  readonly maxFileBytes: number
  readonly maxAuditBytes: number
  readonly maxArchiveMembers: number
  readonly maxArchiveRatio: number
  readonly workerMemoryMb: number
  readonly workerTimeoutMs: number
  /** Host names that the server answers to, besides those of the loopback address. */
  readonly allowedHosts: readonly string[]
  /** Origin under which people reach this server, without a slash at its end; null where nobody said. */
  readonly publicUrl: string | null
  /** 32 bytes that uploads are encrypted with on the disk; null: they lie there as they came. */
  readonly encryptionKey: Uint8Array | null
  readonly smtpUrl: string | null
  readonly mailFrom: string | null
  /** People may sign in with passwords, whatever the settings of the instance say. */
  readonly isLocalSignInForced: boolean
}

/** Reads settings from an environment. Throws one sentence a setting that is wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const known = Object.keys(schema.shape).map((key) => [key, env[key] === '' ? undefined : env[key]])
  const parsed = complete.safeParse(Object.fromEntries(known))
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((i) => `Setting ${i.path.join('.')}: ${i.message}`).join('\n'))
  const e = parsed.data
  const dataDir = path.resolve(/* turbopackIgnore: true */ e.DATA_DIR)
  return {
    dataDir,
    databaseUrl: e.DATABASE_URL ?? `file:${path.join(dataDir, 'postern.db')}`,
    maxFileBytes: e.POSTERN_MAX_FILE_BYTES,
    maxAuditBytes: e.POSTERN_MAX_AUDIT_BYTES,
    maxArchiveMembers: e.POSTERN_MAX_ARCHIVE_MEMBERS,
    maxArchiveRatio: e.POSTERN_MAX_ARCHIVE_RATIO,
    workerMemoryMb: e.POSTERN_WORKER_MEMORY_MB,
    workerTimeoutMs: e.POSTERN_WORKER_TIMEOUT_SECONDS * 1000,
    allowedHosts: allowedHosts(e),
    publicUrl: e.POSTERN_PUBLIC_URL === undefined ? null : new URL(e.POSTERN_PUBLIC_URL).origin,
    encryptionKey: encryptionKey(e),
    smtpUrl: e.POSTERN_SMTP_URL ?? null,
    mailFrom: e.POSTERN_MAIL_FROM ?? null,
    isLocalSignInForced: e.POSTERN_LOCAL_SIGN_IN === 'on',
  }
}

let current: Settings | undefined

/** The settings of this process, read once. Throws where one is wrong; the start asks first, and ends with that sentence. */
export const settings = (): Settings => (current ??= readSettings(process.env))

/** For tests that need other limits. */
export function replaceSettings(next: Settings): void {
  current = next
}

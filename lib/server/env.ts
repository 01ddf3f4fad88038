import 'server-only'
import path from 'node:path'
import { z } from 'zod'
import { defaultLimits } from '@/lib/core'

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
  readonly allowedHosts: readonly string[]
}

/** Reads settings from an environment. Throws one sentence a setting that is wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const known = Object.keys(schema.shape).map((key) => [key, env[key] === '' ? undefined : env[key]])
  const parsed = schema.safeParse(Object.fromEntries(known))
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
    allowedHosts: e.POSTERN_ALLOWED_HOSTS.toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  }
}

let current: Settings | undefined

/** The settings of this process, read once. Throws where one is wrong; the start asks first, and ends with that sentence. */
export const settings = (): Settings => (current ??= readSettings(process.env))

/** For tests that need other limits. */
export function replaceSettings(next: Settings): void {
  current = next
}

import 'server-only'
import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { activityEntrySchema, type LogHead, logHeadSchema, type UnchainedEntry } from '@/lib/core'
import { settings } from './env'

/** What happened, before it has its place in the log. */
export type Happening = Omit<UnchainedEntry, 'seq'>
const happeningSchema: z.ZodType<Happening> = activityEntrySchema.omit({ seq: true, previousHash: true, hash: true })

const headFile = () => path.join(/* turbopackIgnore: true */ settings().dataDir, 'activity.head')
const waitingFile = () => path.join(/* turbopackIgnore: true */ settings().dataDir, 'activity.waiting')

async function write(file: string, flags: 'w' | 'a', text: string): Promise<void> {
  const handle = await open(/* turbopackIgnore: true */ file, flags, 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The file is there whole or not at all. */
async function replace(file: string, text: string): Promise<void> {
  await write(`${file}.part`, 'w', text)
  await rename(/* turbopackIgnore: true */ `${file}.part`, file)
}

const textOf = (file: string): Promise<string> =>
  readFile(/* turbopackIgnore: true */ file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // fits no schema
  }
}

/** The newest entry as it was noted beside the database; null where nothing legible is noted. */
export const readHead = async (): Promise<LogHead | null> =>
  logHeadSchema.safeParse(jsonOf(await textOf(headFile()))).data ?? null

/** Notes the newest entry, so that a log whose end was cut off does not look whole. */
export const writeHead = ({ seq, hash }: LogHead): Promise<void> =>
  replace(headFile(), `${JSON.stringify({ seq, hash })}\n`)

/** Keeps what the database would not take just now. Returns when it is on the disk. */
export const addWaiting = (what: Happening): Promise<void> => write(waitingFile(), 'a', `${JSON.stringify(what)}\n`)

/** What waits for the database, oldest first. A line that a full disk cut short is told on standard error and left out. */
export async function readWaiting(): Promise<Happening[]> {
  const lines = (await textOf(waitingFile())).split('\n').filter(Boolean)
  return lines.flatMap((line) => {
    const parsed = happeningSchema.safeParse(jsonOf(line))
    if (!parsed.success) console.error(`[activity] illegible line among what waits: ${line}`)
    return parsed.success ? [parsed.data] : []
  })
}

/** What still waits; nothing removes the file. */
export const replaceWaiting = (rest: readonly Happening[]): Promise<void> =>
  rest.length > 0
    ? replace(waitingFile(), rest.map((what) => `${JSON.stringify(what)}\n`).join(''))
    : rm(/* turbopackIgnore: true */ waitingFile(), { force: true })

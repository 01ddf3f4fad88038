import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type ChainResult, chainCheck, type LogHead, logHeadSchema, parseActivityExport, verifyChain } from '@/lib/core'
import { type Context, deliver, formatFor, inStartFolder, option } from './context'
import { exitCodes, UsageError } from './errors'
import { NoLog, readStoredLog } from './verify-log-store'
import { isWhole, type Verdict, verdictJson, verdictText } from './verify-log-text'

/** `--head 812:ab12…`, as it was noted from a page or an export. */
function readHeadOption(text: string | undefined): LogHead | null {
  if (text === undefined) return null
  const [, seq, hash] = /^(\d{1,9}):([0-9a-f]{64})$/i.exec(text) ?? []
  if (!seq || !hash) throw new UsageError('--head takes the number of an entry and its SHA-256, as in 812:9f86d0….')
  return { seq: Number(seq), hash: hash.toLowerCase() }
}

function headBeside(dataDir: string): LogHead | null {
  try {
    return logHeadSchema.parse(JSON.parse(readFileSync(path.join(dataDir, 'activity.head'), 'utf8')))
  } catch {
    return null // missing and illegible are the same: nothing is known of the end
  }
}

async function checkStored(url: string, head: LogHead | null): Promise<ChainResult> {
  const check = chainCheck({ head })
  for await (const entry of readStoredLog(url)) check.next(entry)
  return check.end()
}

/** Of two notes both must fit; the first fault counts. */
async function verifyStored(dataDir: string, asked: LogHead | null): Promise<Verdict> {
  const noted = headBeside(dataDir) // before the log is read: a running server may add to it
  const url = process.env.DATABASE_URL || `file:${path.join(dataDir, 'postern.db')}`
  const byNote = await checkStored(url, noted)
  const byOption = asked && !byNote.fault ? await checkStored(url, asked) : byNote
  return { ...byOption, noted, isNoteMissing: !noted && byNote.entries > 0, isExtract: false }
}

function verifyFile(file: string, asked: LogHead | null): Verdict {
  let text: string
  try {
    text = readFileSync(inStartFolder(file), 'utf8')
  } catch {
    throw new UsageError(`${file} does not exist or cannot be read.`)
  }
  const { entries, end, badLine } = parseActivityExport(text)
  if (badLine !== null && entries.length === 0 && !end) throw new NoLog(`${file} is not an exported activity log.`)
  const isExtract = end?.complete === false
  const byEnd = verifyChain(entries, { head: end?.head ?? null, isExtract })
  const byOption = asked && !byEnd.fault ? verifyChain(entries, { head: asked, isExtract }) : byEnd
  // A line that is no entry stands where the next one should be.
  const illegible = badLine === null ? null : ({ kind: 'changed', seq: byEnd.head.seq + 1 } as const)
  return { ...byOption, fault: byOption.fault ?? illegible, noted: end?.head ?? null, isNoteMissing: !end, isExtract }
}

/** `postern verify-log`: whether the activity log is as it was written. */
export async function verifyLog(files: readonly string[], context: Context): Promise<number> {
  const format = formatFor(context, 'verify-log', ['json', 'text'])
  const folder = option(context.args, 'data-dir')
  const asked = readHeadOption(option(context.args, 'head'))
  const [file] = files
  if (files.length > 1) throw new UsageError('verify-log takes one FILE.')
  if (file !== undefined && folder !== undefined) throw new UsageError('verify-log takes FILE or --data-dir, not both.')
  const dataDir = folder === undefined ? path.resolve(process.env.DATA_DIR || 'data') : inStartFolder(folder)
  try {
    const verdict = file === undefined ? await verifyStored(dataDir, asked) : verifyFile(file, asked)
    await deliver(context, [format === 'json' ? verdictJson(verdict) : verdictText(verdict, context.lang)])
    return isWhole(verdict) ? exitCodes.done : exitCodes.found
  } catch (error) {
    if (!(error instanceof NoLog)) throw error
    context.tell(error.message)
    return exitCodes.nothingReadable
  }
}

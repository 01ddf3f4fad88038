import {
  type Answers,
  type AuditFile,
  noticeText,
  type Progress,
  parseAnswers,
  type ReadConfig,
  type ReportSource,
  readConfig,
  visible,
} from '@/lib/core'
import type { Context } from './context'
import { exitCodes, UsageError } from './errors'
import { findFiles } from './files'

type Sources = readonly ReportSource[]

export function needPaths(command: string, paths: readonly string[]): void {
  if (paths.length === 0)
    throw new UsageError(
      `${command} needs at least one PATH (a file, a folder, a zip archive, or - for standard input).`,
    )
}

/** What a person says that the exports do not tell. */
export function readAnswers({ args }: Context): Answers {
  const parsed = parseAnswers(args.values.get('answer') ?? [])
  if ('error' in parsed) throw new UsageError(`--answer: ${parsed.error}.`)
  return parsed.answers
}

/** Progress on a line of its own that is written over; nothing where standard error is no terminal. */
export function progressLine(quiet: boolean): { show: (p: Progress) => void; end: () => void } {
  if (quiet || !process.stderr.isTTY) return { show: () => {}, end: () => {} }
  let last = 0
  return {
    show: ({ phase, done, total, detail }) => {
      const now = performance.now()
      if (now - last < 80 && done < total) return
      last = now
      process.stderr.write(`\r\x1b[K${phase} ${done}/${total} ${visible(detail ?? '').slice(0, 60)}`)
    },
    end: () => process.stderr.write('\r\x1b[K'),
  }
}

export const filesOf = (paths: readonly string[], { tell }: Context): Promise<AuditFile[]> =>
  findFiles(paths, (name) => tell(`${visible(name)}: cannot be read, left out`))

export function tellSources(sources: Sources, { tell, lang }: Context): void {
  for (const source of sources) {
    const worst = source.notices.find((n) => n.level === 'error') ?? source.notices.find((n) => n.level === 'warning')
    if (source.status === 'parsed' && worst?.level !== 'error') continue
    tell(`${visible(source.name)}: ${source.status}${worst ? `: ${visible(noticeText(worst, lang).message)}` : ''}`)
  }
}

export const isReadable = (sources: Sources): boolean => sources.some((s) => s.blocks.length > 0)

/** The result has been printed; it rests on nothing. */
export function nothingReadable({ tell }: Context): number {
  tell('Nothing in the input was recognised as an export.')
  return exitCodes.nothingReadable
}

/** What the paths hold, for a command that answers questions about it. */
export async function readPaths(
  command: string,
  paths: readonly string[],
  context: Context,
): Promise<ReadConfig & { readonly answers: Answers }> {
  needPaths(command, paths)
  const answers = readAnswers(context)
  const files = await filesOf(paths, context)
  const { asOf, quiet } = context
  const progress = progressLine(quiet)
  const read = readConfig(files, { now: new Date(), ...(asOf ? { asOf } : {}), answers, onProgress: progress.show })
  progress.end()
  tellSources(read.sources, context)
  return { ...read, answers }
}

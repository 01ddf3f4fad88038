import {
  applyAccepted,
  applyBaseline,
  audit,
  countedFor,
  jsonChunks,
  noticeText,
  type Progress,
  parseAcceptFile,
  parseAnswers,
  parseBaseline,
  type Report,
  renderCsv,
  renderMarkdown,
  renderSarif,
  renderText,
  severities,
  visible,
} from '@/lib/core'
import { type Context, deliver, formatFor, option, readTextFile } from './context'
import { exitCodes, UsageError } from './errors'
import { findFiles } from './files'
import { type FormatName, formats } from './usage'

function readAccepted(file: string | undefined) {
  if (file === undefined) return []
  const parsed = parseAcceptFile(readTextFile('accept', file))
  if ('error' in parsed) throw new UsageError(`--accept: ${file}:${parsed.line}: ${parsed.error}.`)
  return parsed.entries
}

function readBaseline(file: string | undefined) {
  if (file === undefined) return null
  let value: unknown
  try {
    value = JSON.parse(readTextFile('baseline', file))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`--baseline: ${file} is not JSON.`)
  }
  const baseline = parseBaseline(value)
  if (!baseline) throw new UsageError(`--baseline: ${file} is not a report of postern.`)
  return baseline
}

function readAnswers(texts: readonly string[]) {
  const parsed = parseAnswers(texts)
  if ('error' in parsed) throw new UsageError(`--answer: ${parsed.error}.`)
  return parsed.answers
}

/** Progress on a line of its own that is written over; nothing where standard error is no terminal. */
function progressLine(quiet: boolean): { show: (p: Progress) => void; end: () => void } {
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

function pieces(report: Report, format: FormatName, context: Context): Iterable<string> {
  const { lang, color } = context
  switch (format) {
    case 'json':
      return jsonChunks(report)
    case 'text':
      return [renderText(report, { lang, color, width: Math.min(process.stdout.columns ?? 100, 120) })]
    case 'markdown':
      return [renderMarkdown(report, { lang })]
    case 'csv':
      return [renderCsv(report, { lang })]
    case 'sarif':
      return [renderSarif(report, { lang })]
  }
}

function tellSources(report: Report, { tell, lang }: Context): void {
  for (const source of report.sources) {
    const worst = source.notices.find((n) => n.level === 'error') ?? source.notices.find((n) => n.level === 'warning')
    if (source.status === 'parsed' && worst?.level !== 'error') continue
    tell(`${visible(source.name)}: ${source.status}${worst ? `: ${visible(noticeText(worst, lang).message)}` : ''}`)
  }
}

const isReadable = (report: Report): boolean => report.sources.some((s) => s.blocks.length > 0)

export async function analyse(paths: readonly string[], context: Context): Promise<number> {
  const { args, tell, asOf, quiet } = context
  if (paths.length === 0)
    throw new UsageError('analyse needs at least one PATH (a file, a folder, a zip archive, or - for standard input).')
  const format = formatFor(context, 'analyse', formats)
  const failOn = severities.find((s) => s === option(args, 'fail-on'))
  const accepted = readAccepted(option(args, 'accept'))
  const baseline = readBaseline(option(args, 'baseline'))
  const answers = readAnswers(args.values.get('answer') ?? [])
  const files = await findFiles(paths, (name) => tell(`${visible(name)}: cannot be read, left out`))
  const now = new Date()
  const progress = progressLine(quiet)
  let report = audit(files, { now, ...(asOf ? { asOf } : {}), answers, onProgress: progress.show })
  progress.end()
  if (baseline) report = applyBaseline(report, baseline)
  // The end of an acceptance is a day of the calendar; only a day that was given replaces today.
  report = applyAccepted(report, accepted, (asOf ?? now).toISOString().slice(0, 10))
  if (format !== 'text') tellSources(report, context)
  await deliver(context, pieces(report, format, context))
  if (!isReadable(report)) {
    tell('Nothing in the input was recognised as an export.')
    return exitCodes.nothingReadable
  }
  return failOn && countedFor(report, failOn).length > 0 ? exitCodes.found : exitCodes.done
}

import {
  applyAccepted,
  applyBaseline,
  audit,
  countedFor,
  jsonChunks,
  parseAcceptFile,
  parseBaseline,
  type Report,
  renderCsv,
  renderMarkdown,
  renderSarif,
  renderText,
  severities,
} from '@/lib/core'
import { type Context, deliver, formatFor, option, readTextFile, textOptions } from './context'
import { exitCodes, UsageError } from './errors'
import { filesOf, isReadable, needPaths, nothingReadable, progressLine, readAnswers, tellSources } from './input'
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

function pieces(report: Report, format: FormatName, context: Context): Iterable<string> {
  const { lang } = context
  switch (format) {
    case 'json':
      return jsonChunks(report)
    case 'text':
      return [renderText(report, textOptions(context))]
    case 'markdown':
      return [renderMarkdown(report, { lang })]
    case 'csv':
      return [renderCsv(report, { lang })]
    case 'sarif':
      return [renderSarif(report, { lang })]
  }
}

export async function analyse(paths: readonly string[], context: Context): Promise<number> {
  const { args, asOf, quiet } = context
  needPaths('analyse', paths)
  const format = formatFor(context, 'analyse', formats)
  const failOn = severities.find((s) => s === option(args, 'fail-on'))
  const accepted = readAccepted(option(args, 'accept'))
  const baseline = readBaseline(option(args, 'baseline'))
  const answers = readAnswers(context)
  const files = await filesOf(paths, context)
  const now = new Date()
  const progress = progressLine(quiet)
  const effects = args.flags.has('effects') ? ({ effects: 'all' } as const) : {}
  let report = audit(files, { now, ...(asOf ? { asOf } : {}), answers, ...effects, onProgress: progress.show })
  progress.end()
  if (baseline) report = applyBaseline(report, baseline)
  // The end of an acceptance is a day of the calendar; only a day that was given replaces today.
  report = applyAccepted(report, accepted, (asOf ?? now).toISOString().slice(0, 10))
  if (format !== 'text') tellSources(report.sources, context)
  await deliver(context, pieces(report, format, context))
  if (!isReadable(report.sources)) return nothingReadable(context)
  return failOn && countedFor(report, failOn).length > 0 ? exitCodes.found : exitCodes.done
}

import { audit, compareReports, type Report, renderComparisonText } from '@/lib/core'
import { type Context, deliver, formatFor, textOptions } from './context'
import { exitCodes, UsageError } from './errors'
import { filesOf, isReadable, needPaths, nothingReadable, progressLine, readAnswers, tellSources } from './input'

async function reportOf(paths: readonly string[], now: Date, context: Context): Promise<Report> {
  const { asOf, quiet } = context
  const files = await filesOf(paths, context)
  const progress = progressLine(quiet)
  const answers = readAnswers(context)
  const report = audit(files, { now, ...(asOf ? { asOf } : {}), answers, onProgress: progress.show })
  progress.end()
  tellSources(report.sources, context)
  return report
}

/** `postern compare`: two sets of exports of one organisation, the older one first. */
export async function compare(paths: readonly string[], context: Context): Promise<number> {
  needPaths('compare', paths)
  const others = context.args.values.get('with') ?? []
  if (others.length === 0) throw new UsageError('compare needs --with and the PATH of the newer exports.')
  const format = formatFor(context, 'compare', ['json', 'text'])
  const now = new Date()
  const [then, later] = [await reportOf(paths, now, context), await reportOf(others, now, context)]
  const comparison = compareReports(then, later)
  const noise = context.args.flags.has('noise')
  const text =
    format === 'json'
      ? `${JSON.stringify(comparison, null, 2)}\n`
      : renderComparisonText(comparison, { ...textOptions(context), noise })
  await deliver(context, [text])
  return isReadable(then.sources) && isReadable(later.sources) ? exitCodes.done : nothingReadable(context)
}

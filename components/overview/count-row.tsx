import { useLocale, useTranslations } from 'next-intl'
import { cx, Mark } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { findingsSearch, isAccepted, type Report, type Severity, severities } from '@/lib/core'
import { formatNumber } from '@/lib/i18n/format'

const fills: Record<Severity, string> = {
  critical: 'fill-critical',
  high: 'fill-high',
  medium: 'fill-medium',
  low: 'fill-low',
  info: 'fill-info',
}

const cell =
  'tap flex items-center gap-2 rounded-input px-2 py-1.5 text-ink no-underline hover:bg-raised hover:underline'

/** Five severities, and set apart from them what could not be assessed. Each number opens the list that makes it up. */
export function CountRow({ base, report }: { base: string; report: Report }) {
  const t = useTranslations('overview')
  const common = useTranslations('common')
  const locale = useLocale()
  const { bySeverity, outcomes } = report.summary
  const accepted = report.findings.filter(isAccepted).length
  const total = severities.reduce((sum, s) => sum + bySeverity[s], 0)
  return (
    <section aria-labelledby="counts-h" className="mt-6">
      <h2 id="counts-h" className="sr-only">
        {t('counts.title')}
      </h2>
      <ul className="grid grid-cols-2 gap-x-1 sm:flex sm:flex-wrap sm:items-center">
        {severities.map((s) => (
          <li key={s}>
            <Link href={`${base}/findings${findingsSearch({ sev: [s] })}`} className={cell}>
              <Mark mark={s} />
              <span>{common(`severity.${s}`)}</span>
              <strong className="text-lead font-bold tabular-nums">{formatNumber(bySeverity[s], locale)}</strong>
            </Link>
          </li>
        ))}
        <li className="sm:ms-2 sm:border-s sm:border-line-strong sm:ps-3">
          <Link href={`${base}/coverage?view=checks`} className={cell}>
            <Mark mark="unknown" />
            <span>{t('counts.notAssessed')}</span>
            <strong className="text-lead font-bold tabular-nums">{formatNumber(outcomes.notAssessed, locale)}</strong>
          </Link>
        </li>
        {accepted > 0 && (
          <li>
            <Link href={`${base}/findings${findingsSearch({ st: ['accepted'] })}`} className={cell}>
              <span>{t('counts.accepted')}</span>
              <strong className="text-lead font-bold tabular-nums">{formatNumber(accepted, locale)}</strong>
            </Link>
          </li>
        )}
      </ul>
      {total > 0 && <StackedBar counts={bySeverity} total={total} />}
    </section>
  )
}

/** The same numbers as lengths. They are told above, so the bar itself is decoration. */
function StackedBar({ counts, total }: { counts: Report['summary']['bySeverity']; total: number }) {
  let start = 0
  const parts = severities.flatMap((severity) => {
    const share = (counts[severity] / total) * 100
    const part = { severity, start, share }
    start += share
    return share > 0 ? [part] : []
  })
  return (
    <svg aria-hidden="true" width="100%" height="16" className="bar mt-2 block">
      {parts.map((p) => (
        <rect
          key={p.severity}
          x={`${p.start}%`}
          width={`${p.share}%`}
          height="16"
          className={cx(fills[p.severity], 'stroke-canvas')}
          strokeWidth="2"
        />
      ))}
    </svg>
  )
}

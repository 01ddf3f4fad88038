import { useLocale, useTranslations } from 'next-intl'
import type { Comparison } from '@/lib/core'
import { formatNumber } from '@/lib/i18n/format'
import { buckets, countOf } from './buckets'
import { compareSearch } from './query'
import type { ViewProps } from './types'

const objectsOf = (list: Comparison['notGiven']['after']): number => list.reduce((sum, n) => sum + n.objects, 0)

/** What became of it, in sentences; then the numbers, each leading to its list. */
export function CompareSummary({ comparison, path, query }: Omit<ViewProps, 'bases'>) {
  const t = useTranslations('compare')
  const { findings, checks, notGiven } = comparison
  const apart = {
    lost: findings.noLongerAssessed.length,
    gained: findings.newlyAssessed.length,
    lostChecks: checks.noLongerAssessed.length,
    gainedChecks: checks.newlyAssessed.length,
    lostObjects: objectsOf(notGiven.after),
    gainedObjects: objectsOf(notGiven.before),
  }
  const said = (['lost', 'gained', 'lostChecks', 'gainedChecks', 'lostObjects', 'gainedObjects'] as const).filter(
    (key) => apart[key] > 0,
  )
  return (
    <div id="summary" className="keep scroll-mt-16 rounded-card border border-line-strong bg-subtle p-4">
      <p className="text-lead font-semibold">
        {t('summary', {
          changed: findings.fixed.length + findings.new.length + findings.worse.length + findings.better.length,
          fixed: findings.fixed.length,
          fresh: findings.new.length,
          worse: findings.worse.length,
          better: findings.better.length,
          unchanged: findings.unchanged,
        })}
      </p>
      {said.length > 0 && (
        <ul className="mt-2 max-w-[90ch] list-disc space-y-1 ps-5">
          {said.map((key) => (
            <li key={key}>{t(`apart.${key}`, { count: apart[key] })}</li>
          ))}
        </ul>
      )}
      <Counts
        findings={findings}
        list={query.q === '' ? '' : `${path}${compareSearch({ ...query, q: '', page: 1 })}`}
      />
    </div>
  )
}

/** `list`: where all that is counted is listed; empty for this very page. */
function Counts({ findings, list }: { findings: Comparison['findings']; list: string }) {
  const t = useTranslations('compare')
  const locale = useLocale()
  return (
    <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1">
      {buckets.map((bucket) => {
        const count = countOf(findings, bucket)
        const text = (
          <>
            {t(`bucket.${bucket}`)}{' '}
            <strong className="font-semibold tabular-nums">{formatNumber(count, locale)}</strong>
          </>
        )
        return (
          <li key={bucket}>
            {count > 0 ? (
              <a href={`${list}#${bucket}`} className="link inline-block min-h-6">
                {text}
              </a>
            ) : (
              <span className="text-ink-2">{text}</span>
            )}
          </li>
        )
      })}
      <li className="text-ink-2">
        {t('bucket.unchanged')}{' '}
        <strong className="font-semibold tabular-nums">{formatNumber(findings.unchanged, locale)}</strong>
      </li>
    </ul>
  )
}

import { useLocale, useTranslations } from 'next-intl'
import { ButtonLink, PageHeader, SeverityLabel } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { chips, type Finding, type FindingsQuery, findingsSearch, type Neighbours, noFilter } from '@/lib/core'
import { formatNumber } from '@/lib/i18n/format'
import { CopyLink } from './copy-link'
import { useValueLabel } from './labels'

type WalkProps = { base: string; query: FindingsQuery; around: Neighbours }

/** The list you came from, your place in it, and its neighbours. */
export function ListWalk({ base, query, around }: WalkProps) {
  const t = useTranslations('finding')
  const locale = useLocale()
  const label = useValueLabel()
  const search = findingsSearch({ ...query, page: noFilter.page })
  const active = chips(query).map((c) => label(c.key, c.value))
  const hrefOf = (f: Finding) => `${base}/findings/${encodeURIComponent(f.id)}${search}`
  return (
    <nav aria-label={t('walk')} className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-table print:hidden">
      <Link href={`${base}/findings${search}`} className="link">
        {active.length > 0 ? t('listFiltered', { filters: active.join(', ') }) : t('list')}
      </Link>
      {around.position > 0 && (
        <span className="text-ink-2">
          {t('position', {
            position: formatNumber(around.position, locale),
            count: formatNumber(around.count, locale),
          })}
        </span>
      )}
      {around.previous && (
        <ButtonLink href={hrefOf(around.previous)} size="small" rel="prev">
          {t('previous')}
        </ButtonLink>
      )}
      {around.next && (
        <ButtonLink href={hrefOf(around.next)} size="small" rel="next">
          {t('next')}
        </ButtonLink>
      )}
    </nav>
  )
}

type HeadProps = {
  base: string
  finding: Finding
  /** False where the address opens for nobody else. */
  canCopy?: boolean
}

/** Severity, rule, and the finding as one sentence about this very object. */
export function DetailHead({ base, finding, canCopy = true }: HeadProps) {
  const t = useTranslations('finding')
  const common = useTranslations('common')
  const locale = useLocale()
  return (
    <PageHeader
      eyebrow={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <SeverityLabel severity={finding.severity} className="text-body text-ink" />
          <Link href={`/rules/${finding.rule}`} className="link font-normal">
            <code lang="en">{finding.rule}</code>
          </Link>
        </span>
      }
      title={finding.title[locale]}
      actions={
        canCopy && (
          <CopyLink
            path={`${base}/findings/${encodeURIComponent(finding.id)}`}
            label={t('copyLink')}
            copiedLabel={common('copied')}
            failedLabel={common('copyFailed')}
          />
        )
      }
    />
  )
}

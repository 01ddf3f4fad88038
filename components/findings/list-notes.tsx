import { useLocale, useTranslations } from 'next-intl'
import { ButtonLink, EmptyState, Notice, SeverityLabel, StatusRegion } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  chips,
  type Finding,
  type FindingsQuery,
  type FindingsView,
  findingsPageSize,
  findingsSearch,
  type Ignored as IgnoredValue,
  withoutFilters,
} from '@/lib/core'
import { formatList, formatNumber } from '@/lib/i18n/format'
import { useValueLabel } from './labels'

/** How much of the list is shown; read out when it changes, and always in the page. */
export function ResultLine({ base, view, query }: { base: string; view: FindingsView; query: FindingsQuery }) {
  const t = useTranslations('findings')
  return (
    <StatusRegion className="mb-2 text-ink-2">
      {t('result', {
        matched: view.matched,
        total: view.total,
        groups: query.group === 'none' ? 0 : view.groupCount,
      })}
      {view.accepted > 0 && (
        <Link href={`${base}/findings${findingsSearch({ ...query, st: ['accepted'], page: 1 })}`} className="link ms-2">
          {t('accepted', { count: view.accepted })}
        </Link>
      )}
      {view.places > view.matched && <span className="block text-table">{t('several')}</span>}
    </StatusRegion>
  )
}

/** Values in the address that mean nothing here. The list is shown without them, and says so. */
export function Ignored({ values }: { values: readonly IgnoredValue[] }) {
  const t = useTranslations('findings')
  if (values.length === 0) return null
  return (
    <Notice level="warning" role="status" className="mb-3">
      {values.map((v) => (
        <p key={`${v.key} ${v.value}`}>{t('ignored', { key: v.key, value: v.value })}</p>
      ))}
    </Notice>
  )
}

type NoFindingsProps = { base: string; query: FindingsQuery; notAssessed: number; accepted: number }

/** An empty list: because nothing was found, or because nothing matches. */
export function NoFindings({ base, query, notAssessed, accepted }: NoFindingsProps) {
  const t = useTranslations('findings')
  const label = useValueLabel()
  const locale = useLocale()
  const active = chips(query)
  const quote = (text: string) => (locale === 'de' ? `„${text}“` : `“${text}”`)
  if (active.length > 0)
    return (
      <EmptyState
        actions={
          <ButtonLink href={`${base}/findings${findingsSearch(withoutFilters(query))}`}>{t('removeAll')}</ButtonLink>
        }
      >
        {t('noMatch', {
          filters: formatList(
            active.map((c) => quote(label(c.key, c.value))),
            locale,
          ),
        })}
      </EmptyState>
    )
  return (
    <EmptyState
      actions={
        notAssessed > 0 && <ButtonLink href={`${base}/coverage`}>{t('open', { count: notAssessed })}</ButtonLink>
      }
    >
      {t(accepted > 0 ? 'emptyOpen' : 'empty')}
    </EmptyState>
  )
}

/** Findings that match but are part of a finding that does not. */
export function AbsorbedOnly({
  base,
  findings,
  all,
}: {
  base: string
  findings: readonly Finding[]
  all: readonly Finding[]
}) {
  const t = useTranslations('findings')
  const locale = useLocale()
  if (findings.length === 0) return null
  const hrefOf = (id: string) => `${base}/findings/${encodeURIComponent(id)}`
  return (
    <section aria-labelledby="absorbed-h" className="mt-6">
      <h2 id="absorbed-h" className="text-lead">
        {t('absorbedOnly')}
      </h2>
      <ul className="mt-2 space-y-2">
        {findings.map((f) => (
          <li key={f.id}>
            <SeverityLabel severity={f.severity} className="me-2 text-table" />
            <Link href={hrefOf(f.id)} className="link">
              {f.title[locale]}
            </Link>{' '}
            <span className="text-table text-ink-2">
              {t.rich('partOf', {
                title: all.find((lead) => lead.id === f.absorbedBy)?.title[locale] ?? '',
                lead: (text) => (
                  <Link href={hrefOf(f.absorbedBy ?? '')} className="link">
                    {text}
                  </Link>
                ),
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const exportFormats = { csv: 'CSV', markdown: 'Markdown', sarif: 'SARIF', json: 'JSON' } as const

/** The whole report as a file, whatever the list shows. */
export function Exports({ audit }: { audit: string }) {
  const t = useTranslations('findings')
  return (
    <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-table print:hidden">
      <span className="text-ink-2">{t('export')}</span>
      {Object.entries(exportFormats).map(([format, name]) => (
        <a key={format} href={`/api/v1/audits/${audit}/export?format=${format}`} className="link" download>
          {name}
        </a>
      ))}
    </p>
  )
}

/** Pages of 100 with exact totals; nothing scrolls endlessly. */
export function Pager({ base, query, view }: { base: string; query: FindingsQuery; view: FindingsView }) {
  const t = useTranslations('findings')
  const locale = useLocale()
  if (view.pages === 1) return null
  const from = (view.page - 1) * findingsPageSize + 1
  const to = Math.min(view.places, view.page * findingsPageSize)
  const href = (page: number) => `${base}/findings${findingsSearch({ ...query, page })}`
  return (
    <nav aria-label={t('pages')} className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      {view.page > 1 && <ButtonLink href={href(view.page - 1)}>{t('previous')}</ButtonLink>}
      <span className="text-ink-2">
        {t('page', { page: formatNumber(view.page, locale), pages: formatNumber(view.pages, locale) })} ·{' '}
        {t('showing', {
          from: formatNumber(from, locale),
          to: formatNumber(to, locale),
          total: formatNumber(view.places, locale),
        })}
      </span>
      {view.page < view.pages && <ButtonLink href={href(view.page + 1)}>{t('next')}</ButtonLink>}
    </nav>
  )
}

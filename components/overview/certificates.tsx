import { useLocale, useTranslations } from 'next-intl'
import { DataTable, RowTh, Section, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  type CertificateRow,
  type CertificatesTimeline,
  certificatesTimeline,
  findingsSearch,
  placePath,
  type Report,
} from '@/lib/core'
import { formatDate, formatList } from '@/lib/i18n/format'
import type { Locale } from '@/lib/i18n/locales'

/** Certificates in SMTP use on a time axis: a table whose bars only repeat what its cells say. */
export function Certificates({ base, report }: { base: string; report: Report }) {
  const t = useTranslations('overview')
  const timeline = certificatesTimeline(report)
  const { inUse, internal } = timeline
  return (
    <Section title={t('certificates.title')} id="certificates" className="max-lg:order-4">
      {inUse.length + internal.length === 0 && (
        <p className="text-ink-2">
          {t.rich('certificates.none', { cmdlet: () => <code lang="en">Get-ExchangeCertificate</code> })}
        </p>
      )}
      {inUse.length > 0 && <Timeline base={base} rows={inUse} timeline={timeline} />}
      {internal.length > 0 && (
        <details className="mt-3">
          <summary className="tap py-1 text-ink-2">{t('certificates.internal', { count: internal.length })}</summary>
          <div className="mt-2">
            <Timeline base={base} rows={internal} timeline={timeline} neutral />
          </div>
        </details>
      )}
    </Section>
  )
}

type TimelineProps = {
  base: string
  rows: readonly CertificateRow[]
  timeline: CertificatesTimeline
  neutral?: boolean
}

function Timeline({ base, rows, timeline, neutral = false }: TimelineProps) {
  const t = useTranslations('overview')
  return (
    <DataTable caption={t(neutral ? 'certificates.internalCaption' : 'certificates.caption')} hideCaption>
      <thead>
        <tr>
          <Th>{t('certificates.name')}</Th>
          <Th>{t('certificates.ends')}</Th>
          <Th className="hidden w-1/3 md:table-cell">
            <span className="sr-only">{t('certificates.axis')}</span>
            <Months months={timeline.months} />
          </Th>
          <Th>{t('certificates.usedBy')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.thumbprint} row={row} base={base} neutral={neutral} />
        ))}
      </tbody>
    </DataTable>
  )
}

/** Names of months above the axis; every fourth, so that they never touch. */
function Months({ months }: Pick<CertificatesTimeline, 'months'>) {
  const locale = useLocale()
  // British English alone writes Sept.
  const name = new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-US', { month: 'short', timeZone: 'UTC' })
  const year = new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: 'UTC' })
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height="18"
      className="block overflow-visible fill-ink-2 text-table font-normal"
    >
      {months
        .filter((m, i) => i % 4 === 0 && m.at < 0.9)
        .map((m) => (
          <text key={m.date} x={`${m.at * 100}%`} y="14">
            {name.format(new Date(m.date))} {year.format(new Date(m.date))}
          </text>
        ))}
    </svg>
  )
}

function Row({ row, base, neutral }: { row: CertificateRow; base: string; neutral: boolean }) {
  const locale = useLocale()
  return (
    <tr>
      <RowTh>
        <span lang="en" className="font-semibold break-words">
          {row.name}
        </span>
        <span className="block text-ink-2">{row.servers.length > 0 && formatList(row.servers, locale)}</span>
      </RowTh>
      <td>
        <Ends row={row} base={base} locale={locale} />
      </td>
      <td className="hidden align-middle md:table-cell">
        <Bar row={row} neutral={neutral} />
      </td>
      <td>
        <Users row={row} base={base} />
      </td>
    </tr>
  )
}

function Ends({ row, base, locale }: { row: CertificateRow; base: string; locale: Locale }) {
  const t = useTranslations('overview')
  const date = row.notAfter === null ? '' : formatDate(row.notAfter, locale)
  const words =
    row.state === 'unknown'
      ? t('certificates.unknown')
      : row.state === 'expired'
        ? t('certificates.expired', { date })
        : t('certificates.on', { date, days: row.days ?? 0 })
  if (!row.place) return words
  return (
    <Link href={`${base}/${placePath(row.place.source, row.place.lines)}`} className="link">
      {words}
    </Link>
  )
}

/** The window in which a certificate's end is a finding, at most. */
const soonDays = 60

function Bar({ row, neutral }: { row: CertificateRow; neutral: boolean }) {
  if (row.share === null) return null
  const soon = row.days !== null && row.days < soonDays
  const fill = neutral
    ? 'fill-line-strong'
    : row.state === 'expired'
      ? 'fill-high'
      : soon
        ? 'fill-medium'
        : 'fill-accent'
  return (
    <svg aria-hidden="true" width="100%" height="12" className="bar block">
      <rect width="100%" height="12" rx="2" className="fill-raised" />
      <rect width={`${Math.max(1, row.share * 100)}%`} height="12" rx="2" className={fill} />
    </svg>
  )
}

/** Who names it, unfolded on demand, and what was found about it. */
function Users({ row, base }: { row: CertificateRow; base: string }) {
  const t = useTranslations('overview')
  const words = useTranslations('words')
  const users = t('certificates.users', { count: row.usedBy.length })
  return (
    <>
      {row.usedBy.length === 0 ? (
        <span className="me-2 text-ink-2">{users}</span>
      ) : (
        <details>
          <summary className="tap py-1">{users}</summary>
          <ul className="mt-1 space-y-0.5">
            {row.usedBy.map((u) => (
              <li key={`${u.collection} ${u.id}`}>
                {u.id} <span className="text-ink-2">({words(`collection.${u.collection}`)})</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {row.findings > 0 && (
        <Link
          href={`${base}/findings${findingsSearch({ obj: row.ids, group: 'none' })}`}
          className="link mt-1 inline-block"
        >
          {t('certificates.findings', { count: row.findings })}
        </Link>
      )}
    </>
  )
}

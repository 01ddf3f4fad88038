import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { SeverityMark } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { placePath, type Report, severities } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'

export function PanelPart({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="mt-4 min-w-0">
      <h3 className="mb-1 font-semibold text-ink-2">{title}</h3>
      {children}
    </div>
  )
}

const limit = 12

export function FindingsPart({ base, report, ids }: { base: string; report: Report; ids: readonly string[] }) {
  const t = useTranslations('map.panel')
  const words = useTranslations('findings')
  const lang = useLocale()
  const order = report.findings
    .filter((finding) => ids.includes(finding.id))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
  if (order.length === 0) return <PanelPart title={t('findings')}>{t('noFindings')}</PanelPart>
  return (
    <PanelPart title={t('findings')}>
      <ul className="space-y-1">
        {order.slice(0, limit).map((finding) => (
          <li key={finding.id} className="flex items-start gap-2">
            <SeverityMark severity={finding.severity} className="mt-0.5" />
            <Link href={`${base}/findings/${finding.id}`} className="link">
              {finding.title[lang]}
            </Link>
            {finding.accepted && <span className="text-ink-2">({words('status.accepted')})</span>}
          </li>
        ))}
        {order.length > limit && (
          <li>
            <Link href={`${base}/findings`} className="link">
              {t('more', { count: order.length - limit })}
            </Link>
          </li>
        )}
      </ul>
    </PanelPart>
  )
}

export function CertificatesPart({ base, report, ids }: { base: string; report: Report; ids: readonly string[] }) {
  const t = useTranslations('map.panel')
  const lang = useLocale()
  const list = (report.inventory.certificates ?? []).filter((certificate) => ids.includes(certificate.id))
  if (list.length === 0) return null
  return (
    <PanelPart title={t('certificates')}>
      <ul className="space-y-1">
        {list.slice(0, limit).map((certificate) => {
          const { Subject: subject, NotAfter: end } = certificate.properties
          const place = subject ?? end
          const date = typeof end?.value === 'string' ? formatDate(end.value, lang) : null
          const name = typeof subject?.value === 'string' && subject.value !== '' ? subject.value : certificate.id
          return (
            <li key={certificate.id} className="break-words">
              {place ? (
                <Link href={`${base}/${placePath(place.source, place.lines)}`} className="link">
                  {name}
                </Link>
              ) : (
                name
              )}
              {certificate.server && <span className="text-ink-2"> · {certificate.server}</span>}
              {date && <span className="text-ink-2"> · {t('until', { date })}</span>}
            </li>
          )
        })}
        {list.length > limit && <li className="text-ink-2">{t('more', { count: list.length - limit })}</li>}
      </ul>
    </PanelPart>
  )
}

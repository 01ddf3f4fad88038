import { useLocale, useTranslations } from 'next-intl'
import { TimeText } from '@/components/ui'
import { formatDate } from '@/lib/i18n/format'
import type { AuditRow } from '@/lib/server/audits'

const day = 24 * 3_600_000
const stale = 30

/** When the exports were collected, with the age in words once it matters. What is not analysed yet has only its own date. */
export function Collected({ audit }: { audit: AuditRow }) {
  const t = useTranslations('home')
  const locale = useLocale()
  if (!audit.asOf)
    return <span className="text-ink-3">{t('created', { date: formatDate(audit.createdAt, locale) })}</span>
  const days = Math.floor((Date.now() - Date.parse(audit.asOf)) / day)
  return (
    <>
      <TimeText value={audit.asOf} dateOnly />
      {days > stale && <span className="block text-meta text-ink-2">{t('age', { days })}</span>}
    </>
  )
}

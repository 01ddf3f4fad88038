import { useLocale, useTranslations } from 'next-intl'
import { TimeText } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { formatDate } from '@/lib/i18n/format'
import type { AuditRow } from '@/lib/server/audits'

/** When the first certificate in SMTP use ends, as the link to all of them; what has ended is said. Nothing where no export told. */
export function CertificateEnd({ audit }: { audit: AuditRow }) {
  const t = useTranslations('home')
  const locale = useLocale()
  const { certificateEnd: end } = audit
  if (end === null) return null
  const hasEnded = Date.parse(end) < Date.now()
  return (
    <Link href={`/a/${audit.id}#certificates`} className="link whitespace-nowrap">
      {hasEnded ? t('ended', { date: formatDate(end, locale) }) : <TimeText value={end} dateOnly />}
    </Link>
  )
}

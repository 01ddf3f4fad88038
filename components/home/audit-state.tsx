import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui'
import type { AuditRow } from '@/lib/server/audits'

/** Where an audit is opened: its report, or the page where its files are gathered. */
export const auditHref = (audit: Pick<AuditRow, 'id' | 'status'>): string =>
  audit.status === 'done' ? `/a/${audit.id}` : `/new/${audit.id}`

/** The word for where an audit stands, unless it is simply done. */
export function AuditState({ audit }: { audit: AuditRow }) {
  const t = useTranslations('home')
  const upload = useTranslations('upload')
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {audit.status !== 'done' && <Chip>{t(`status.${audit.status}`)}</Chip>}
      {audit.revision > 1 && <Chip>{upload('revision', { number: audit.revision })}</Chip>}
      {audit.isSample && <Chip>{t('sampleChip')}</Chip>}
    </span>
  )
}

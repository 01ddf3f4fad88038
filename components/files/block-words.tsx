import { useLocale, useTranslations } from 'next-intl'
import type { ReportBlock } from '@/lib/core'
import { formatDateTime } from '@/lib/i18n/format'

/** What a block is, in words: objects, a log, wishes or headers. */
export function BlockWords({ block }: { block: ReportBlock }) {
  const t = useTranslations('files')
  const words = useTranslations('words')
  const locale = useLocale()
  const { log } = block
  if (log)
    return (
      <span className="text-ink-2">
        {[
          t(`log.direction.${log.direction}`),
          log.service && t(`log.service.${log.service}`),
          t('log.counts', { records: log.records, sessions: log.sessions }),
          log.from !== '' &&
            t('log.from', { from: formatDateTime(log.from, locale), to: formatDateTime(log.to, locale) }),
          block.server,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    )
  return (
    <span className="text-ink-2">
      {[
        block.intended
          ? t('intended', { count: block.objects })
          : t(block.format === 'headers' ? 'messageCount' : 'objects', { count: block.objects }),
        block.format === 'headers' ? null : t(`format.${block.format}`),
        block.intended || block.format === 'headers' ? null : t(`completeness.${block.completeness}`),
        block.gaps && t('gaps'),
        t(`certainty.${block.certainty}`),
        block.side === 'unknown' ? null : words(`side.${block.side}`),
        block.server,
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  )
}

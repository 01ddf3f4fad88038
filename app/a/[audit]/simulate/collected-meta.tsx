import { useLocale, useTranslations } from 'next-intl'
import { formatDate } from '@/lib/i18n/format'

const stale = 30
const day = 24 * 3_600_000

/** That answers are computed from exports, and how old these are. */
export function CollectedMeta({ asOf }: { asOf: string }) {
  const t = useTranslations('simulator')
  const days = Math.floor((Date.now() - Date.parse(asOf)) / day)
  const date = formatDate(asOf, useLocale())
  return days > stale ? t('metaStale', { date, days }) : t('meta', { date })
}

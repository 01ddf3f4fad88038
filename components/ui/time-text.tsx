import { useLocale } from 'next-intl'
import { formatDate, formatDateTime } from '@/lib/i18n/format'

/** A moment in UTC, said so; `date` alone leaves the time out. */
export function TimeText({ value, dateOnly }: { value: Date | string; dateOnly?: boolean }) {
  const locale = useLocale()
  const iso = typeof value === 'string' ? value : value.toISOString()
  return <time dateTime={iso}>{dateOnly ? formatDate(iso, locale) : formatDateTime(iso, locale)}</time>
}

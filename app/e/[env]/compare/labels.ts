import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import { formatDate, formatDateTime } from '@/lib/i18n/format'
import type { AuditRow } from '@/lib/server/audits'

/** The day of the exports; of an audit without one, when it was made. */
export const dateOf = (audit: AuditRow): Date | string => audit.asOf ?? audit.createdAt

/** By the day of the exports, then by the order in which they were uploaded. */
export function isNewer(a: AuditRow, b: AuditRow): boolean {
  const [x, y] = [new Date(dateOf(a)), new Date(dateOf(b))]
  return x > y || (x.getTime() === y.getTime() && a.createdAt > b.createdAt)
}

/** Date and name; where another audit has both as well, the minute it was uploaded. */
export async function labels(audits: readonly AuditRow[]): Promise<ReadonlyMap<string, string>> {
  const t = await getTranslations('compare')
  const locale = await getLocale()
  const named = (a: AuditRow) => t('option', { date: formatDate(dateOf(a), locale), name: a.name })
  const isAlone = (a: AuditRow) => audits.every((b) => b === a || named(b) !== named(a))
  const uploaded = (a: AuditRow) => t('uploaded', { audit: named(a), date: formatDateTime(a.createdAt, locale) })
  return new Map(audits.map((a) => [a.id, isAlone(a) ? named(a) : uploaded(a)]))
}

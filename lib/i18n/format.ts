import type { Locale } from './locales'

/** Intl's own English is American; dates read `21 Nov 2026` and numbers `65,536` in ours. */
const tag = (locale: Locale): string => (locale === 'de' ? 'de-DE' : 'en-GB')

type Moment = Date | string | number
const toDate = (value: Moment): Date => (value instanceof Date ? value : new Date(value))

/** `21 Nov 2026` / `21.11.2026`, in UTC. */
export function formatDate(value: Moment, locale: Locale): string {
  const style: Intl.DateTimeFormatOptions =
    locale === 'de'
      ? { day: '2-digit', month: '2-digit', year: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' }
  return new Intl.DateTimeFormat(tag(locale), { ...style, timeZone: 'UTC' }).format(toDate(value))
}

/** `6 September 2020` / `6. September 2020`: a date that nobody can read in two ways. */
export const formatDateLong = (value: Moment, locale: Locale): string =>
  new Intl.DateTimeFormat(tag(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(toDate(value))

/** `21 Nov 2026, 14:41 UTC` / `21.11.2026, 14:41 Uhr UTC`. The zone is always said. */
export function formatDateTime(value: Moment, locale: Locale): string {
  const time = new Intl.DateTimeFormat(tag(locale), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(toDate(value))
  return `${formatDate(value, locale)}, ${time}${locale === 'de' ? ' Uhr' : ''} UTC`
}

/** `65,536` / `65.536`. */
export const formatNumber = (value: number | bigint, locale: Locale): string =>
  new Intl.NumberFormat(tag(locale)).format(value)

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `820 byte`, `12 kB`, `1.2 MB`: decimal units, one decimal below ten. */
export function formatBytes(value: number, locale: Locale): string {
  let size = value
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  const digits = unit > 0 && size < 10 ? 1 : 0
  const name = units[unit] ?? 'byte'
  return new Intl.NumberFormat(tag(locale), {
    style: 'unit',
    unit: name,
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(size)
}

/** `a, b and c` / `a, b und c`. */
export const formatList = (items: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(tag(locale), { type: 'conjunction' }).format(items)

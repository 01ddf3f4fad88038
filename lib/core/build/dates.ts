/** Which number comes first in a date with slashes; exports carry the culture of the session that printed them, unnamed. */
export type DateOrder = 'day-first' | 'month-first' | 'unknown'

export type ReadDate =
  | { readonly state: 'ok'; readonly iso: string }
  /** Both readings: with the day first and with the month first. */
  | { readonly state: 'ambiguous'; readonly first: string; readonly second: string }
  | { readonly state: 'not-a-date' }

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/
const PRINTED =
  /^(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})\.?(?:,?\s{1,3}(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s?([AaPp])\.?\s?[Mm]\.?)?)?(?:\s{1,3}(Coordinated Universal Time|UTC|GMT|Z))?$/

const two = (n: number): string => String(n).padStart(2, '0')

function isoDate(y: number, mo: number, d: number, h: number, mi: number, s: number): string | undefined {
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 59) return undefined
  const date = new Date(Date.UTC(y, mo - 1, d, h, mi, s))
  if (date.getUTCMonth() !== mo - 1) return undefined
  return `${String(y).padStart(4, '0')}-${two(mo)}-${two(d)}T${two(h)}:${two(mi)}:${two(s)}`
}

/** ISO text with an offset → UTC with Z; without one it stays without. */
function readIso(m: RegExpExecArray): ReadDate {
  const [, y, mo, d, h, mi, s, offset] = m
  const local = isoDate(Number(y), Number(mo), Number(d), Number(h), Number(mi), Number(s))
  if (local === undefined) return { state: 'not-a-date' }
  if (offset === undefined) return { state: 'ok', iso: local }
  const time = new Date(`${local}${offset}`)
  // An offset of ninety hours is a damaged one.
  if (Number.isNaN(time.getTime())) return { state: 'not-a-date' }
  return { state: 'ok', iso: `${time.toISOString().slice(0, 19)}Z` }
}

type Parts = {
  a: number
  b: number
  year: number
  sep: string
  yearFirst: boolean
  clock: [number, number, number]
  utc: boolean
}

function partsOf(text: string): Parts | undefined {
  const m = PRINTED.exec(text)
  if (!m) return undefined
  const [, one = '', sep = '', twoText = '', three = '', h, mi, s, half, zone] = m
  let hour = Number(h ?? 0)
  if (half !== undefined) hour = (hour % 12) + (/p/i.test(half) ? 12 : 0)
  const clock: [number, number, number] = [hour, Number(mi ?? 0), Number(s ?? 0)]
  const utc = zone !== undefined
  if (one.length === 4)
    return { a: Number(twoText), b: Number(three), year: Number(one), sep, yearFirst: true, clock, utc }
  if (three.length !== 4) return undefined
  return { a: Number(one), b: Number(twoText), year: Number(three), sep, yearFirst: false, clock, utc }
}

/** What dates prove about their order: a first number over 12 is a day, a second one over 12 too. Both together are two sessions. */
export function dateOrder(texts: Iterable<string>): DateOrder {
  let order: DateOrder = 'unknown'
  for (const text of texts) {
    const p = partsOf(clean(text))
    if (!p || p.yearFirst || p.sep !== '/') continue
    const proven = p.a > 12 ? 'day-first' : p.b > 12 ? 'month-first' : 'unknown'
    if (proven === 'unknown' || proven === order) continue
    if (order !== 'unknown') return 'unknown'
    order = proven
  }
  return order
}

const clean = (raw: string): string => raw.trim().replace(/[\u00a0\u202f]/g, ' ')

/** AM and PM do not prove an American order: Australia, New Zealand, Britain and India print them behind d/M as well. */
export function readDate(raw: string, order: DateOrder): ReadDate {
  const text = clean(raw)
  const iso = ISO.exec(text)
  if (iso) return readIso(iso)
  const p = partsOf(text)
  if (!p) return { state: 'not-a-date' }
  const make = (month: number, day: number): ReadDate => {
    const made = isoDate(p.year, month, day, ...p.clock)
    return made === undefined ? { state: 'not-a-date' } : { state: 'ok', iso: p.utc ? `${made}Z` : made }
  }
  if (p.yearFirst) return make(p.a, p.b)
  const day = make(p.b, p.a)
  if (p.sep === '.' || p.sep === '-' || p.a === p.b) return day
  const month = make(p.a, p.b)
  if (day.state !== 'ok') return month
  if (month.state !== 'ok' || order === 'day-first') return day
  return order === 'month-first' ? month : { state: 'ambiguous', first: day.iso, second: month.iso }
}

/** Days that certificates are issued for: by public authorities over the years, and by Exchange and Windows for themselves. */
const usualLifetimes: readonly number[] = [
  90, 180, 199, 200, 365, 397, 398, 730, 731, 825, 1095, 1096, 1825, 1826, 3650, 3652, 3653,
]
const DAY_MS = 86_400_000

/** Begin and end of certificates: an order in which one would end before it begins is none. */
export function orderBySpans(pairs: Iterable<readonly [string, string]>): DateOrder {
  const broken = { 'day-first': false, 'month-first': false }
  for (const pair of pairs) for (const order of orders) if ((daysOf(pair, order) ?? 1) <= 0) broken[order] = true
  return onlyOne(!broken['day-first'], !broken['month-first'])
}

/** The order in which certificates live for a usual time, where the other order gives none that does. */
export function orderByLifetimes(pairs: Iterable<readonly [string, string]>): DateOrder {
  const fits = { 'day-first': false, 'month-first': false }
  for (const pair of pairs) {
    for (const order of orders) {
      const days = daysOf(pair, order)
      if (days !== undefined && usualLifetimes.some((n) => Math.abs(n - days) <= 1.1)) fits[order] = true
    }
  }
  return onlyOne(fits['day-first'], fits['month-first'])
}

const orders = ['day-first', 'month-first'] as const
const onlyOne = (day: boolean, month: boolean): DateOrder =>
  day === month ? 'unknown' : day ? 'day-first' : 'month-first'

function daysOf([from, to]: readonly [string, string], order: DateOrder): number | undefined {
  const a = readDate(from, order)
  const b = readDate(to, order)
  return a.state === 'ok' && b.state === 'ok' ? (Date.parse(utc(b.iso)) - Date.parse(utc(a.iso))) / DAY_MS : undefined
}

const utc = (iso: string): string => (iso.endsWith('Z') ? iso : `${iso}Z`)

/** Minutes a session's clock is ahead of UTC, by a date and the same date in UTC; undefined where no clock on earth is. */
export function offsetOf(local: string, inUtc: string, order: DateOrder): number | undefined {
  const a = readDate(local, order)
  const b = readDate(inUtc, order)
  if (a.state !== 'ok' || b.state !== 'ok' || a.iso.endsWith('Z')) return undefined
  const minutes = (Date.parse(utc(a.iso)) - Date.parse(utc(b.iso))) / 60_000
  return minutes >= -720 && minutes <= 840 && minutes % 15 === 0 ? minutes : undefined
}

/** A date and its twin in UTC are never further apart than clocks are: the order that holds for, where the other breaks it. */
export function orderByTwins(pairs: Iterable<readonly [string, string]>): DateOrder {
  const broken = { 'day-first': false, 'month-first': false }
  for (const [local, inUtc] of pairs) {
    for (const order of orders) {
      const read = readDate(local, order).state === 'ok' && readDate(inUtc, order).state === 'ok'
      if (read && offsetOf(local, inUtc, order) === undefined) broken[order] = true
    }
  }
  return onlyOne(!broken['day-first'], !broken['month-first'])
}

export function shifted(iso: string, minutes: number): string {
  const time = new Date(Date.parse(`${iso}Z`) - minutes * 60_000)
  return `${time.toISOString().slice(0, 19)}Z`
}

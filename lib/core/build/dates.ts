/** Which number comes first in a date with slashes; exports carry the culture of the session that printed them, unnamed. */
export type DateOrder = 'day-first' | 'month-first' | 'unknown'

export type ReadDate =
  | { readonly state: 'ok'; readonly iso: string }
  | { readonly state: 'ambiguous' }
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

/** What the dates of one source prove about their order: a first number over 12 is a day, a second one over 12 too. */
export function dateOrder(texts: Iterable<string>): DateOrder {
  for (const text of texts) {
    const p = partsOf(text.trim())
    if (!p || p.yearFirst || p.sep !== '/') continue
    if (p.a > 12) return 'day-first'
    if (p.b > 12) return 'month-first'
  }
  return 'unknown'
}

/** AM and PM do not prove an American order: Australia, New Zealand, Britain and India print them behind d/M as well. */
export function readDate(raw: string, order: DateOrder): ReadDate {
  const text = raw.trim().replace(/[\u00a0\u202f]/g, ' ')
  const iso = ISO.exec(text)
  if (iso) return readIso(iso)
  const p = partsOf(text)
  if (!p) return { state: 'not-a-date' }
  const make = (month: number, day: number): ReadDate => {
    const made = isoDate(p.year, month, day, ...p.clock)
    return made === undefined ? { state: 'not-a-date' } : { state: 'ok', iso: p.utc ? `${made}Z` : made }
  }
  if (p.yearFirst) return make(p.a, p.b)
  if (p.sep === '.' || p.sep === '-' || order === 'day-first' || p.a > 12) return make(p.b, p.a)
  if (order === 'month-first' || p.b > 12 || p.a === p.b) return make(p.a, p.b)
  return { state: 'ambiguous' }
}

/** Days that certificates are issued for: by public authorities over the years, and by Exchange and Windows for themselves. */
const usualLifetimes: readonly number[] = [
  90, 180, 199, 200, 365, 397, 398, 730, 731, 825, 1095, 1096, 1825, 1826, 3650, 3652, 3653,
]
const DAY_MS = 86_400_000

/** The order in which certificates live for a usual time, where the other order gives none that does. */
export function orderByLifetimes(pairs: Iterable<readonly [string, string]>): DateOrder {
  const fits = { 'day-first': 0, 'month-first': 0 }
  for (const [from, to] of pairs) {
    for (const order of ['day-first', 'month-first'] as const) {
      const a = readDate(from, order)
      const b = readDate(to, order)
      if (a.state !== 'ok' || b.state !== 'ok') continue
      const days = (Date.parse(b.iso) - Date.parse(a.iso)) / DAY_MS
      if (usualLifetimes.some((n) => Math.abs(n - days) <= 1.1)) fits[order]++
    }
  }
  if (fits['day-first'] > 0 && fits['month-first'] === 0) return 'day-first'
  return fits['month-first'] > 0 && fits['day-first'] === 0 ? 'month-first' : 'unknown'
}

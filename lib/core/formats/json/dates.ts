/** Milliseconds since 1970 in UTC, as Windows PowerShell 5.1 (JavaScriptSerializer) writes a date; the offset says nothing more. */
const EPOCH = /^\/Date\((-?\d{1,20})(?:[+-]\d{4})?\)\/$/

/** ISO text in UTC for `/Date(…)/`; undefined for any other text, null for a time that no calendar has. */
export function epochDate(text: string): string | null | undefined {
  if (text.charCodeAt(0) !== 47) return undefined
  const m = EPOCH.exec(text)
  if (!m) return undefined
  const ms = Number(m[1])
  return Math.abs(ms) > 8.64e15 ? null : `${new Date(ms).toISOString().slice(0, 19)}Z`
}

const TICKS_PER_SECOND = 10_000_000n
const two = (n: bigint): string => String(n).padStart(2, '0')

/** 100-nanosecond steps as .NET prints a time span: `[-][d.]hh:mm:ss[.fffffff]`. */
export function ticksText(digits: string): string | undefined {
  if (!/^-?\d{1,19}$/.test(digits)) return undefined
  const value = BigInt(digits)
  const ticks = value < 0n ? -value : value
  const seconds = ticks / TICKS_PER_SECOND
  const rest = ticks % TICKS_PER_SECOND
  const days = seconds / 86_400n
  const clock = `${two((seconds / 3600n) % 24n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(7, '0')}`
  return `${value < 0n ? '-' : ''}${days === 0n ? '' : `${days}.`}${clock}${fraction}`
}

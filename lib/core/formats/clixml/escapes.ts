/** `_x000D_` stands for one UTF-16 unit, `_x005F_` for the underscore itself (PowerShell serialization). In values and in names. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

const two = (n: number): string => String(n).padStart(2, '0')

/** `PT10M` → `00:10:00`, `P1DT2H` → `1.02:00:00`: as Exchange prints a time span. Other text stays as it is. */
export function timeSpan(text: string): string {
  const m = /^(-)?P(?:(\d{1,8})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.(\d{1,7}))?S)?)?$/.exec(text)
  if (!m) return text
  const seconds = Number(m[2] ?? 0) * 86_400 + Number(m[3] ?? 0) * 3600 + Number(m[4] ?? 0) * 60 + Number(m[5] ?? 0)
  const days = Math.floor(seconds / 86_400)
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  return `${m[1] ?? ''}${days > 0 ? `${days}.` : ''}${clock}${m[6] === undefined ? '' : `.${m[6].padEnd(7, '0')}`}`
}

const keys = new Map<string, string>()
/** More names than any organisation has servers: what made them up is not kept. */
const MAX_KEYS = 20_000

/** First label, lower case: exports name a server as `EX01` in one place and as `ex01.contoso.local` in another. */
export function serverKey(name: string): string {
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = name.trim().toLowerCase().split('.')[0] ?? ''
  if (keys.size >= MAX_KEYS) keys.clear()
  keys.set(name, key)
  return key
}

export const sameServer = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && serverKey(a) === serverKey(b)

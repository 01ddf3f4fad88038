/** First label, lower case: exports name a server as `EX01` in one place and as `ex01.contoso.local` in another. */
export const serverKey = (name: string): string => name.trim().toLowerCase().split('.')[0] ?? ''

export const sameServer = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && serverKey(a) === serverKey(b)

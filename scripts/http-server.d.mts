export function addressOf(peer: string | undefined, forwarded: string | string[] | undefined, trusted?: number): string
export function isPrefetch(
  method: string | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): boolean
export function isAddress(url: string): boolean

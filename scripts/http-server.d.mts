export function addressOf(peer: string | undefined, forwarded: string | string[] | undefined, trusted?: number): string

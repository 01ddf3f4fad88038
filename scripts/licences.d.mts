type Lock = {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; link?: boolean }>
}
export function isAllowed(expression: string): boolean
export function shipped(lock: Lock): { name: string; version: string | undefined; licence: string }[]
export function refused(lock: Lock): string[]

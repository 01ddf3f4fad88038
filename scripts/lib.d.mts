export const root: string
export const next: string
export function run(file: string, args: string[], env?: Record<string, string>): void
export function hash(paths: string[], skip?: (file: string) => boolean): string
export function coreVersion(): string
export function generate(): void
export function build(): void

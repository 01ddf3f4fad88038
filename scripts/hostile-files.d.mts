export function goodExport(): string
export function doctypeXml(): string
export function climbingZip(): Uint8Array
export function binary(): Uint8Array
export function hugeExport(megabytes: number): Uint8Array
export function longLine(megabytes: number): Uint8Array
export function smallFiles(): Record<string, string | Uint8Array>

export function goodExport(): string
export function markupExport(): string
export function doctypeXml(): string
export function zipBomb(megabytes: number): Uint8Array
export function climbingZip(): Uint8Array
export function zipOfMany(members: number): Uint8Array
export function nestedZip(): Uint8Array
export function cutZip(): Uint8Array
export function binary(): Uint8Array
export function cutExport(): string
export function hugeExport(megabytes: number): Uint8Array
export function longLine(megabytes: number): Uint8Array
export function smallFiles(): Record<string, string | Uint8Array>

/** A part of an address as it was meant. What cannot be decoded names nothing. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

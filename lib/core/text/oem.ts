/**
 * A file from a console window holds the letters of an OEM code page, 850 in western Europe: `Übersicht` begins with 9A, which
 * Windows-1252 reads as `š`. Both readings are text, so letters beside the byte have to decide it.
 */
const LOWER = new Set([0x81, 0x82, 0x83, 0x84, 0x87, 0x88, 0x8a, 0x94])
const UPPER = new Set([0x8e, 0x99, 0x9a])
/** `ß`, and `á` in Windows-1252: a letter in both. */
const EITHER = 0xe1

const isLower = (b: number): boolean => (b >= 0x61 && b <= 0x7a) || LOWER.has(b)
const isUpper = (b: number): boolean => (b >= 0x41 && b <= 0x5a) || UPPER.has(b)

/**
 * Is every byte beyond ASCII a letter of German or French in code page 850, and stands one of them where Windows-1252 would have a
 * quotation mark or a control character between letters?
 */
export function looksLikeOem(bytes: Uint8Array): boolean {
  let proofs = 0
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i] ?? 0
    if (b < 0x80) continue
    const before = bytes[i - 1] ?? 0
    const after = bytes[i + 1] ?? 0
    const between = (isLower(before) || isUpper(before)) && (isLower(after) || isUpper(after))
    if (LOWER.has(b)) {
      if (!isLower(before) && !isUpper(before) && !isLower(after)) return false
      if (between || b === 0x81) proofs++
    } else if (UPPER.has(b)) {
      // `š` and `ž` of Windows-1252 stand behind small letters, `Ü` does not.
      if (isLower(before) || (!isLower(after) && !isUpper(after))) return false
      if (isUpper(before) && isUpper(after)) proofs++
    } else if (b !== EITHER) return false
  }
  return proofs > 0
}

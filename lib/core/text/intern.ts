/**
 * A short string cut out of a long one keeps the whole long one in memory (V8 slices share their parent). `intern` gives one copy
 * of its own per different text, so that a file's text can be let go and repeated values (True, None, labels) exist once.
 */
export function interner(): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    if (text.length > 512) return ownCopy(text)
    const found = known.get(text)
    if (found !== undefined) return found
    const copy = ownCopy(text)
    known.set(copy, copy)
    return copy
  }
}

/** A flat copy that does not refer to the text it was cut from. */
export const ownCopy = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1))

/** One element of a DER structure (X.690): its tag, its content, and itself with tag and length. */
export type Element = { readonly tag: number; readonly content: Uint8Array; readonly whole: Uint8Array }

/** Reads the element at `at`. undefined where the bytes are none: too short, or a length that is not DER. */
export function elementAt(bytes: Uint8Array, at: number): Element | undefined {
  const tag = bytes[at]
  const short = bytes[at + 1]
  if (tag === undefined || short === undefined || (tag & 0x1f) === 0x1f) return undefined
  let length = short
  let header = 2
  if (short >= 0x80) {
    const count = short & 0x7f
    if (count === 0 || count > 4) return undefined
    length = 0
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0)
    header += count
  }
  const end = at + header + length
  if (end > bytes.length) return undefined
  return { tag, content: bytes.subarray(at + header, end), whole: bytes.subarray(at, end) }
}

/** The elements inside a constructed one; stops at the first that cannot be read. */
export function elementsIn(bytes: Uint8Array): Element[] {
  const out: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const e = elementAt(bytes, at)
    if (e === undefined) break
    out.push(e)
    at += e.whole.length
  }
  return out
}

export function oidOf(content: Uint8Array): string {
  const parts: number[] = []
  let value = 0
  for (const b of content) {
    value = value * 128 + (b & 0x7f)
    if (b & 0x80) continue
    if (parts.length === 0) {
      const first = Math.min(2, Math.floor(value / 40))
      parts.push(first, value - first * 40)
    } else parts.push(value)
    value = 0
  }
  return parts.join('.')
}

const utf8 = (b: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(b)
const latin1 = (b: Uint8Array): string => Array.from(b, (c) => String.fromCharCode(c)).join('')

/** Text of the string types that names of certificates use. */
export function stringOf(e: Element): string {
  if (e.tag === 0x1e) return new TextDecoder('utf-16be').decode(e.content)
  if (e.tag === 0x0c) return utf8(e.content)
  return latin1(e.content)
}

/** UTCTime or GeneralizedTime as ISO 8601 with Z; two-digit years up to 49 are of this century (RFC 5280 4.1.2.5). */
export function timeOf(e: Element): string | undefined {
  const text = latin1(e.content)
  const m =
    e.tag === 0x17
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(text)
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?Z$/.exec(text)
  if (!m) return undefined
  const year = e.tag === 0x17 ? Number(m[1]) + (Number(m[1]) < 50 ? 2000 : 1900) : Number(m[1])
  return `${String(year).padStart(4, '0')}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6] ?? '00'}Z`
}

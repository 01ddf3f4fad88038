/** Parameters of Punycode for domain names (RFC 3492, section 5). */
const [base, tMin, tMax, skew, damp] = [36, 1, 26, 38, 700]
const [firstBias, firstCode, lastCode] = [72, 0x80, 0x10ffff]

const notAscii = /[\u0080-\u{10ffff}]/u
const digits = 'abcdefghijklmnopqrstuvwxyz0123456789'

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / damp) : delta >> 1
  rest += Math.floor(rest / count)
  let k = 0
  for (; rest > ((base - tMin) * tMax) >> 1; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}

/** The text behind `xn--`; undefined where it is not Punycode. */
function decode(text: string): string | undefined {
  const hyphen = text.lastIndexOf('-')
  const out = hyphen > 0 ? [...text.slice(0, hyphen)] : []
  let [code, bias, place] = [firstCode, firstBias, 0]
  for (let at = hyphen > 0 ? hyphen + 1 : 0; at < text.length; ) {
    const before = place
    for (let [weight, k] = [1, base]; ; k += base) {
      const digit = digits.indexOf(text[at++] ?? ' ')
      if (digit < 0) return undefined
      place += digit * weight
      const threshold = Math.min(tMax, Math.max(tMin, k - bias))
      if (digit < threshold) break
      weight *= base - threshold
      if (weight > lastCode * base) return undefined
    }
    bias = adapt(place - before, out.length + 1, before === 0)
    code += Math.floor(place / (out.length + 1))
    place %= out.length + 1
    if (code > lastCode) return undefined
    out.splice(place++, 0, String.fromCodePoint(code))
  }
  return out.join('')
}

/** What stands for ASCII alone is no name of this kind, and must not pass for the plain one. */
function label(text: string): string {
  const name = text.startsWith('xn--') ? decode(text.slice(4)) : undefined
  return name !== undefined && notAscii.test(name) ? name : text
}

/**
 * A domain as it is compared: lower case, in Unicode, without blanks around it. `xn--bcher-kva.example` is the same domain as
 * `Bücher.example` (RFC 5890, 2.3.2.1); a label that is no Punycode stays as it is. Patterns such as `*.contoso.com` stay patterns.
 */
export function domainKey(text: string): string {
  const plain = text.trim().toLowerCase()
  if (!notAscii.test(plain) && !plain.includes('xn--')) return plain
  return plain
    .normalize('NFC')
    .replace(/[\u3002\uff0e\uff61]/g, '.')
    .split('.')
    .map(label)
    .join('.')
    .normalize('NFC')
    .toLowerCase()
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const entities = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, number, name) =>
    name === undefined
      ? String.fromCodePoint(Number.parseInt(hex ?? number, hex === undefined ? 10 : 16) || 0xfffd)
      : (NAMED[name] ?? whole),
  )
const clixml = (text: string): string =>
  text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
const json = (text: string): string =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\(["\\/])/g, '$1')
const percent = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    const values = bytes.match(/[0-9a-f]{2}/gi) ?? []
    return new TextDecoder().decode(Uint8Array.from(values, (v) => Number.parseInt(v, 16)))
  })
const punycode = (text: string): string =>
  text.replace(/[a-z0-9.-]*xn--[a-z0-9-]+(?:\.[a-z0-9-]+)*/gi, (host) => {
    try {
      return unicodeOf(host)
    } catch {
      return host
    }
  })
const base64 = (text: string): string =>
  (text.match(/[A-Za-z0-9+/]{12,}={0,2}/g) ?? [])
    .map((part) => {
      const bytes = Uint8Array.from(atob(part.replace(/=+$/, '').slice(0, Math.floor(part.length / 4) * 4)), (c) =>
        c.charCodeAt(0),
      )
      return `${new TextDecoder().decode(bytes)} ${new TextDecoder('utf-16le').decode(bytes)}`
    })
    .join(' ')

/** The Unicode form of a host, by the rules of RFC 3492. */
function unicodeOf(host: string): string {
  return host
    .split('.')
    .map((label) => (/^xn--/i.test(label) ? decodeLabel(label.slice(4)) : label))
    .join('.')
}
function decodeLabel(input: string): string {
  const out = [...input.slice(0, Math.max(0, input.lastIndexOf('-')))].map((c) => c.codePointAt(0) ?? 0)
  let [n, i, bias] = [128, 0, 72]
  for (let at = input.lastIndexOf('-') + 1; at < input.length; ) {
    const before = i
    for (let weight = 1, k = 36; ; k += 36) {
      const c = input.charAt(at++).toLowerCase().charCodeAt(0) || 0
      const digit = c > 96 ? c - 97 : c - 22
      i += digit * weight
      const t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
      if (digit < t) break
      weight *= 36 - t
    }
    let delta = before === 0 ? Math.floor(i / 700) : Math.floor((i - before) / 2)
    delta += Math.floor(delta / (out.length + 1))
    let k = 0
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35)
    bias = k + Math.floor((36 * delta) / (delta + 38))
    n += Math.floor(i / (out.length + 1))
    i %= out.length + 1
    out.splice(i++, 0, n)
  }
  return String.fromCodePoint(...out)
}

/** One spelling for what is the same to a reader. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\u00df', 'ss')
    .replace(/[\u200b-\u200f\u00ad\u2060\ufeff]/g, '')
const withoutMarks = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')

const decoders = [entities, clixml, json, percent, punycode]

/** What of the wanted texts stands in a text, however it is written: escaped, encoded, in another case or normal form. */
export function leaksIn(text: string, wanted: readonly string[]): string[] {
  const forms = new Set([text])
  for (let round = 0; round < 2; round++)
    for (const form of [...forms]) for (const decode of decoders) forms.add(decode(form))
  const all = [...forms, base64(text)].flatMap((form) => [folded(form), withoutMarks(folded(form))]).join('\n')
  const bare = all.replace(/[\s:_.-]/g, '')
  return wanted.filter((w) => {
    const plain = folded(w)
    return all.includes(plain) || (plain.length > 11 && bare.includes(plain.replace(/[\s:_.-]/g, '')))
  })
}

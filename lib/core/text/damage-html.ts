const ENTITY = /&(?:lt|gt|amp|quot|apos|nbsp|#\d{2,6}|#x[\da-f]{2,5});/gi
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }
/** Elements around code on web pages. Not `<I>` and `<S>`, which stand before the names in TlsCertificateName. */
const TAG = /<\/?(?:span|code|pre|p|div|b|strong|em|font|td|tr|table|tbody|body|html)(?:\s[^<>\n]{0,300})?>/gi
const BREAK_AT_END = /<br\s?\/?>[ \t]*$/gim
const BREAK_INSIDE = /<br\s?\/?>[^\n]*/gi

/** Text that was copied out of the source of a web page. */
export function withoutHtml(text: string): string {
  let out = text
  if (/<(?:\/(?:span|code|pre|div|strong|font|td)|br\s?\/?)>/i.test(sample(out, '<'))) {
    out = out.replace(TAG, '').replace(BREAK_AT_END, '')
    // Several printed lines in one: the first of them is read, and shown to be cut.
    out = out.replace(BREAK_INSIDE, '…')
  }
  return out.includes('&') ? out.replace(ENTITY, character) : out
}

/** Text without the sign is not looked at. */
const sample = (text: string, sign: string): string =>
  text.includes(`${sign}/`) || text.includes(`${sign}b`) || text.includes(`${sign}B`) ? text : ''

function character(entity: string): string {
  const name = entity.slice(1, -1).toLowerCase()
  if (!name.startsWith('#')) return NAMED[name] ?? entity
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  if (code === 160) return ' '
  return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : entity
}

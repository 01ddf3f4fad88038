/**
 * `{a, b, c, d...}` (Windows PowerShell) and `{a, b, c, d…}` (PowerShell 7) where $FormatEnumerationLimit was reached; a list
 * without its closing brace was cut by a person or a screen.
 */
const DOTS_IN_LIST = /(?:\.\.\.|…)\s?(?:[,}]|$)|(?:^\{|,)\s?[(<[]?(?:and )?\d{1,6} (?:more|weitere)/i
/** What people write where they took something out. */
const TAKEN_OUT =
  /<(?:snip(?:ped)?|cut|removed|redacted|omitted|truncated|entfernt|gek[uü]rzt)>|\[(?:\.\.\.|…|snip(?:ped)?|removed|redacted|omitted|truncated|entfernt|gek[uü]rzt)\]|<(?:\.\.\.|…)>/i
const MASKED = /^\{?(?:x{3,}|X{3,}|(?:[xX]{1,3}\.){3}[xX]{1,3}|\*{3,}|#{3,})\}?$/

/** Does the value itself show that it is not whole? */
export function isCutText(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  if (text.charCodeAt(0) === 123 && (last !== 125 || DOTS_IN_LIST.test(text))) return true
  // … . ] > x X * # }
  if (last === 0x2026 || (last === 46 && text.endsWith('...'))) return true
  if (last === 93 || last === 62 || last === 125 || text.includes('<')) return TAKEN_OUT.test(text) || MASKED.test(text)
  return (last === 120 || last === 88 || last === 42 || last === 35) && MASKED.test(text)
}

const WITH_STARS = new Set(
  'AddressSpaces TlsCertificateName TlsSenderCertificateName SenderDomains RecipientDomains DomainName TlsDomain CertificateDomains Subject'.split(
    ' ',
  ),
)
/** `CN=.contoso.com`, `SMTP:;1`: forums take `*` for the begin of italics, and the name is another one without it. */
const STAR_LOST = /(?:^|[{:= ])(?:;\d|\.[A-Za-z0-9-]{1,63}\.[A-Za-z])/

/** Is this what a page left of a value with stars? */
export const hasLostStar = (name: string, text: string): boolean =>
  text.length > 2 && WITH_STARS.has(name) && STAR_LOST.test(text)

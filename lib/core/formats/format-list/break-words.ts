/** Length of the first word with the blank behind it. */
export function firstWordLength(text: string): number {
  const at = text.search(/[ \t]/)
  return at < 0 ? text.length : at + 1
}

export const lastWordLength = (text: string): number =>
  text.length - 1 - Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'))

/**
 * What stands on both sides of a break, where that decides whether a blank was there: halves of words that connectors are full of,
 * halves of addresses, and signs that no word begins or ends with.
 */
export function wordsTell(upper: string, lower: string): 'cut' | 'blank' | undefined {
  const left = upper.slice(upper.length - Math.min(lastWordLength(upper), MAX_WORD))
  const right = lower.slice(0, Math.min(firstWordLength(lower), MAX_WORD)).trimEnd()
  const [tail, head] = [/\w{0,60}$/.exec(left)?.[0] ?? '', /^\w{0,60}/.exec(right)?.[0] ?? '']
  if (tail !== '' && head !== '') {
    if (WORDS.has(tail + head)) return 'cut'
    if (WORDS.has(tail) && WORDS.has(head)) return 'blank'
  }
  if (HOST.test(left + right)) return 'cut'
  // `C|N=x` of a name.
  if (/(?:^|[,>])[A-Z]{1,2}$/.test(left) && /^[A-Z]{0,2}=/.test(right)) return 'cut'
  const address = `${/[\d.]{0,15}$/.exec(left)?.[0] ?? ''}|${/^[\d.]{0,15}/.exec(right)?.[0] ?? ''}`
  if (ADDRESS.test(address.replace('|', '')) && !address.startsWith('|') && !address.endsWith('|')) return 'cut'
  // Items of a list: a cut there would leave the blank at the start below. `CN=x,CN=y` of the directory has no blanks.
  if (upper.endsWith(',') && !TIGHT_COMMA.test(upper) && !TIGHT_COMMA.test(lower)) return 'blank'
  return /\S[=:(<@[{\\/-]$/.test(upper) || /^[,;)}>.]/.test(lower) ? 'cut' : undefined
}

const MAX_WORD = 300
const TIGHT_COMMA = /,[A-Za-z]{1,20}=/
const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/
/** Names of hosts that stand in every hybrid configuration; without a blank in the middle they are one word. */
const HOST = /^[<{]?[\w.:;*-]{0,200}\.(?:protection\.outlook\.com|onmicrosoft\.com)\b/

/** Values of enumerations, containers of the directory that every organisation has, and words in names of certificates. */
const WORDS = new Set(
  (
    'AnonymousUsers ExchangeUsers ExchangeServers ExchangeLegacyServers Partners Custom Tls Integrated BasicAuth BasicAuthRequireTLS ' +
    'ExchangeServer ExternalAuthoritative AcceptCloudServicesMail AcceptOorgProtocol AcceptOorgHeader AllowOorgProtocol ' +
    'SMTP Receive Connectors Protocols Servers Exchange Administrative Group Groups FYDIBOHF23SPDLT Routing DWBGZMFD01QNBJR Microsoft ' +
    'Services Configuration Domain Control Validated Validation Organization Secure Server Global Root Trust Services Authority ' +
    'Certification Certificate Encryption Everywhere SHA256 Issuing Inc Limited GmbH Public Security Network Solutions Digital Online'
  ).split(' '),
)

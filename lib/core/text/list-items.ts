import { lowerName } from './lower'

/** What the items of a list look like; joined lists are split only where every part does. */
type Shape = 'ip' | 'space' | 'host' | 'capability' | 'word'

const byShape: Readonly<Record<Shape, string>> = {
  ip: 'Bindings RemoteIPRanges InternalSMTPServers SenderIPAddresses EFSkipIPs ExternalDNSServers InternalDNSServers ExternalIPAddresses',
  space: 'AddressSpaces SenderDomains',
  host: 'SmartHosts SourceTransportServers SendingTransportServers ReceivingTransportServers EdgeTransportServers ClientAccessServers CertificateDomains DnsNameList RecipientDomains Domains ConnectedDomains TLSReceiveDomainSecureList TLSSendDomainSecureList AssociatedAcceptedDomains TrustedOrganizations',
  capability: 'TlsDomainCapabilities',
  word: 'Features ExtendedRights AccessRights IISServices ValidationRecipients EFUsers',
}

const shapes = new Map<string, Shape>()
for (const shape of ['ip', 'space', 'host', 'capability', 'word'] as const)
  for (const name of byShape[shape].split(' ')) shapes.set(name.toLowerCase(), shape)

/** Is the property a list in every export that does not damage it? */
export const isListProperty = (name: string): boolean => shapes.has(lowerName(name))

const items: Readonly<Record<Exclude<Shape, 'space'>, RegExp>> = {
  ip: /^\[?[0-9A-Fa-f]{0,4}[.:%\w]{1,60}\]?(?::\d{1,5})?(?:\/\d{1,3}|\(\d[\d.]{6,14}\)|-\[?[0-9A-Fa-f]{0,4}[.:][.:%\w]{1,60}\]?)?$/,
  host: /^(?:[\w*][\w.*-]{0,254}|\[[0-9A-Fa-f.:]{2,45}\])$/,
  capability: /^[\w*.-]{1,255}:\w{1,60}$/,
  word: /^\w[\w.@+-]{0,254}$/,
}

const SEPARATORS = /[\s,;|]+/
const IP_DIGIT = /[.:]/

/**
 * Items of address spaces. A semicolon stands before the cost (`smtp:contoso.com;1`), so it parts two of them only where no cost
 * follows; X.400 addresses have blanks and semicolons of their own.
 */
function splitSpaces(text: string): string[] {
  const parts = /x400:/i.test(text) ? text.split(/[,|\n]/) : text.split(/[,|\s]+|;(?=$|;|[^\d;]|\d{1,3}[^\d;,|\s])/)
  return parts.map((p) => p.trim()).filter((p) => p !== '')
}

/**
 * The items of a list that a calculated property, a join or the depth of ConvertTo-Json made one text of: parted by a comma, a
 * semicolon, a bar, a line end or a blank. undefined where the text is no such thing and stays as it is.
 */
export function joinedItems(property: string, text: string): readonly string[] | undefined {
  const shape = shapes.get(lowerName(property))
  if (shape === undefined || text.startsWith('{')) return undefined
  if (shape === 'space') {
    const parts = splitSpaces(text)
    return parts.length > 1 ? parts : undefined
  }
  const parts = text.split(SEPARATORS).filter((p) => p !== '')
  if (parts.length < 2) return undefined
  const test = items[shape]
  return parts.every((p) => test.test(p) && (shape !== 'ip' || IP_DIGIT.test(p))) ? parts : undefined
}

/** Name of a type instead of a value: what Export-Csv makes of lists, and what stands below the depth of ConvertTo-Json. */
const TYPE_NAME = /^(?:System|Microsoft)\.[A-Za-z0-9_.+`]{1,200}(?:\[.{0,400}\])?$/
/** The text of a custom object, `@{Domain=…; Capabilities=…}`. */
const CUSTOM_OBJECT = /^@\{\w[^=]{0,80}=.{0,4000}\}$/s

export const isTypeName = (text: string): boolean =>
  text.charCodeAt(6) === 46 || text.charCodeAt(9) === 46 ? TYPE_NAME.test(text) : false

export const isObjectText = (text: string): boolean => text.startsWith('@{') && CUSTOM_OBJECT.test(text)

/** `{a, b...}`: the list was printed, and cut, before it was exported. */
export const isCutList = (text: string): boolean => text.startsWith('{') && /(?:\.\.\.|\u2026)\}$/.test(text)

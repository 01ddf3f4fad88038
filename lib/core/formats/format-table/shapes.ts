/**
 * What the cell of a known column looks like. It tells rows from prose below a table, and finds the columns again where the blanks
 * between them are gone. `enum`: one word. `flags`: words with commas, or more. Of these four and `word` a value is never blank: a
 * blank cell means that the object has no such property.
 */
export type Shape = 'flag' | 'list' | 'enum' | 'flags' | 'word' | 'text'

const shapes: Readonly<Record<Exclude<Shape, 'text'>, string>> = {
  flag: 'Enabled Default Deny Inherited IsInherited RequireTLS RequireEHLODomain CloudServicesMailEnabled DNSRoutingEnabled FrontendProxyEnabled IgnoreSTARTTLS ForceHELO DomainSecureEnabled UseExternalDNSServersEnabled IsScopedConnector IsValid IsSelfSigned HasPrivateKey TreatMessagesAsInternal RestrictDomainsToIPAddresses RestrictDomainsToCertificate UseMXRecord RouteAllMessagesViaOnPremises AllAcceptedDomains IsTransportRuleScoped MatchSubDomains AutoForwardEnabled AutoReplyEnabled TrustedMailInboundEnabled TrustedMailOutboundEnabled TargetDeliveryDomain IsInternal IsHubTransportServer IsMailboxServer IsEdgeServer IsClientAccessServer',
  list: 'Bindings RemoteIPRanges AddressSpaces SmartHosts SourceTransportServers TlsDomainCapabilities SenderDomains SenderIPAddresses RecipientDomains AssociatedAcceptedDomains CertificateDomains ExtendedRights AccessRights EFSkipIPs Features ReceivingTransportServers SendingTransportServers EdgeTransportServers',
  enum: 'TransportRole ProtocolLoggingLevel Status RootCAType ConnectorType ConnectorSource DomainType AllowedOOFType TlsSettings TlsAuthLevel',
  flags: 'AuthMechanism PermissionGroups Services ServerRole AdminDisplayVersion MaxMessageSize',
  word: 'Thumbprint DomainName Port',
}

const byName = new Map<string, Shape>()
for (const [shape, names] of Object.entries(shapes) as [Shape, string][])
  for (const name of names.split(' ')) byName.set(name.toLowerCase(), shape)

export const shapeOf = (lowerName: string): Shape => byName.get(lowerName) ?? 'text'

const FLAG = /^(?:True|False)$/i
const CUT_FLAG = /^(?:T(?:r(?:ue?)?)?|F(?:a(?:l(?:se?)?)?)?)?(?:\.\.\.|\u2026)$/i

export const isFlag = (text: string): boolean => FLAG.test(text) || CUT_FLAG.test(text)

/** Could the text be a cell of a column of this shape? Blank always could. */
export function isPlausible(shape: Shape, text: string): boolean {
  if (text === '') return true
  switch (shape) {
    case 'list':
      return text.startsWith('{') || !/[^,;]\s\S/.test(text.slice(0, 4096))
    case 'flag':
    case 'enum':
    case 'word':
      return !text.includes(' ')
    default:
      return true
  }
}

/** The text can hardly be anything else than a cell of this shape. */
export const isTypical = (shape: Shape, text: string): boolean =>
  shape === 'flag'
    ? isFlag(text)
    : shape === 'list'
      ? /^\{.*(?:\}|\.\.\.|\u2026)$/s.test(text)
      : shape === 'word' && /^[0-9A-F]{40}$/i.test(text)

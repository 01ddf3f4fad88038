import type { CollectionName } from '../model'

/** How the text of a property is read. `shape`: not in the table, judged by what it looks like. */
export type Kind =
  | 'text'
  | 'boolean'
  | 'enum'
  | 'flags'
  | 'list'
  | 'size'
  | 'number'
  | 'duration'
  | 'date'
  | 'version'
  | 'capabilities'
  | 'names'
  | 'secret'
  | 'shape'

type Table = Partial<Record<Kind, string>>

// Names as the documentation of the Get- and Set- cmdlets and the exports spell them (learn.microsoft.com/powershell/module/exchange).
const common: Table = {
  text: 'Name Identity Id Guid DistinguishedName AdminDisplayName ObjectCategory OrganizationId OriginatingServer Comment Banner Fqdn Server ExchangeObjectId ImmutableId ObjectState',
  date: 'WhenChanged WhenCreated WhenChangedUTC WhenCreatedUTC NotBefore NotAfter CreateUtc LeaseExpires',
  boolean: 'IsValid Enabled',
  version: 'ExchangeVersion AdminDisplayVersion',
  list: 'ObjectClass',
  secret: 'AuthenticationCredential SerializationData RawData Password ProxyCredential',
}

const tables: Readonly<Record<CollectionName, Table>> = {
  receiveConnectors: {
    flags: 'AuthMechanism PermissionGroups',
    enum: 'TransportRole ProtocolLoggingLevel SizeEnabled MessageRateSource ExtendedProtectionPolicy',
    list: 'Bindings RemoteIPRanges',
    capabilities: 'TlsDomainCapabilities',
    text: 'TlsCertificateName DefaultDomain ServiceDiscoveryFqdn',
    boolean:
      'RequireTLS RequireEHLODomain BinaryMimeEnabled ChunkingEnabled DeliveryStatusNotificationEnabled EightBitMimeEnabled SmtpUtf8Enabled BareLinefeedRejectionEnabled DomainSecureEnabled EnhancedStatusCodesEnabled LongAddressesEnabled OrarEnabled SuppressXAnonymousTls ProxyEnabled AdvertiseClientSettings PipeliningEnabled EnableAuthGSSAPI LiveCredentialEnabled RejectReservedTopLevelRecipientDomains RejectReservedSecondLevelRecipientDomains RejectSingleLabelRecipientDomains AcceptConsumerMail',
    size: 'MaxMessageSize MaxHeaderSize',
    number:
      'MaxHopCount MaxLocalHopCount MaxLogonFailures MaxProtocolErrors MaxRecipientsPerMessage MaxInboundConnection MaxInboundConnectionPerSource MaxInboundConnectionPercentagePerSource MessageRateLimit',
    duration: 'ConnectionTimeout ConnectionInactivityTimeout TarpitInterval AuthTarpitInterval MaxAcknowledgementDelay',
  },
  sendConnectors: {
    list: 'AddressSpaces SmartHosts SourceTransportServers ConnectedDomains',
    enum: 'TlsAuthLevel ProtocolLoggingLevel SmartHostAuthMechanism ConnectorType Region ErrorPolicies',
    boolean:
      'DNSRoutingEnabled CloudServicesMailEnabled DomainSecureEnabled ForceHELO FrontendProxyEnabled IgnoreSTARTTLS IsScopedConnector IsSmtpConnector RequireOorg RequireTLS UseExternalDNSServersEnabled',
    text: 'TlsCertificateName TlsDomain SmartHostsString HomeMTA HomeMtaServerId SourceIPAddress SourceRoutingGroup CertificateSubject',
    size: 'MaxMessageSize',
    number: 'Port SmtpMaxMessagesPerConnection',
    duration: 'ConnectionInactivityTimeOut',
  },
  certificates: {
    text: 'Thumbprint Subject Issuer SerialNumber FriendlyName',
    list: 'CertificateDomains IISServices AccessRules EnhancedKeyUsageList DnsNameList',
    flags: 'Services',
    enum: 'Status RootCAType',
    boolean: 'IsSelfSigned HasPrivateKey PrivateKeyExportable SelfSigned Archived',
    number: 'PublicKeySize Version',
  },
  inboundConnectors: {
    list: 'SenderDomains SenderIPAddresses AssociatedAcceptedDomains EFSkipIPs EFUsers EFSkipMailGateway TrustedOrganizations ClientHostNames',
    enum: 'ConnectorType ConnectorSource',
    text: 'TlsSenderCertificateName',
    boolean:
      'RequireTls RestrictDomainsToIPAddresses RestrictDomainsToCertificate CloudServicesMailEnabled TreatMessagesAsInternal EFTestMode EFSkipLastIP ScanAndDropRecipients',
  },
  outboundConnectors: {
    list: 'RecipientDomains SmartHosts ValidationRecipients LinkForModifiedConnector',
    enum: 'ConnectorType ConnectorSource TlsSettings',
    text: 'TlsDomain',
    date: 'LastValidationTimestamp',
    boolean:
      'UseMXRecord RouteAllMessagesViaOnPremises CloudServicesMailEnabled AllAcceptedDomains SenderRewritingEnabled TestMode IsValidated IsTransportRuleScoped',
  },
  acceptedDomains: {
    text: 'DomainName CatchAllRecipientID FederatedOrganizationLink MailFlowPartner',
    enum: 'DomainType AuthenticationType LiveIdInstanceType',
    boolean:
      'Default MatchSubDomains AddressBookEnabled EmailOnly ExternallyManaged PendingRemoval PendingCompletion OutboundOnly InitialDomain IsCoexistenceDomain IsDefaultFederatedDomain',
  },
  remoteDomains: {
    text: 'DomainName CharacterSet NonMimeCharacterSet',
    enum: 'AllowedOOFType ContentType PreferredInternetCodePageForShiftJis',
    boolean:
      'IsInternal TargetDeliveryDomain AutoReplyEnabled AutoForwardEnabled DeliveryReportEnabled NDREnabled MeetingForwardNotificationEnabled DisplaySenderName TNEFEnabled TrustedMailOutboundEnabled TrustedMailInboundEnabled UseSimpleDisplayName NDRDiagnosticInfoEnabled SmtpDaneMandatoryModeEnabled',
    number: 'ByteEncoderTypeFor7BitCharsets MessageCountThreshold RequiredCharsetCoverage LineWrapSize',
  },
  servers: {
    flags: 'ServerRole',
    text: 'Site Domain Edition ExchangeLegacyDN CurrentServerRole',
    list: 'NetworkAddress',
    boolean:
      'IsHubTransportServer IsMailboxServer IsClientAccessServer IsEdgeServer IsFrontendTransportServer IsExchange2007OrLater IsE14OrLater IsE15OrLater IsExchangeTrialEdition IsExpiredExchangeTrialEdition IsMemberOfCluster',
  },
  hybridConfigurations: {
    names: 'Features',
    list: 'Domains ReceivingTransportServers SendingTransportServers EdgeTransportServers ClientAccessServers ExternalIPAddresses',
    text: 'OnPremisesSmartHost TlsCertificateName',
    number: 'ServiceInstance',
  },
  adPermissions: {
    text: 'User InheritanceType Rights',
    list: 'AccessRights ExtendedRights Properties ChildObjectTypes InheritedObjectType',
    boolean: 'Deny IsInherited Inherited',
  },
  transportConfigs: {
    list: 'TLSReceiveDomainSecureList TLSSendDomainSecureList InternalSMTPServers GenerateCopyOfDSNFor SupervisionTags AddressBookPolicyRoutingEnabled',
    size: 'MaxReceiveSize MaxSendSize MaxDumpsterSizePerDatabase',
    number: 'MaxRecipientEnvelopeLimit',
  },
  transportServices: {
    size: 'ReceiveProtocolLogMaxDirectorySize ReceiveProtocolLogMaxFileSize SendProtocolLogMaxDirectorySize SendProtocolLogMaxFileSize PickupDirectoryMaxHeaderSize',
    list: 'ExternalDNSServers InternalDNSServers',
    text: 'ReceiveProtocolLogPath SendProtocolLogPath InternalTransportCertificateThumbprint',
    enum: 'IntraOrgConnectorProtocolLoggingLevel',
    duration: 'ReceiveProtocolLogMaxAge SendProtocolLogMaxAge MessageExpirationTimeout',
    number: 'MaxOutboundConnections MaxPerDomainOutboundConnections',
  },
  transportRules: {
    text: 'Description Conditions Exceptions Actions',
    enum: 'State Mode',
    number: 'Priority',
  },
  edgeSubscriptions: { text: 'Site Domain' },
  organizationConfigs: { boolean: 'MapiHttpEnabled IsMixedMode OAuth2ClientProfileEnabled' },
}

export type Known = { readonly name: string; readonly kind: Kind }

const index = new Map<CollectionName, ReadonlyMap<string, Known>>()
for (const [collection, table] of Object.entries(tables) as [CollectionName, Table][]) {
  const map = new Map<string, Known>()
  for (const part of [common, table]) {
    for (const [kind, names] of Object.entries(part) as [Kind, string][]) {
      for (const name of names.split(' ')) map.set(name.toLowerCase(), { name, kind })
    }
  }
  index.set(collection, map)
}

/** Spelling and kind of a property, or undefined for one the table does not have. Case does not matter: EXO prints RequireTls. */
export const knownProperty = (collection: CollectionName, lowerName: string): Known | undefined =>
  index.get(collection)?.get(lowerName)

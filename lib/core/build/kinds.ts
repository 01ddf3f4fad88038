import type { CollectionName } from '../model'
import type { ReadValue } from './read-value'

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
  text: 'Name Identity Id Guid DistinguishedName AdminDisplayName ObjectCategory OrganizationId OriginatingServer Comment Banner Fqdn Server ExchangeObjectId ImmutableId OrganizationalUnitRoot OrganizationalUnitRootInternal',
  date: 'WhenChanged WhenCreated WhenChangedUTC WhenCreatedUTC NotBefore NotAfter CreateUtc LeaseExpires',
  boolean: 'IsValid Enabled',
  version: 'ExchangeVersion AdminDisplayVersion',
  enum: 'ObjectState',
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
    text: 'TlsCertificateName TlsDomain SmartHostsString HomeMTA HomeMtaServerId SourceIPAddress SourceRoutingGroup CertificateSubject LinkedReceiveConnector',
    size: 'MaxMessageSize',
    number: 'Port SmtpMaxMessagesPerConnection',
    duration: 'ConnectionInactivityTimeOut',
  },
  certificates: {
    text: 'Thumbprint Subject Issuer SerialNumber FriendlyName SignatureAlgorithm PublicKeyAlgorithm',
    list: 'CertificateDomains IISServices AccessRules EnhancedKeyUsageList EnhancedKeyUsages DnsNameList',
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
    list: 'RecipientDomains SmartHosts ValidationRecipients',
    enum: 'ConnectorType ConnectorSource TlsSettings SmtpDaneMode MtaStsMode',
    text: 'TlsDomain LinkForModifiedConnector',
    date: 'LastValidationTimestamp',
    boolean:
      'UseMXRecord RouteAllMessagesViaOnPremises CloudServicesMailEnabled AllAcceptedDomains SenderRewritingEnabled TestMode IsValidated IsTransportRuleScoped',
  },
  acceptedDomains: {
    text: 'DomainName CatchAllRecipientID FederatedOrganizationLink MailFlowPartner',
    enum: 'DomainType AuthenticationType LiveIdInstanceType',
    boolean:
      'Default MatchSubDomains AddressBookEnabled EmailOnly ExternallyManaged PendingRemoval PendingCompletion OutboundOnly InitialDomain IsCoexistenceDomain IsDefaultFederatedDomain SendingFromDomainDisabled SendingToDomainDisabled',
  },
  remoteDomains: {
    text: 'DomainName CharacterSet NonMimeCharacterSet',
    enum: 'AllowedOOFType ContentType PreferredInternetCodePageForShiftJis ByteEncoderTypeFor7BitCharsets',
    boolean:
      'IsInternal TargetDeliveryDomain AutoReplyEnabled AutoForwardEnabled DeliveryReportEnabled NDREnabled MeetingForwardNotificationEnabled DisplaySenderName TNEFEnabled TrustedMailOutboundEnabled TrustedMailInboundEnabled UseSimpleDisplayName NDRDiagnosticInfoEnabled SmtpDaneMandatoryModeEnabled',
    number: 'MessageCountThreshold RequiredCharsetCoverage LineWrapSize',
  },
  servers: {
    flags: 'ServerRole',
    enum: 'Edition',
    text: 'Site Domain ExchangeLegacyDN CurrentServerRole',
    list: 'NetworkAddress',
    boolean:
      'IsHubTransportServer IsMailboxServer IsClientAccessServer IsEdgeServer IsFrontendTransportServer IsExchange2007OrLater IsE14OrLater IsE15OrLater IsExchangeTrialEdition IsExpiredExchangeTrialEdition IsMemberOfCluster',
    secret: 'ProductID',
  },
  hybridConfigurations: {
    names: 'Features',
    list: 'Domains ReceivingTransportServers SendingTransportServers EdgeTransportServers ClientAccessServers ExternalIPAddresses',
    text: 'OnPremisesSmartHost TlsCertificateName',
    number: 'ServiceInstance',
  },
  adPermissions: {
    text: 'User UserSid Rights',
    enum: 'InheritanceType',
    names: 'AccessRights',
    list: 'ExtendedRights Properties ChildObjectTypes InheritedObjectType',
    boolean: 'Deny IsInherited Inherited',
  },
  transportConfigs: {
    list: 'TLSReceiveDomainSecureList TLSSendDomainSecureList InternalSMTPServers GenerateCopyOfDSNFor SupervisionTags',
    text: 'ExternalPostmasterAddress ExternalDsnReportingAuthority InternalDsnReportingAuthority',
    boolean:
      'AddressBookPolicyRoutingEnabled ShadowRedundancyEnabled ExternalDelayDsnEnabled InternalDelayDsnEnabled Xexch50Enabled VerifySecureSubmitEnabled SmtpClientAuthenticationDisabled AllowLegacyTLSClients Rfc2231EncodingEnabled',
    size: 'MaxReceiveSize MaxSendSize MaxDumpsterSizePerDatabase ExternalDsnMaxMessageAttachSize InternalDsnMaxMessageAttachSize',
    number: 'MaxRecipientEnvelopeLimit MaxRetriesForLocalSiteShadow MaxRetriesForRemoteSiteShadow',
    duration:
      'MaxDumpsterTime SafetyNetHoldTime ShadowHeartbeatFrequency ShadowMessageAutoDiscardInterval ShadowResubmitTimeSpan',
  },
  transportServices: {
    size: 'ReceiveProtocolLogMaxDirectorySize ReceiveProtocolLogMaxFileSize SendProtocolLogMaxDirectorySize SendProtocolLogMaxFileSize ConnectivityLogMaxDirectorySize ConnectivityLogMaxFileSize PickupDirectoryMaxHeaderSize',
    list: 'ExternalDNSServers InternalDNSServers',
    text: 'ReceiveProtocolLogPath SendProtocolLogPath ConnectivityLogPath InternalTransportCertificateThumbprint InternalDNSAdapterGuid ExternalDNSAdapterGuid ExternalIPAddress',
    enum: 'IntraOrgConnectorProtocolLoggingLevel InternalDNSProtocolOption ExternalDNSProtocolOption',
    boolean:
      'InternalDNSAdapterEnabled ExternalDNSAdapterEnabled UseDowngradedExchangeServerAuth AntispamAgentsEnabled ConnectivityLogEnabled',
    duration:
      'ReceiveProtocolLogMaxAge SendProtocolLogMaxAge ConnectivityLogMaxAge MessageExpirationTimeout MessageRetryInterval DelayNotificationTimeout QueueGlitchRetryInterval TransientFailureRetryInterval OutboundConnectionFailureRetryInterval MailboxDeliveryThrottlingInterval',
    number:
      'MaxOutboundConnections MaxPerDomainOutboundConnections MaxConnectionRatePerMinute TransientFailureRetryCount QueueGlitchRetryCount IntraOrgConnectorSmtpMaxMessagesPerConnection',
  },
  transportRules: {
    text: 'Description Conditions Exceptions Actions RouteMessageOutboundConnector SetSCL SetHeaderName SetHeaderValue RedirectMessageTo BlindCopyTo RejectMessageReasonText RejectMessageEnhancedStatusCode HeaderContainsMessageHeader HeaderMatchesMessageHeader ExceptIfHeaderContainsMessageHeader ExceptIfHeaderMatchesMessageHeader RemoveHeader',
    list: 'SubjectMatchesPatterns ExceptIfSubjectMatchesPatterns SubjectOrBodyMatchesPatterns ExceptIfSubjectOrBodyMatchesPatterns AttachmentNameMatchesPatterns ExceptIfAttachmentNameMatchesPatterns HeaderContainsWords HeaderMatchesPatterns ExceptIfHeaderContainsWords ExceptIfHeaderMatchesPatterns SenderIpRanges ExceptIfSenderIpRanges SenderDomainIs ExceptIfSenderDomainIs RecipientDomainIs ExceptIfRecipientDomainIs From ExceptIfFrom SentTo ExceptIfSentTo FromMemberOf ExceptIfFromMemberOf SentToMemberOf ExceptIfSentToMemberOf FromAddressContainsWords ExceptIfFromAddressContainsWords FromAddressMatchesPatterns ExceptIfFromAddressMatchesPatterns RecipientAddressContainsWords ExceptIfRecipientAddressContainsWords RecipientAddressMatchesPatterns ExceptIfRecipientAddressMatchesPatterns SubjectContainsWords ExceptIfSubjectContainsWords SubjectOrBodyContainsWords ExceptIfSubjectOrBodyContainsWords AnyOfRecipientAddressContainsWords ExceptIfAnyOfRecipientAddressContainsWords AnyOfRecipientAddressMatchesPatterns ExceptIfAnyOfRecipientAddressMatchesPatterns',
    enum: 'State Mode RuleErrorAction SenderAddressLocation FromScope ExceptIfFromScope SentToScope ExceptIfSentToScope',
    boolean:
      'RouteMessageOutboundRequireTls StopRuleProcessing HasNoClassification ExceptIfHasNoClassification AttachmentIsUnsupported DeleteMessage Quarantine ManuallyModified UseLegacyRegex',
    date: 'ActivationDate ExpiryDate',
    number: 'Priority Size',
    version: 'RuleVersion',
    secret: 'CreatedBy LastModifiedBy',
  },
  edgeSubscriptions: { text: 'Site Domain', number: 'VersionNumber' },
  organizationConfigs: {
    boolean:
      'MapiHttpEnabled IsMixedMode OAuth2ClientProfileEnabled RejectDirectSend SmtpActionableMessagesEnabled SendFromAliasEnabled',
  },
  blockedConnectors: { text: 'ConnectorId Reason', date: 'CreatedDatetime BlockedTime' },
  outboundSpamPolicies: {
    enum: 'AutoForwardingMode ActionWhenThresholdReached',
    boolean: 'BccSuspiciousOutboundMail NotifyOutboundSpam IsDefault',
    number: 'RecipientLimitExternalPerHour RecipientLimitInternalPerHour RecipientLimitPerDay',
    list: 'BccSuspiciousOutboundAdditionalRecipients NotifyOutboundSpamRecipients',
  },
  onPremisesOrganizations: {
    text: 'OrganizationGuid OrganizationName InboundConnector OutboundConnector OrganizationRelationship',
    list: 'HybridDomains',
  },
  authConfigs: {
    text: 'CurrentCertificateThumbprint PreviousCertificateThumbprint NextCertificateThumbprint ServiceName Realm',
    date: 'NextCertificateEffectiveDate',
  },
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

/** Every property that the tables name, in Exchange's spelling. */
export const propertyNames: readonly string[] = [
  ...new Set([...index.values()].flatMap((map) => [...map.values()].map((k) => k.name))),
]

/** A property under the name that an export gives it: its key in a draft, Exchange's spelling, and how it is read. */
export type Slot = {
  readonly key: string
  readonly name: string
  readonly known: Known | undefined
  readonly skipped: boolean
  /** Values that were read of it, by their text. */
  readonly read: Map<string, ReadValue>
}

/** Names that JavaScript objects already have: nothing that Exchange exports is called so. */
const REFUSED = 'constructor prototype hasownproperty tostring valueof __proto__'
/** Added by PowerShell remoting, says nothing about the object. */
const REMOTING =
  'pscomputername runspaceid psshowcomputername pssourcejobinstanceid pspath psparentpath psdrive psprovider pschildname'
const SKIPPED: ReadonlySet<string> = new Set(`${REFUSED} ${REMOTING}`.split(' '))

const slots = new Map<CollectionName, Map<string, Slot>>()
/** Names of properties are a few hundred; the limit is for texts that make them up. */
const MAX_SLOTS = 5000

/** One look-up for all that has to be known of a name: a large export asks a million times for the same few hundred. */
export function slotOf(collection: CollectionName, name: string): Slot {
  const own = slots.get(collection) ?? new Map<string, Slot>()
  const found = own.get(name)
  if (found !== undefined) return found
  const key = name.toLowerCase()
  const known = knownProperty(collection, key)
  const made: Slot = { key, name: known?.name ?? name, known, skipped: SKIPPED.has(key), read: new Map() }
  if (own.size < MAX_SLOTS && name.length < 100) slots.set(collection, own.set(name, made))
  return made
}

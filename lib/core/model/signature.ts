import type { CollectionName } from './collections'
import type { Certainty } from './raw'

/**
 * Properties that tell an object's kind where no command and no type name does. Generic names (Name, Enabled, Identity) prove
 * nothing: Enabled, Fqdn, MaxMessageSize, TlsCertificateName exist in both kinds of connector.
 */
type Signature = { readonly all?: string; readonly any: string; readonly min: number }

const signatures: readonly (readonly [CollectionName, Signature])[] = [
  [
    'receiveConnectors',
    { any: 'Bindings RemoteIPRanges PermissionGroups TarpitInterval TlsDomainCapabilities', min: 2 },
  ],
  [
    'sendConnectors',
    {
      any: 'AddressSpaces SourceTransportServers DNSRoutingEnabled SmartHostAuthMechanism IgnoreSTARTTLS HomeMtaServerId FrontendProxyEnabled SourceRoutingGroup',
      min: 2,
    },
  ],
  [
    'certificates',
    {
      any: 'Thumbprint NotAfter NotBefore CertificateDomains Services RootCAType HasPrivateKey IsSelfSigned SerialNumber',
      min: 2,
    },
  ],
  [
    'inboundConnectors',
    {
      any: 'SenderDomains TlsSenderCertificateName TreatMessagesAsInternal EFSkipIPs EFSkipLastIP SenderIPAddresses RestrictDomainsToCertificate RestrictDomainsToIPAddresses AssociatedAcceptedDomains',
      min: 2,
    },
  ],
  [
    'outboundConnectors',
    {
      any: 'RecipientDomains TlsSettings RouteAllMessagesViaOnPremises UseMXRecord IsTransportRuleScoped IsValidated AllAcceptedDomains',
      min: 2,
    },
  ],
  [
    'remoteDomains',
    {
      all: 'DomainName',
      any: 'TrustedMailInboundEnabled TrustedMailOutboundEnabled TargetDeliveryDomain AllowedOOFType AutoForwardEnabled TNEFEnabled',
      min: 1,
    },
  ],
  ['acceptedDomains', { all: 'DomainName', any: 'DomainType', min: 1 }],
  [
    'hybridConfigurations',
    {
      any: 'Features ReceivingTransportServers SendingTransportServers OnPremisesSmartHost EdgeTransportServers ClientAccessServers',
      min: 2,
    },
  ],
  [
    'transportConfigs',
    {
      any: 'TLSReceiveDomainSecureList TLSSendDomainSecureList InternalSMTPServers ExternalPostmasterAddress ShadowRedundancyEnabled GenerateCopyOfDSNFor',
      min: 2,
    },
  ],
  [
    'transportServices',
    {
      any: 'ReceiveProtocolLogPath SendProtocolLogPath InternalDNSAdapterEnabled ExternalDNSAdapterEnabled InternalTransportCertificateThumbprint ConnectivityLogPath',
      min: 2,
    },
  ],
  ['adPermissions', { all: 'User', any: 'ExtendedRights AccessRights', min: 1 }],
  [
    'servers',
    {
      any: 'ServerRole AdminDisplayVersion IsHubTransportServer IsEdgeServer IsFrontendTransportServer NetworkAddress ExchangeLegacyServerRole',
      min: 2,
    },
  ],
  [
    'transportRules',
    { all: 'Priority', any: 'Conditions Actions Exceptions RuleVersion RuleErrorAction SenderAddressLocation', min: 2 },
  ],
  [
    'organizationConfigs',
    { any: 'MapiHttpEnabled IsMixedMode OAuth2ClientProfileEnabled DefaultPublicFolderMailbox', min: 2 },
  ],
  ['blockedConnectors', { all: 'ConnectorId', any: 'Reason CreatedDatetime BlockedTime', min: 1 }],
  [
    'outboundSpamPolicies',
    {
      any: 'AutoForwardingMode ActionWhenThresholdReached RecipientLimitExternalPerHour RecipientLimitInternalPerHour BccSuspiciousOutboundMail NotifyOutboundSpam',
      min: 2,
    },
  ],
  [
    'onPremisesOrganizations',
    { any: 'HybridDomains InboundConnector OutboundConnector OrganizationGuid OrganizationRelationship', min: 3 },
  ],
  [
    'authConfigs',
    {
      any: 'CurrentCertificateThumbprint PreviousCertificateThumbprint NextCertificateThumbprint NextCertificateEffectiveDate',
      min: 2,
    },
  ],
  ['edgeSubscriptions', { any: 'EdgeSyncLicenses Domain Site CreateUtc VersionNumber', min: 4 }],
]

const split = (names: string): readonly string[] => names.toLowerCase().split(' ')
const compiled = signatures.map(([collection, s]) => ({
  collection,
  all: s.all === undefined ? [] : split(s.all),
  any: split(s.any),
  min: s.min,
}))

export type Recognised = { readonly collection: CollectionName; readonly certainty: Certainty; readonly score: number }

/** Kind of an object by the names of its properties (lower case), or undefined. */
export function recognise(names: ReadonlySet<string>): Recognised | undefined {
  let best: Recognised | undefined
  for (const s of compiled) {
    if (!s.all.every((n) => names.has(n))) continue
    const hits = s.any.filter((n) => names.has(n)).length
    if (hits < s.min) continue
    const score = s.all.length + hits
    if (best === undefined || score > best.score) {
      best = { collection: s.collection, certainty: score > s.min + s.all.length ? 'certain' : 'likely', score }
    }
  }
  return best
}

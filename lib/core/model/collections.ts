/** The collections of a Config and of a report's inventory. Each is filled by one cmdlet. */
export const collections = [
  'receiveConnectors',
  'sendConnectors',
  'certificates',
  'inboundConnectors',
  'outboundConnectors',
  'acceptedDomains',
  'remoteDomains',
  'servers',
  'hybridConfigurations',
  'adPermissions',
  'transportConfigs',
  'transportServices',
  'transportRules',
  'edgeSubscriptions',
  'organizationConfigs',
  'blockedConnectors',
  'outboundSpamPolicies',
  'onPremisesOrganizations',
  'authConfigs',
] as const

/** A kind of object, as the report names its list. */
export type CollectionName = (typeof collections)[number]

/** Where an object lives. An Edge keeps its receive connectors to itself, so its exports are a side of their own. */
export type Side = 'on-premises' | 'edge' | 'exchange-online' | 'unknown'

/** The cmdlet that exports it. */
export const cmdletOf: Readonly<Record<CollectionName, string>> = {
  receiveConnectors: 'Get-ReceiveConnector',
  sendConnectors: 'Get-SendConnector',
  certificates: 'Get-ExchangeCertificate',
  inboundConnectors: 'Get-InboundConnector',
  outboundConnectors: 'Get-OutboundConnector',
  acceptedDomains: 'Get-AcceptedDomain',
  remoteDomains: 'Get-RemoteDomain',
  servers: 'Get-ExchangeServer',
  hybridConfigurations: 'Get-HybridConfiguration',
  adPermissions: 'Get-ADPermission',
  transportConfigs: 'Get-TransportConfig',
  transportServices: 'Get-TransportService',
  transportRules: 'Get-TransportRule',
  edgeSubscriptions: 'Get-EdgeSubscription',
  organizationConfigs: 'Get-OrganizationConfig',
  blockedConnectors: 'Get-BlockedConnector',
  outboundSpamPolicies: 'Get-HostedOutboundSpamFilterPolicy',
  onPremisesOrganizations: 'Get-OnPremisesOrganization',
  authConfigs: 'Get-AuthConfig',
}

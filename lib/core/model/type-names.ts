import type { CollectionName } from './collections'

/** Last part of the .NET type names of what the cmdlets return. */
const byType: Readonly<Record<string, CollectionName>> = {
  ReceiveConnector: 'receiveConnectors',
  SmtpSendConnectorConfig: 'sendConnectors',
  SendConnector: 'sendConnectors',
  ExchangeCertificate: 'certificates',
  X509Certificate2: 'certificates',
  X509Certificate: 'certificates',
  TenantInboundConnector: 'inboundConnectors',
  InboundConnector: 'inboundConnectors',
  TenantOutboundConnector: 'outboundConnectors',
  OutboundConnector: 'outboundConnectors',
  AcceptedDomain: 'acceptedDomains',
  DomainContentConfig: 'remoteDomains',
  ExchangeServer: 'servers',
  HybridConfiguration: 'hybridConfigurations',
  ADAcePresentationObject: 'adPermissions',
  TransportConfigContainer: 'transportConfigs',
  TransportServer: 'transportServices',
  TransportService: 'transportServices',
  TransportRule: 'transportRules',
  EdgeSubscription: 'edgeSubscriptions',
  ADOrganizationConfig: 'organizationConfigs',
  OrganizationConfig: 'organizationConfigs',
  BlockedConnector: 'blockedConnectors',
  HostedOutboundSpamFilterPolicy: 'outboundSpamPolicies',
  OnPremisesOrganization: 'onPremisesOrganizations',
  AuthConfig: 'authConfigs',
}

/** Kind of an object by its type names, the most derived first. `Deserialized.` and `Selected.` stand before the same names. */
export function kindOfTypes(types: readonly string[] | undefined): CollectionName | undefined {
  for (const type of types ?? []) {
    const generic = type.indexOf('`')
    const name = generic < 0 ? type : type.slice(0, generic)
    const last = name.slice(name.lastIndexOf('.') + 1)
    if (Object.hasOwn(byType, last)) return byType[last]
  }
  return undefined
}

export const isSelected = (types: readonly string[] | undefined): boolean =>
  (types ?? []).some((t) => t.startsWith('Selected.'))

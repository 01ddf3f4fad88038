import type { Door } from './types'

const byCollection: Readonly<Record<string, readonly string[]>> = {
  receiveConnectors: [
    'Bindings',
    'RemoteIPRanges',
    'AuthMechanism',
    'PermissionGroups',
    'TransportRole',
    'RequireTLS',
    'Fqdn',
    'TlsCertificateName',
    'TlsDomainCapabilities',
  ],
  sendConnectors: [
    'AddressSpaces',
    'SmartHosts',
    'SourceTransportServers',
    'RequireTLS',
    'IgnoreSTARTTLS',
    'TlsAuthLevel',
    'TlsDomain',
    'TlsCertificateName',
    'CloudServicesMailEnabled',
  ],
  inboundConnectors: [
    'ConnectorType',
    'SenderIPAddresses',
    'SenderDomains',
    'RequireTls',
    'TlsSenderCertificateName',
    'CloudServicesMailEnabled',
  ],
  outboundConnectors: [
    'ConnectorType',
    'RecipientDomains',
    'SmartHosts',
    'UseMXRecord',
    'TlsSettings',
    'TlsDomain',
    'RouteAllMessagesViaOnPremises',
    'CloudServicesMailEnabled',
  ],
}

/** Properties that decide whom a connector of that kind takes in or where it sends, as Exchange spells them. */
export const decidingProperties = (collection: Door['collection']): readonly string[] =>
  (collection && byCollection[collection]) ?? []

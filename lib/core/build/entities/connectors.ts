import type { ConfigObject, InboundConnector, OutboundConnector, ReceiveConnector, SendConnector } from '../../model'
import { parseAddressSpace, parseCertificateName } from '../transport-values'
import type { Make } from './make'

const certificateName = (v: unknown) => parseCertificateName(String(v))

export const receiveConnector: Make<ReceiveConnector> = (o: ConfigObject, r, shared) => ({
  ...o,
  enabled: r.flag('Enabled'),
  bindings: r.items('Bindings', shared.binding),
  remoteIPRanges: r.items('RemoteIPRanges', shared.range),
  authMechanism: r.list('AuthMechanism'),
  permissionGroups: r.list('PermissionGroups'),
  transportRole: r.text('TransportRole'),
  fqdn: r.text('Fqdn'),
  tlsCertificateName: r.map('TlsCertificateName', certificateName),
  tlsDomainCapabilities: r.items('TlsDomainCapabilities', shared.capability),
  requireTLS: r.flag('RequireTLS'),
})

export const sendConnector: Make<SendConnector> = (o, r) => ({
  ...o,
  enabled: r.flag('Enabled'),
  addressSpaces: r.items('AddressSpaces', parseAddressSpace),
  smartHosts: r.list('SmartHosts'),
  dnsRoutingEnabled: r.flag('DNSRoutingEnabled'),
  sourceTransportServers: r.list('SourceTransportServers'),
  fqdn: r.text('Fqdn'),
  requireTLS: r.flag('RequireTLS'),
  ignoreSTARTTLS: r.flag('IgnoreSTARTTLS'),
  tlsAuthLevel: r.text('TlsAuthLevel'),
  tlsDomain: r.text('TlsDomain'),
  tlsCertificateName: r.map('TlsCertificateName', certificateName),
  cloudServicesMailEnabled: r.flag('CloudServicesMailEnabled'),
})

export const inboundConnector: Make<InboundConnector> = (o, r) => ({
  ...o,
  enabled: r.flag('Enabled'),
  connectorType: r.text('ConnectorType'),
  connectorSource: r.text('ConnectorSource'),
  cloudServicesMailEnabled: r.flag('CloudServicesMailEnabled'),
  tlsSenderCertificateName: r.text('TlsSenderCertificateName'),
})

export const outboundConnector: Make<OutboundConnector> = (o, r) => ({
  ...o,
  enabled: r.flag('Enabled'),
  connectorType: r.text('ConnectorType'),
  connectorSource: r.text('ConnectorSource'),
  cloudServicesMailEnabled: r.flag('CloudServicesMailEnabled'),
  routeAllMessagesViaOnPremises: r.flag('RouteAllMessagesViaOnPremises'),
  recipientDomains: r.list('RecipientDomains'),
  smartHosts: r.list('SmartHosts'),
  tlsDomain: r.text('TlsDomain'),
})

import {
  type AdPermission,
  type Binding,
  type Certificate,
  type CollectionName,
  type Config,
  type ConfigObject,
  collections,
  type ExchangeServer,
  type ExportedBlock,
  type HybridConfiguration,
  type InboundConnector,
  missing,
  type OutboundConnector,
  type Place,
  type Property,
  parseIpRange,
  type ReceiveConnector,
  type ReportValue,
  type SendConnector,
  type Side,
  wholeSpace,
} from '../model'

const place: Place = { source: 's1', lines: [1, 1] }

export const ok = <T>(name: string, value: T): Property<T> => ({ state: 'ok', name, value, raw: String(value), place })
export const cut = <T>(name: string, value: T): Property<T> => ({
  state: 'truncated',
  name,
  value,
  raw: String(value),
  place,
})
const given = <T>(name: string, value: T | undefined): Property<T> =>
  value === undefined ? missing(name) : ok(name, value)

function object(
  collection: CollectionName,
  id: string,
  server: string | null,
  side: Side,
  properties: Record<string, ReportValue> = {},
): ConfigObject {
  const name = id.split('\\').at(-1) ?? id
  const own = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, ok(key, value)]))
  return { collection, id, name, server, side, properties: own, place }
}

export type ReceiveOptions = {
  server?: string
  name?: string
  side?: Side
  enabled?: boolean
  port?: number
  ranges?: readonly string[] | 'any' | 'missing'
  auth?: readonly string[]
  groups?: readonly string[]
  role?: string
  capability?: string
  requireTLS?: boolean
  certificate?: string
}

const binding = (port: number): Binding => ({ family: 4, address: null, port, text: `0.0.0.0:${port}` })
const named = (text: string) => ({
  syntax: 'standard' as const,
  issuer: text,
  subject: text,
  text: `<I>${text}<S>${text}`,
})

/** A receive connector; without options the Default Frontend of EX01. */
export function receive(options: ReceiveOptions = {}): ReceiveConnector {
  const { server = 'EX01', name = `Default Frontend ${server}`, ranges = 'any' } = options
  const list =
    ranges === 'any'
      ? [wholeSpace(4), wholeSpace(6)]
      : ranges === 'missing'
        ? undefined
        : ranges.flatMap((text) => parseIpRange(text) ?? [])
  const capability = options.capability
  return {
    ...object('receiveConnectors', `${server}\\${name}`, server, options.side ?? 'on-premises'),
    enabled: ok('Enabled', options.enabled ?? true),
    bindings: ok('Bindings', [binding(options.port ?? 25)]),
    remoteIPRanges: given('RemoteIPRanges', list),
    authMechanism: ok('AuthMechanism', options.auth ?? ['Tls', 'ExchangeServer']),
    permissionGroups: ok(
      'PermissionGroups',
      options.groups ?? ['AnonymousUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
    ),
    transportRole: given('TransportRole', options.role ?? 'FrontendTransport'),
    fqdn: ok('Fqdn', `${server}.contoso.com`),
    tlsCertificateName:
      options.certificate === undefined
        ? missing('TlsCertificateName')
        : ok('TlsCertificateName', named(options.certificate)),
    tlsDomainCapabilities: ok(
      'TlsDomainCapabilities',
      capability === undefined
        ? []
        : [
            {
              domain: capability,
              capabilities: ['AcceptCloudServicesMail'],
              pinned: false,
              unknownBits: 0,
              text: `${capability}:AcceptCloudServicesMail`,
            },
          ],
    ),
    requireTLS: ok('RequireTLS', options.requireTLS ?? false),
  }
}

export type SendOptions = {
  name?: string
  spaces?: readonly string[]
  hosts?: readonly string[]
  sources?: readonly string[]
  enabled?: boolean
  requireTLS?: boolean
  ignoreSTARTTLS?: boolean
  level?: string
  cloud?: boolean
  certificate?: string
}

/** A send connector; without options one that delivers everything by MX from EX01. */
export function send(options: SendOptions = {}): SendConnector {
  const spaces = (options.spaces ?? ['*']).map((domain) => ({
    type: 'SMTP',
    domain,
    includeSubDomains: domain === '*',
    cost: 1,
    text: `SMTP:${domain};1`,
  }))
  return {
    ...object('sendConnectors', options.name ?? 'Internet', null, 'on-premises'),
    enabled: ok('Enabled', options.enabled ?? true),
    addressSpaces: ok('AddressSpaces', spaces),
    smartHosts: ok('SmartHosts', options.hosts ?? []),
    dnsRoutingEnabled: ok('DNSRoutingEnabled', (options.hosts ?? []).length === 0),
    sourceTransportServers: ok('SourceTransportServers', options.sources ?? ['EX01']),
    fqdn: missing('Fqdn'),
    requireTLS: ok('RequireTLS', options.requireTLS ?? false),
    ignoreSTARTTLS: ok('IgnoreSTARTTLS', options.ignoreSTARTTLS ?? false),
    tlsAuthLevel: given('TlsAuthLevel', options.level),
    tlsDomain: missing('TlsDomain'),
    tlsCertificateName:
      options.certificate === undefined
        ? missing('TlsCertificateName')
        : ok('TlsCertificateName', named(options.certificate)),
    cloudServicesMailEnabled: ok('CloudServicesMailEnabled', options.cloud ?? false),
  }
}

export const hybridSend = (sources: readonly string[] = ['EX01']): SendConnector =>
  send({
    name: 'Outbound to Office 365',
    spaces: ['contoso.mail.onmicrosoft.com'],
    sources,
    requireTLS: true,
    level: 'DomainValidation',
    cloud: true,
    certificate: 'CN=mail.contoso.com',
  })

export const server = (name: string, site?: string, role: readonly string[] = ['Mailbox']): ExchangeServer => ({
  ...object('servers', name, name, 'on-premises'),
  fqdn: ok('Fqdn', `${name}.contoso.com`),
  serverRole: ok('ServerRole', role),
  site: given('Site', site === undefined ? undefined : `contoso.com/Configuration/Sites/${site}`),
  version: missing('AdminDisplayVersion'),
})

export const certificate = (serverName: string, thumbprint: string, subject: string): Certificate => ({
  ...object('certificates', `${serverName}\\${thumbprint}`, serverName, 'on-premises'),
  thumbprint,
  subject: ok('Subject', subject),
  issuer: ok('Issuer', subject),
  certificateDomains: missing('CertificateDomains'),
  notBefore: missing('NotBefore'),
  notAfter: ok('NotAfter', '2027-03-01T00:00:00Z'),
  services: ok('Services', ['SMTP']),
  status: missing('Status'),
  rootCAType: missing('RootCAType'),
  isSelfSigned: missing('IsSelfSigned'),
  hasPrivateKey: missing('HasPrivateKey'),
})

/** A row of an access list that lets everybody relay. */
export const relayRight = (connector: string): AdPermission => ({
  ...object('adPermissions', `${connector}|S-1-5-7`, null, 'on-premises'),
  connector,
  user: 'NT AUTHORITY\\ANONYMOUS LOGON',
  sid: 'S-1-5-7',
  extendedRights: ok('ExtendedRights', ['ms-exch-smtp-accept-any-recipient']),
  deny: ok('Deny', false),
  isInherited: ok('IsInherited', false),
})

export const hybridConfiguration = (options: {
  edges?: readonly string[]
  receiving?: readonly string[]
  sending?: readonly string[]
}): HybridConfiguration => ({
  ...object('hybridConfigurations', 'Hybrid Configuration', null, 'on-premises'),
  features: missing('Features'),
  domains: ok('Domains', ['contoso.com']),
  receivingTransportServers: given('ReceivingTransportServers', options.receiving),
  sendingTransportServers: given('SendingTransportServers', options.sending),
  edgeTransportServers: given('EdgeTransportServers', options.edges),
  onPremisesSmartHost: missing('OnPremisesSmartHost'),
  tlsCertificateName: missing('TlsCertificateName'),
})

export const inbound = (
  name: string,
  type: string,
  properties: Record<string, ReportValue> = {},
): InboundConnector => ({
  ...object('inboundConnectors', name, null, 'exchange-online', properties),
  enabled: ok('Enabled', true),
  connectorType: ok('ConnectorType', type),
  connectorSource: ok('ConnectorSource', 'HybridWizard'),
  cloudServicesMailEnabled: ok('CloudServicesMailEnabled', type === 'OnPremises'),
  tlsSenderCertificateName: given(
    'TlsSenderCertificateName',
    typeof properties.TlsSenderCertificateName === 'string' ? properties.TlsSenderCertificateName : undefined,
  ),
})

export const outbound = (
  name: string,
  type: string,
  recipients: readonly string[],
  hosts: readonly string[],
  properties: Record<string, ReportValue> = {},
): OutboundConnector => ({
  ...object('outboundConnectors', name, null, 'exchange-online', properties),
  enabled: ok('Enabled', true),
  connectorType: ok('ConnectorType', type),
  connectorSource: ok('ConnectorSource', 'HybridWizard'),
  cloudServicesMailEnabled: ok('CloudServicesMailEnabled', type === 'OnPremises'),
  routeAllMessagesViaOnPremises: missing('RouteAllMessagesViaOnPremises'),
  recipientDomains: ok('RecipientDomains', recipients),
  smartHosts: ok('SmartHosts', hosts),
  tlsDomain: missing('TlsDomain'),
})

export const exported = (collection: CollectionName, side: Side, serverName: string | null = null): ExportedBlock => ({
  ...{ collection, side, server: serverName, listing: 'all', completeness: 'full', objects: 1, place },
})

const empty = Object.fromEntries(collections.map((name) => [name, []]))

/** A configuration that holds what is given and nothing else. */
export const configOf = (parts: Partial<Config>): Config => ({
  ...(empty as unknown as Omit<Config, 'exports'>),
  exports: [],
  intended: [],
  messages: [],
  ...parts,
})

/** Two sites, an Edge, a gateway, two relays, a partner and a tenant. */
export function smallOrganisation(): Config {
  const hybrid = 'mail.protection.outlook.com'
  const muc = { certificate: 'CN=mail.contoso.com' }
  return configOf({
    servers: [
      server('EX01', 'Munich'),
      server('EX02', 'Munich'),
      server('EX11', 'Hamburg'),
      server('EX12', 'Hamburg'),
      server('EDGE01', 'Munich', ['Edge']),
    ],
    receiveConnectors: [
      receive({ server: 'EX01', capability: hybrid, ...muc }),
      receive({ server: 'EX02', capability: hybrid, ...muc }),
      receive({ server: 'EX11' }),
      receive({ server: 'EX12' }),
      receive({
        server: 'EX01',
        name: 'Default EX01',
        port: 2525,
        role: 'HubTransport',
        groups: ['ExchangeUsers', 'ExchangeServers'],
      }),
      receive({ server: 'EX01', name: 'Client Frontend EX01', port: 587, groups: ['ExchangeUsers'] }),
      receive({
        server: 'EX01',
        name: 'Relay Scanner EX01',
        ranges: ['10.20.0.0/16'],
        auth: [],
        groups: ['AnonymousUsers'],
      }),
      receive({
        server: 'EX02',
        name: 'Relay Scanner EX02',
        ranges: ['10.20.0.0/16'],
        auth: [],
        groups: ['AnonymousUsers'],
      }),
      receive({
        server: 'EX11',
        name: 'SAP',
        ranges: ['10.30.1.5'],
        auth: ['Tls', 'ExternalAuthoritative'],
        groups: ['ExchangeServers'],
      }),
      receive({
        server: 'EX11',
        name: 'Fabrikam',
        ranges: ['198.51.100.0/28'],
        groups: ['Partners'],
        requireTLS: true,
      }),
      receive({
        server: 'EDGE01',
        side: 'edge',
        name: 'Default internal receive connector EDGE01',
        groups: ['AnonymousUsers', 'ExchangeServers', 'Partners'],
      }),
      receive({ server: 'EDGE01', side: 'edge', name: 'From mail gateway', ranges: ['203.0.113.10', '203.0.113.11'] }),
    ],
    sendConnectors: [
      send({ name: 'EdgeSync - Munich to Internet', sources: ['EDGE01'], hosts: [] }),
      send({ name: 'EdgeSync - Inbound to Munich', spaces: ['--'], hosts: ['--'], sources: ['EDGE01'] }),
      hybridSend(['EX01', 'EX02']),
      send({
        name: 'To Fabrikam',
        spaces: ['fabrikam.com'],
        sources: ['EX11'],
        requireTLS: true,
        level: 'DomainValidation',
      }),
      send({
        name: 'Via gateway',
        spaces: ['*'],
        hosts: ['[203.0.113.10]'],
        sources: ['EX11', 'EX12'],
        ignoreSTARTTLS: true,
      }),
    ],
    certificates: [certificate('EX01', 'A1', 'CN=mail.contoso.com'), certificate('EX02', 'A1', 'CN=mail.contoso.com')],
    hybridConfigurations: [
      hybridConfiguration({ receiving: ['EX01', 'EX02'], sending: ['EX01', 'EX02'], edges: ['EDGE02'] }),
    ],
  })
}

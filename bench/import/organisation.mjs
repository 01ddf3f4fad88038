// A large organisation, the same every time: 500 servers, 4,000 receive connectors, 200 send connectors, 3,000 certificates, each with
// every property that its cmdlet prints. Values are plain: true, a number, a text, a list, { date } or { named } (an object with a
// text of its own: enumerations, sizes, times).
import { createHash } from 'node:crypto'

export const servers = 500
const connectorsPerServer = 8
const certificatesPerServer = 6
const sendConnectors = 200

const everywhere = ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0-255.255.255.255']
const base = 'CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=contoso,DC=com'
const group = `CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${base}`
const named = (text) => ({ named: text })

const guidOf = (seed) => {
  const h = createHash('sha256').update(seed).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`
}
export const serverName = (n) => `EX${String(n + 1).padStart(3, '0')}`
const hostOf = (server) => `${server}.corp.contoso.com`
const dateOf = (seed) => ({
  date: new Date(Date.UTC(2026, seed % 11, (seed % 27) + 1, seed % 24, seed % 60, seed % 59))
    .toISOString()
    .slice(0, 19),
})

const common = (name, identity, dn, schema, seed) => ({
  AdminDisplayName: '',
  ExchangeVersion: named('0.1 (8.0.535.0)'),
  Name: name,
  DistinguishedName: dn,
  Identity: named(identity),
  Guid: guidOf(identity),
  ObjectCategory: named(`corp.contoso.com/Configuration/Schema/${schema}`),
  ObjectClass: ['top', schema],
  WhenChanged: dateOf(seed),
  WhenCreated: dateOf(seed + 7),
  WhenChangedUTC: dateOf(seed),
  WhenCreatedUTC: dateOf(seed + 7),
  OrganizationId: named(''),
  Id: named(identity),
  OriginatingServer: named('DC01.corp.contoso.com'),
  IsValid: true,
  ObjectState: named('Unchanged'),
})

const all = 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer'
const builtIn = (server) => [
  [`Default ${server}`, 'HubTransport', 2525, all, 'ExchangeUsers, ExchangeServers, ExchangeLegacyServers'],
  [`Client Proxy ${server}`, 'HubTransport', 465, all, 'ExchangeUsers, ExchangeServers'],
  [
    `Default Frontend ${server}`,
    'FrontendTransport',
    25,
    all,
    'AnonymousUsers, ExchangeServers, ExchangeLegacyServers',
  ],
  [`Outbound Proxy Frontend ${server}`, 'FrontendTransport', 717, all, 'ExchangeServers'],
  [`Client Frontend ${server}`, 'FrontendTransport', 587, all, 'ExchangeUsers'],
]

function receiveConnector(n) {
  const server = serverName(Math.floor(n / connectorsPerServer))
  const [name, role, port, auth, groups] = builtIn(server)[n % connectorsPerServer] ?? [
    `Relay ${n % connectorsPerServer}`,
    'FrontendTransport',
    25,
    'Tls',
    n % 3 === 0 ? 'AnonymousUsers, Custom' : 'AnonymousUsers',
  ]
  const own = n % connectorsPerServer >= 5
  const ranges = own ? Array.from({ length: 24 }, (_, i) => `10.${n % 200}.${(n >> 8) % 250}.${i + 1}`) : everywhere
  return {
    AuthMechanism: named(auth),
    Banner: '',
    BinaryMimeEnabled: true,
    Bindings: [`[::]:${port}`, `0.0.0.0:${port}`],
    ChunkingEnabled: true,
    DefaultDomain: null,
    DeliveryStatusNotificationEnabled: true,
    EightBitMimeEnabled: true,
    SmtpUtf8Enabled: true,
    BareLinefeedRejectionEnabled: false,
    DomainSecureEnabled: port === 25,
    EnhancedStatusCodesEnabled: true,
    LongAddressesEnabled: false,
    OrarEnabled: false,
    SuppressXAnonymousTls: false,
    ProxyEnabled: false,
    AdvertiseClientSettings: false,
    Fqdn: named(hostOf(server)),
    ServiceDiscoveryFqdn: null,
    TlsCertificateName:
      port === 25 && !own
        ? named('<I>CN=Contoso Issuing CA, O=Contoso, C=DE<S>CN=mail.contoso.com, O=Contoso, C=DE')
        : null,
    Comment: own ? `Application ${n}: asked for by the department that runs it` : '',
    Enabled: true,
    ConnectionTimeout: named('00:10:00'),
    ConnectionInactivityTimeout: named('00:05:00'),
    MessageRateLimit: named('Unlimited'),
    MessageRateSource: named('IPAddress'),
    MaxInboundConnection: named('5000'),
    MaxInboundConnectionPerSource: named('20'),
    MaxInboundConnectionPercentagePerSource: 2,
    MaxHeaderSize: named('256 KB (262,144 bytes)'),
    MaxHopCount: 60,
    MaxLocalHopCount: 5,
    MaxLogonFailures: 3,
    MaxMessageSize: named('36 MB (37,748,736 bytes)'),
    MaxProtocolErrors: named('5'),
    MaxRecipientsPerMessage: 200,
    PermissionGroups: named(groups),
    PipeliningEnabled: true,
    ProtocolLoggingLevel: named(port === 25 ? 'Verbose' : 'None'),
    RemoteIPRanges: ranges,
    RequireEHLODomain: false,
    RequireTLS: false,
    EnableAuthGSSAPI: false,
    ExtendedProtectionPolicy: named('None'),
    LiveCredentialEnabled: false,
    TlsDomainCapabilities: port === 25 && !own ? ['mail.protection.outlook.com:AcceptCloudServicesMail'] : [],
    Server: named(server),
    TransportRole: named(role),
    RejectReservedTopLevelRecipientDomains: false,
    RejectReservedSecondLevelRecipientDomains: false,
    RejectSingleLabelRecipientDomains: false,
    AcceptConsumerMail: false,
    SizeEnabled: named('Enabled'),
    TarpitInterval: named('00:00:05'),
    AuthTarpitInterval: named('00:00:05'),
    MaxAcknowledgementDelay: named('00:00:30'),
    ...common(
      name,
      `${server}\\${name}`,
      `CN=${name},CN=SMTP Receive Connectors,CN=Protocols,CN=${server},${group}`,
      'msExchSmtpReceiveConnector',
      n,
    ),
  }
}

function sendConnector(n) {
  const name = `To partner ${n}`
  return {
    AddressSpaces: Array.from({ length: 10 }, (_, i) => `SMTP:d${i}.partner${n}.example.net;1`),
    AuthenticationCredential: null,
    CloudServicesMailEnabled: false,
    Comment: '',
    ConnectedDomains: [],
    ConnectionInactivityTimeOut: named('00:10:00'),
    ConnectorType: named('Default'),
    DNSRoutingEnabled: n % 2 === 0,
    DomainSecureEnabled: false,
    Enabled: true,
    ErrorPolicies: named('Default'),
    ForceHELO: false,
    Fqdn: named('mail.contoso.com'),
    FrontendProxyEnabled: false,
    HomeMTA: named('Microsoft MTA'),
    HomeMtaServerId: named('EX001'),
    IgnoreSTARTTLS: false,
    IsScopedConnector: false,
    IsSmtpConnector: true,
    MaxMessageSize: named('35 MB (36,700,160 bytes)'),
    Port: 25,
    ProtocolLoggingLevel: named('None'),
    Region: named('NotSpecified'),
    RequireOorg: false,
    RequireTLS: n % 3 === 0,
    SmartHostAuthMechanism: named('None'),
    SmartHosts: n % 2 === 0 ? [] : [`mx.partner${n}.example.net`],
    SmartHostsString: n % 2 === 0 ? '' : `mx.partner${n}.example.net`,
    SmtpMaxMessagesPerConnection: 20,
    SourceIPAddress: named('0.0.0.0'),
    SourceRoutingGroup: named('Exchange Routing Group (DWBGZMFD01QNBJR)'),
    SourceTransportServers: ['EX001', 'EX002', 'EX003', 'EX004'],
    TlsAuthLevel: null,
    TlsCertificateName: null,
    TlsDomain: null,
    UseExternalDNSServersEnabled: false,
    ...common(name, name, `CN=${name},CN=Connections,${base}`, 'msExchRoutingSMTPConnector', n),
  }
}

function exchangeServer(n) {
  const name = serverName(n)
  return {
    DataPath: 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Mailbox',
    Domain: named('corp.contoso.com'),
    Edition: named('Enterprise'),
    Fqdn: hostOf(name),
    IsHubTransportServer: true,
    IsClientAccessServer: true,
    IsEdgeServer: false,
    IsMailboxServer: true,
    IsE15OrLater: true,
    IsFrontendTransportServer: true,
    NetworkAddress: ['ncacn_vns_spp:', `ncacn_ip_tcp:${hostOf(name)}`],
    Site: named('corp.contoso.com/Configuration/Sites/Default-First-Site-Name'),
    ServerRole: named('Mailbox'),
    AdminDisplayVersion: named('Version 15.2 (Build 1748.10)'),
    ...common(name, name, `CN=${name},${group}`, 'msExchExchangeServer', n),
  }
}

const certificateName = (n) => `app${n}.contoso.com`
/** What `make(names, serial, from, to)` gives as DER goes into CLIXML; everything else is printed by Exchange. */
function certificate(n, make) {
  const server = serverName(Math.floor(n / certificatesPerServer))
  const names = Array.from({ length: 4 }, (_, i) => (i === 0 ? certificateName(n) : `alias${i}.${certificateName(n)}`))
  const from = dateOf(n).date
  const to = `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`
  const { der, serial } = make({ subject: certificateName(n), names, serial: n + 1, from, to })
  const thumbprint = createHash('sha1').update(der).digest('hex').toUpperCase()
  return {
    der,
    server,
    identity: `${hostOf(server)}\\${thumbprint}`,
    values: {
      AccessRules: [
        'System.Security.AccessControl.CryptoKeyAccessRule',
        'System.Security.AccessControl.CryptoKeyAccessRule',
      ],
      CertificateDomains: names,
      HasPrivateKey: true,
      IsSelfSigned: false,
      Issuer: 'CN=Contoso Issuing CA, O=Contoso, C=DE',
      NotAfter: { date: to },
      NotBefore: { date: from },
      PublicKeySize: 256,
      RootCAType: named('ThirdParty'),
      SerialNumber: serial,
      Services: named(n % 2 === 0 ? 'IIS, SMTP' : 'None'),
      Status: named('Valid'),
      Subject: `CN=${certificateName(n)}, O=Contoso, C=DE`,
      Thumbprint: thumbprint,
    },
  }
}

const many = (count, make) => Array.from({ length: count }, (_, n) => make(n))

/** Files of the upload: one for the organisation's lists, one a server for its certificates. */
export function organisation(makeDer) {
  const certificates = many(servers * certificatesPerServer, (n) => certificate(n, makeDer))
  return [
    {
      name: 'receive-connectors',
      cmdlet: 'Get-ReceiveConnector',
      type: 'Microsoft.Exchange.Data.Directory.SystemConfiguration.ReceiveConnector',
      objects: many(servers * connectorsPerServer, receiveConnector),
    },
    {
      name: 'send-connectors',
      cmdlet: 'Get-SendConnector',
      type: 'Microsoft.Exchange.Data.Directory.SystemConfiguration.SmtpSendConnectorConfig',
      objects: many(sendConnectors, sendConnector),
    },
    {
      name: 'servers',
      cmdlet: 'Get-ExchangeServer',
      type: 'Microsoft.Exchange.Data.Directory.Management.ExchangeServer',
      objects: many(servers, exchangeServer),
    },
    ...many(servers, (n) => {
      const own = certificates.slice(n * certificatesPerServer, (n + 1) * certificatesPerServer)
      return {
        name: `${serverName(n)}/certificates`,
        cmdlet: 'Get-ExchangeCertificate',
        type: 'Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate',
        objects: own.map((c) => c.values),
        certificates: own,
      }
    }),
  ]
}

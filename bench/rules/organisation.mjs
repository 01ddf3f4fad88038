// An organisation of any size: servers with the five connectors of setup and three others, six certificates a server, a send connector
// for every twenty receive connectors, access lists of the others. About one connector in ten has one of the faults that are compared.
const everywhere = ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0-255.255.255.255']
const all = 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer'
const serverName = (n) => `EX${String(n + 1).padStart(4, '0')}`
const builtIn = (server) => [
  [`Default ${server}`, 'HubTransport', 2525, 'ExchangeUsers, ExchangeServers, ExchangeLegacyServers'],
  [`Client Proxy ${server}`, 'HubTransport', 465, 'ExchangeUsers, ExchangeServers'],
  [`Default Frontend ${server}`, 'FrontendTransport', 25, 'AnonymousUsers, ExchangeServers, ExchangeLegacyServers'],
  [`Outbound Proxy Frontend ${server}`, 'FrontendTransport', 717, 'ExchangeServers'],
  [`Client Frontend ${server}`, 'FrontendTransport', 587, 'ExchangeUsers'],
]

/** What is wrong with some of the connectors that are not of setup, by their number. */
const receiveFaults = [
  { TarpitInterval: '00:00:00' },
  { AuthMechanism: 'BasicAuth' },
  { AuthMechanism: 'BasicAuth, BasicAuthRequireTLS', Bindings: ['0.0.0.0:587'] },
  { SuppressXAnonymousTls: true },
  { AuthMechanism: 'None' },
  { AuthMechanism: 'Tls, Integrated', PermissionGroups: 'AnonymousUsers, ExchangeUsers' },
  { RequireTLS: true },
]

function receiveConnector(n) {
  const server = serverName(Math.floor(n / 8))
  const known = builtIn(server)[n % 8]
  const own = known === undefined
  const [name, role, port, groups] = known ?? [`Relay ${n % 8}`, 'FrontendTransport', 25, 'AnonymousUsers']
  const open = own && n % 8 === 5 && n % 3 === 0
  return {
    AuthMechanism: own ? 'Tls' : all,
    Bindings: [`[::]:${port}`, `0.0.0.0:${port}`],
    DomainSecureEnabled: !own && port === 25,
    Enabled: true,
    Fqdn: `${server}.corp.contoso.com`,
    MaxMessageSize: '36 MB (37,748,736 bytes)',
    PermissionGroups: groups,
    ProtocolLoggingLevel: port === 25 ? 'Verbose' : 'None',
    RemoteIPRanges:
      own && !open ? Array.from({ length: 20 }, (_, i) => `10.${n % 200}.${(n >> 8) % 250}.${i + 1}`) : everywhere,
    RequireTLS: false,
    SuppressXAnonymousTls: false,
    TarpitInterval: '00:00:05',
    TlsCertificateName: null,
    TlsDomainCapabilities: [],
    TransportRole: role,
    Server: server,
    Name: name,
    Identity: `${server}\\${name}`,
    ...(own && n % 3 === 0 ? receiveFaults[Math.floor(n / 3) % receiveFaults.length] : {}),
  }
}

const accessRow = (connector) => ({
  Identity: connector.Identity,
  User: 'NT AUTHORITY\\ANONYMOUS LOGON',
  Deny: false,
  IsInherited: false,
  AccessRights: ['ExtendedRight'],
  ExtendedRights: ['ms-Exch-SMTP-Submit'],
})

const sendFaults = [{ IgnoreSTARTTLS: true }, { SmartHostAuthMechanism: 'BasicAuth' }]
const sendConnector = (n) => ({
  AddressSpaces: Array.from({ length: 10 }, (_, i) => `SMTP:d${i}.partner${n}.example.net;1`),
  CloudServicesMailEnabled: false,
  DNSRoutingEnabled: false,
  DomainSecureEnabled: false,
  Enabled: true,
  Fqdn: null,
  FrontendProxyEnabled: false,
  IgnoreSTARTTLS: false,
  IsScopedConnector: false,
  MaxMessageSize: '35 MB (36,700,160 bytes)',
  ProtocolLoggingLevel: 'None',
  RequireTLS: false,
  SmartHostAuthMechanism: 'None',
  SmartHosts: [`mx.partner${n}.example.net`],
  SourceTransportServers: [serverName(0), serverName(1)],
  TlsAuthLevel: null,
  TlsCertificateName: null,
  TlsDomain: null,
  UseExternalDNSServersEnabled: false,
  Name: `To partner ${n}`,
  Identity: `To partner ${n}`,
  ...(n % 4 === 0 ? sendFaults[(n / 4) % sendFaults.length] : {}),
})

const hex = (n) => n.toString(16).toUpperCase().padStart(8, '0').repeat(5)
const certificate = (server, n) => ({
  CertificateDomains: n % 6 === 0 ? [server, `${server}.corp.contoso.com`] : [`host${n}.contoso.com`],
  HasPrivateKey: n % 50 !== 1,
  IsSelfSigned: n % 6 === 0,
  Issuer: n % 6 === 0 ? `CN=${server}` : 'CN=Public CA G1',
  NotAfter: '2027-09-01T00:00:00Z',
  NotBefore: '2026-09-01T00:00:00Z',
  PublicKeySize: 2048,
  RootCAType: n % 6 === 0 ? 'Registry' : 'ThirdParty',
  Services: n % 6 === 0 || n % 50 === 1 ? 'IIS, SMTP' : 'None',
  Status: 'Valid',
  Subject: n % 6 === 0 ? `CN=${server}` : `CN=host${n}.contoso.com`,
  Thumbprint: hex(n + 1),
})

const range = (n) => Array.from({ length: n }, (_, i) => i)

/** Listings of all cmdlets for so many receive connectors. */
export function organisation(count) {
  const servers = range(Math.ceil(count / 8)).map(serverName)
  const receive = range(count).map(receiveConnector)
  const others = receive.filter((c) => c.Name.startsWith('Relay'))
  const whole = (cmdlet, collection, objects, server = null) => ({ cmdlet, collection, server, objects })
  return [
    whole('Get-ReceiveConnector', 'receiveConnectors', receive),
    whole('Get-ReceiveConnector | Get-ADPermission', 'adPermissions', others.map(accessRow)),
    whole('Get-SendConnector', 'sendConnectors', range(Math.ceil(count / 20)).map(sendConnector)),
    ...servers.map((server, s) =>
      whole(
        'Get-ExchangeCertificate',
        'certificates',
        range(6).map((i) => certificate(server, s * 6 + i)),
        server,
      ),
    ),
    whole(
      'Get-ExchangeServer',
      'servers',
      servers.map((Name) => ({
        Name,
        Identity: Name,
        Fqdn: `${Name}.corp.contoso.com`,
        ServerRole: 'Mailbox',
        Site: 'corp.contoso.com/Configuration/Sites/HQ',
        AdminDisplayVersion: 'Version 15.2 (Build 1748.10)',
      })),
    ),
    whole('Get-AcceptedDomain', 'acceptedDomains', [
      { Name: 'contoso.com', Identity: 'contoso.com', DomainName: 'contoso.com', DomainType: 'Authoritative' },
    ]),
  ]
}

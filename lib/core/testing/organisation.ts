import type { CollectionName } from '../model'

/**
 * One small organisation as its objects are in memory, to be printed in every format: what a cmdlet returns, with values by their
 * kind rather than as text. Numbers of enumerations are those of the .NET types.
 */
export type OrgValue =
  | string
  | boolean
  | number
  | null
  | { readonly list: readonly string[]; readonly type?: string }
  | { readonly enumeration: string; readonly number: number }
  | { readonly bytes: number; readonly text: string }
  | { readonly date: string }

export type OrgObject = Readonly<Record<string, OrgValue>>

/** What one command returned. `server` where it was asked for one. */
export type OrgExport = {
  readonly collection: CollectionName
  readonly cmdlet: string
  readonly type: string
  readonly server: string | null
  readonly named?: string
  readonly cloud?: true
  readonly objects: readonly OrgObject[]
}

const en = (enumeration: string, number: number): OrgValue => ({ enumeration, number })
const list = (...items: readonly string[]): OrgValue => ({ list: items })
const size = (text: string, bytes: number): OrgValue => ({ text, bytes })
const date = (iso: string): OrgValue => ({ date: iso })
const none = en('None', 0)
const guid = (n: number) => `7d3f8a52-0000-4000-8000-${String(n).padStart(12, '0')}`

let made = 0
/** What every object of the directory has. */
const tail = (name: string, dn: string): OrgObject => ({
  AdminDisplayName: '',
  ExchangeVersion: '0.1 (8.0.535.0)',
  Name: name,
  DistinguishedName: dn,
  Guid: guid(++made),
  WhenChanged: date('2026-03-12T08:22:41Z'),
  WhenCreated: date('2025-09-28T06:40:03Z'),
  WhenChangedUTC: date('2026-03-12T08:22:41Z'),
  WhenCreatedUTC: date('2025-09-28T06:40:03Z'),
  OrganizationId: '',
  OriginatingServer: 'DC01.corp.contoso.com',
  IsValid: true,
  ObjectState: en('Unchanged', 1),
})

const base = 'CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=contoso,DC=com'
export const certificateName =
  '<I>CN=Example Issuing CA 1, O="Example, Inc.", C=US<S>CN=mail.contoso.com, O=Contoso AG, L=M\u00fcnchen, C=DE'
const [issuer = '', subject = ''] = certificateName.replace('<I>', '').split('<S>')
const everywhere = ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0-255.255.255.255']
const allMechanisms = en('Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer', 31)

const receive = (server: string, name: string, own: OrgObject): OrgObject => ({
  AuthMechanism: allMechanisms,
  Banner: '',
  Bindings: list('[::]:25', '0.0.0.0:25'),
  ChunkingEnabled: true,
  DefaultDomain: null,
  Fqdn: `${server}.corp.contoso.com`,
  TlsCertificateName: null,
  Comment: '',
  Enabled: true,
  ConnectionTimeout: '00:10:00',
  MessageRateLimit: 'Unlimited',
  MaxInboundConnection: '5000',
  MaxMessageSize: size('36 MB (37,748,736 bytes)', 37_748_736),
  PermissionGroups: en('AnonymousUsers, ExchangeServers, ExchangeLegacyServers', 13),
  ProtocolLoggingLevel: en('Verbose', 1),
  RemoteIPRanges: list(...everywhere),
  RequireTLS: false,
  TlsDomainCapabilities: list(),
  Server: server,
  TransportRole: en('FrontendTransport', 16_384),
  SizeEnabled: en('Enabled', 1),
  TarpitInterval: '00:00:05',
  Identity: `${server}\\${name}`,
  ...tail(name, `CN=${name},CN=SMTP Receive Connectors,CN=Protocols,CN=${server},CN=Servers,${base}`),
  ...own,
})

const send = (name: string, own: OrgObject): OrgObject => ({
  DNSRoutingEnabled: true,
  TlsDomain: null,
  TlsAuthLevel: null,
  ErrorPolicies: en('Default', 0),
  SmartHosts: list(),
  Port: 25,
  ConnectionInactivityTimeOut: '00:10:00',
  IgnoreSTARTTLS: false,
  CloudServicesMailEnabled: false,
  Fqdn: null,
  TlsCertificateName: null,
  RequireTLS: false,
  Enabled: true,
  ProtocolLoggingLevel: none,
  SmartHostAuthMechanism: none,
  AddressSpaces: list('SMTP:*;1'),
  Comment: '',
  SourceTransportServers: list('EX01', 'EX02'),
  MaxMessageSize: size('35 MB (36,700,160 bytes)', 36_700_160),
  Identity: name,
  ...tail(name, `CN=${name},CN=Connections,CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups,${base}`),
  ...own,
})

const certificate = (thumbprint: string, own: OrgObject): OrgObject => ({
  CertificateDomains: list('mail.contoso.com', 'autodiscover.contoso.com'),
  HasPrivateKey: true,
  IsSelfSigned: false,
  Issuer: issuer,
  NotAfter: date('2027-02-28T23:59:59Z'),
  NotBefore: date('2026-02-28T00:00:00Z'),
  PublicKeySize: 2048,
  RootCAType: en('ThirdParty', 1),
  SerialNumber: '00AB12CD34EF',
  Services: en('IIS, SMTP', 24),
  Status: en('Valid', 1),
  Subject: subject,
  Thumbprint: thumbprint,
  ...own,
})

const row = (user: string, right: string, own: OrgObject = {}): OrgObject => ({
  User: user,
  Identity: 'EX01\\Relay Printers',
  Deny: false,
  Inherited: false,
  AccessRights: list('ExtendedRight'),
  ExtendedRights: list(right),
  IsInherited: false,
  Properties: null,
  ChildObjectTypes: null,
  InheritanceType: en('None', 0),
  IsValid: true,
  ObjectState: en('New', 0),
  ...own,
})

const config = 'Microsoft.Exchange.Data.Directory.SystemConfiguration'

/** Everything that was exported, in the order an administrator would do it. */
export const organisation: readonly OrgExport[] = [
  {
    collection: 'receiveConnectors',
    cmdlet: 'Get-ReceiveConnector',
    type: `${config}.ReceiveConnector`,
    server: 'EX01',
    objects: [
      receive('EX01', 'Default Frontend EX01', {
        TlsCertificateName: certificateName,
        TlsDomainCapabilities: list('mail.protection.outlook.com:AcceptCloudServicesMail'),
      }),
      receive('EX01', 'Relay Printers', {
        AuthMechanism: en('Tls', 1),
        PermissionGroups: en('AnonymousUsers, Custom', 33),
        RemoteIPRanges: list(
          '10.10.30.10-10.10.30.60',
          '10.20.0.0/24',
          '192.168.1.7',
          '192.168.1.8',
          '192.168.1.9',
          '2001:db8::/64',
        ),
        Comment: 'Drucker im Erdgeschoss, M\u00fcnchen: nur bis Ende 2026',
      }),
    ],
  },
  {
    collection: 'receiveConnectors',
    cmdlet: 'Get-ReceiveConnector',
    type: `${config}.ReceiveConnector`,
    server: 'EX02',
    objects: [
      receive('EX02', 'Default Frontend EX02', {}),
      receive('EX02', 'Default EX02', {
        Bindings: list('0.0.0.0:2525', '[::]:2525'),
        PermissionGroups: en('ExchangeUsers, ExchangeServers, ExchangeLegacyServers', 14),
        TransportRole: en('HubTransport', 32),
        MessageRateLimit: '600',
        MaxMessageSize: size('Unlimited', -1),
        Enabled: false,
      }),
    ],
  },
  {
    collection: 'sendConnectors',
    cmdlet: 'Get-SendConnector',
    type: `${config}.SmtpSendConnectorConfig`,
    server: null,
    objects: [
      send('Outbound to Office 365', {
        AddressSpaces: list('smtp:contoso.mail.onmicrosoft.com;1'),
        CloudServicesMailEnabled: true,
        RequireTLS: true,
        TlsAuthLevel: en('DomainValidation', 4),
        TlsDomain: 'mail.protection.outlook.com',
        TlsCertificateName: certificateName,
        Fqdn: 'mail.contoso.com',
      }),
      send('Internet', { DNSRoutingEnabled: false, SmartHosts: list('[203.0.113.10]', 'gateway.example.net') }),
    ],
  },
  {
    collection: 'certificates',
    cmdlet: 'Get-ExchangeCertificate',
    type: 'Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate',
    server: 'EX01',
    objects: [
      certificate('2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607', {}),
      certificate('90A1B2C3D4E5F6072D21517C0A4E6B1F3C5D7E8F', {
        CertificateDomains: list('EX01', 'EX01.corp.contoso.com'),
        Issuer: 'CN=EX01',
        Subject: 'CN=EX01',
        IsSelfSigned: true,
        RootCAType: en('Registry', 3),
        Services: en('IMAP, POP, SMTP', 19),
        NotAfter: date('2030-07-15T06:12:00Z'),
        NotBefore: date('2025-07-15T06:12:00Z'),
      }),
    ],
  },
  {
    collection: 'acceptedDomains',
    cmdlet: 'Get-AcceptedDomain',
    type: `${config}.AcceptedDomain`,
    server: null,
    objects: [
      ['contoso.com', en('Authoritative', 0), true] as const,
      ['*.fabrikam.com', en('InternalRelay', 2), false] as const,
    ].map(([name, type, isDefault]) => ({
      DomainName: name,
      CatchAllRecipientID: null,
      DomainType: type,
      MatchSubDomains: false,
      AddressBookEnabled: true,
      Default: isDefault,
      IsCoexistenceDomain: false,
      Identity: name,
      ...tail(name, `CN=${name},CN=Accepted Domains,CN=Transport Settings,${base}`),
    })),
  },
  {
    collection: 'hybridConfigurations',
    cmdlet: 'Get-HybridConfiguration',
    type: `${config}.HybridConfiguration`,
    server: null,
    objects: [
      {
        ClientAccessServers: list(),
        EdgeTransportServers: list(),
        ReceivingTransportServers: list('EX01', 'EX02'),
        SendingTransportServers: list('EX01'),
        OnPremisesSmartHost: 'mail.contoso.com',
        Domains: list('contoso.com'),
        Features: list('FreeBusy', 'MoveMailbox', 'Mailtips', 'SecureMail', 'Photos'),
        ExternalIPAddresses: list(),
        TlsCertificateName: certificateName,
        Identity: 'Hybrid Configuration',
        ...tail('Hybrid Configuration', `CN=Hybrid Configuration,CN=Hybrid Configuration,${base}`),
      },
    ],
  },
  {
    collection: 'servers',
    cmdlet: 'Get-ExchangeServer',
    type: 'Microsoft.Exchange.Data.Directory.Management.ExchangeServer',
    server: null,
    objects: ['EX01', 'EX02'].map((name) => ({
      Domain: 'corp.contoso.com',
      Edition: en('Enterprise', 3),
      Fqdn: `${name}.corp.contoso.com`,
      IsHubTransportServer: true,
      IsEdgeServer: false,
      IsMailboxServer: true,
      IsFrontendTransportServer: true,
      NetworkAddress: list('ncacn_vns_spp:', `ncacn_ip_tcp:${name}.corp.contoso.com`),
      Site: 'corp.contoso.com/Configuration/Sites/Munich',
      ServerRole: en('Mailbox', 2),
      AdminDisplayVersion: 'Version 15.2 (Build 1544.4)',
      Identity: name,
      ...tail(name, `CN=${name},CN=Servers,${base}`),
    })),
  },
  {
    collection: 'adPermissions',
    cmdlet: 'Get-ADPermission',
    type: 'Microsoft.Exchange.Management.RecipientTasks.ADAcePresentationObject',
    server: null,
    named: 'EX01\\Relay Printers',
    objects: [
      row('NT AUTHORITY\\ANONYMOUS LOGON', 'ms-Exch-SMTP-Accept-Any-Recipient'),
      row('NT-AUTORIT\u00c4T\\ANONYMOUS-ANMELDUNG', 'ms-Exch-SMTP-Accept-Any-Sender', { Deny: true }),
      row('CONTOSO\\Exchange Servers', 'ms-Exch-SMTP-Submit', { IsInherited: true, Inherited: true }),
    ],
  },
  {
    collection: 'inboundConnectors',
    cmdlet: 'Get-InboundConnector',
    type: 'Microsoft.Exchange.Management.Hygiene.TenantInboundConnector',
    server: null,
    cloud: true,
    objects: [
      {
        Enabled: true,
        ConnectorType: en('OnPremises', 1),
        ConnectorSource: en('HybridWizard', 3),
        Comment: '',
        SenderIPAddresses: list(),
        SenderDomains: list('smtp:*;1'),
        AssociatedAcceptedDomains: list(),
        RequireTls: true,
        RestrictDomainsToIPAddresses: false,
        RestrictDomainsToCertificate: false,
        CloudServicesMailEnabled: true,
        TreatMessagesAsInternal: false,
        TlsSenderCertificateName: '*.contoso.com',
        EFTestMode: false,
        EFSkipLastIP: false,
        EFSkipIPs: list('203.0.113.10'),
        Identity: 'Inbound from 7d3f8a52',
        ...tail('Inbound from 7d3f8a52', 'CN=Inbound from 7d3f8a52,CN=Transport Settings'),
      },
    ],
  },
  {
    collection: 'outboundConnectors',
    cmdlet: 'Get-OutboundConnector',
    type: 'Microsoft.Exchange.Management.Hygiene.TenantOutboundConnector',
    server: null,
    cloud: true,
    objects: [
      {
        Enabled: true,
        UseMXRecord: false,
        Comment: '',
        ConnectorType: en('OnPremises', 1),
        ConnectorSource: en('HybridWizard', 3),
        RecipientDomains: list('contoso.com', '*.contoso.com'),
        SmartHosts: list('mail.contoso.com'),
        TlsDomain: 'mail.contoso.com',
        TlsSettings: en('DomainValidation', 2),
        IsTransportRuleScoped: false,
        RouteAllMessagesViaOnPremises: false,
        CloudServicesMailEnabled: true,
        AllAcceptedDomains: false,
        TestMode: false,
        IsValidated: true,
        ValidationRecipients: list('postmaster@contoso.com'),
        Identity: 'Outbound to 7d3f8a52',
        ...tail('Outbound to 7d3f8a52', 'CN=Outbound to 7d3f8a52,CN=Transport Settings'),
      },
    ],
  },
]

// The full property lists of the cmdlets, filled from the data of the organisation.
import { certificates, guidOf, hostOf, hybridGuid, organisationDn, receiveConnectorDn, tlsName } from './contoso.mjs'

/** Date as a session prints it: local time, no offset. */
function localDate(iso, culture) {
  const zone = { timeZone: culture === 'utc' ? 'UTC' : 'Europe/Berlin' }
  const p = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { ...zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(new Date(iso)).map((x) => [x.type, x.value]))
  if (culture === 'de') return `${p.day}.${p.month}.${p.year} ${p.hour}:${p.minute}:${p.second}`
  const hour = Number(p.hour)
  return `${Number(p.month)}/${Number(p.day)}/${p.year} ${hour % 12 === 0 ? 12 : hour % 12}:${p.minute}:${p.second} ${hour < 12 ? 'AM' : 'PM'}`
}
const utcDate = (iso, culture) => (culture === 'de' ? `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)} ${iso.slice(11, 19)}` : localDate(iso, 'utc'))

const stamps = (seed, culture, at = '2026-03-12T08:22:41Z', created = '2025-09-18T06:40:03Z') => ({ WhenChanged: localDate(at, culture), WhenCreated: localDate(created, culture), WhenChangedUTC: utcDate(at, culture), WhenCreatedUTC: utcDate(created, culture), OrganizationId: '', Id: seed, OriginatingServer: 'DC01.corp.contoso.com', IsValid: true, ObjectState: 'Unchanged' })

export const receiveConnector = (c, culture) => ({
  RunspaceId: guidOf(`runspace ${c.server}`),
  AuthMechanism: c.auth,
  Banner: '',
  BinaryMimeEnabled: true,
  Bindings: c.bindings,
  ChunkingEnabled: true,
  DefaultDomain: '',
  DeliveryStatusNotificationEnabled: true,
  EightBitMimeEnabled: true,
  SmtpUtf8Enabled: true,
  BareLinefeedRejectionEnabled: false,
  DomainSecureEnabled: c.domainSecure ?? false,
  EnhancedStatusCodesEnabled: true,
  LongAddressesEnabled: false,
  OrarEnabled: false,
  SuppressXAnonymousTls: false,
  ProxyEnabled: false,
  AdvertiseClientSettings: false,
  Fqdn: hostOf(c.server),
  ServiceDiscoveryFqdn: '',
  TlsCertificateName: c.tlsCertificateName ?? '',
  Comment: c.comment ?? '',
  Enabled: c.enabled ?? true,
  ConnectionTimeout: c.timeout ?? '00:10:00',
  ConnectionInactivityTimeout: c.inactivity ?? '00:05:00',
  MessageRateLimit: c.rate ?? 'Unlimited',
  MessageRateSource: c.rateSource ?? 'IPAddress',
  MaxInboundConnection: 5000,
  MaxInboundConnectionPerSource: c.perSource,
  MaxInboundConnectionPercentagePerSource: c.percentage,
  MaxHeaderSize: '256 KB (262,144 bytes)',
  MaxHopCount: 60,
  MaxLocalHopCount: 5,
  MaxLogonFailures: 3,
  MaxMessageSize: '36 MB (37,748,736 bytes)',
  MaxProtocolErrors: 5,
  MaxRecipientsPerMessage: c.recipients,
  PermissionGroups: c.groups,
  PipeliningEnabled: true,
  ProtocolLoggingLevel: c.logging ?? 'None',
  RemoteIPRanges: c.ranges,
  RequireEHLODomain: false,
  RequireTLS: false,
  EnableAuthGSSAPI: c.gssapi ?? false,
  ExtendedProtectionPolicy: 'None',
  LiveCredentialEnabled: false,
  TlsDomainCapabilities: c.capabilities ?? [],
  Server: c.server,
  ...(c.role ? { TransportRole: c.role } : {}),
  RejectReservedTopLevelRecipientDomains: false,
  RejectReservedSecondLevelRecipientDomains: false,
  RejectSingleLabelRecipientDomains: false,
  AcceptConsumerMail: false,
  SizeEnabled: c.size,
  TarpitInterval: c.tarpit ?? '00:00:05',
  AuthTarpitInterval: '00:00:05',
  MaxAcknowledgementDelay: '00:00:30',
  AdminDisplayName: '',
  ExchangeVersion: '0.1 (8.0.535.0)',
  Name: c.name,
  DistinguishedName: receiveConnectorDn(c),
  Identity: `${c.server}\\${c.name}`,
  Guid: guidOf(`${c.server}\\${c.name}`),
  ObjectCategory: 'corp.contoso.com/Configuration/Schema/ms-Exch-Smtp-Receive-Connector',
  ObjectClass: ['top', 'msExchSmtpReceiveConnector'],
  ...stamps(`${c.server}\\${c.name}`, culture),
})

const isSetup = (id) => /^(setup|wmsvc|auth)/.test(id)
const rootCa = (id) => (id.startsWith('setup') ? 'Registry' : id === 'relay' ? 'Enterprise' : isSetup(id) ? 'None' : 'ThirdParty')
export const friendlyName = (id) => (id.startsWith('setup') ? 'Microsoft Exchange' : id === 'auth' ? 'Microsoft Exchange Server Auth Certificate' : id.startsWith('wmsvc') ? 'WMSVC-SHA2' : certificates[id].names[0])

export const certificate = ([id, services], culture) => {
  const c = certificates[id]
  return {
    AccessRules: ['System.Security.AccessControl.CryptoKeyAccessRule', 'System.Security.AccessControl.CryptoKeyAccessRule', 'System.Security.AccessControl.CryptoKeyAccessRule'],
    CertificateDomains: c.names,
    HasPrivateKey: true,
    IsSelfSigned: c.selfSigned,
    Issuer: c.issuer,
    NotAfter: localDate(c.notAfter, culture),
    NotBefore: localDate(c.notBefore, culture),
    PublicKeySize: 2048,
    RootCAType: rootCa(id),
    SerialNumber: c.serial,
    Services: services,
    Status: 'Valid',
    Subject: c.subject,
    Thumbprint: c.thumbprint,
  }
}
export const rootCaNumber = (id) => ({ None: 0, ThirdParty: 1, Enterprise: 2, Registry: 3 })[rootCa(id)]

export const exchangeServer = ([name, role, site, version], culture) => ({
  RunspaceId: guidOf('runspace EX01'),
  Name: name,
  DataPath: 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Mailbox',
  Domain: 'corp.contoso.com',
  Edition: 'Enterprise',
  Fqdn: hostOf(name),
  IsHubTransportServer: true,
  IsClientAccessServer: role === 'Mailbox',
  IsExchange2007OrLater: true,
  IsEdgeServer: role === 'Edge',
  IsMailboxServer: role === 'Mailbox',
  IsE14OrLater: true,
  IsE15OrLater: true,
  IsProvisionedServer: false,
  IsUnifiedMessagingServer: false,
  IsFrontendTransportServer: role === 'Mailbox',
  NetworkAddress: ['ncacn_vns_spp:', `ncacn_ip_tcp:${hostOf(name)}`],
  Site: `corp.contoso.com/Configuration/Sites/${site}`,
  ServerRole: role,
  AdminDisplayVersion: `Version ${version}`,
  ExchangeVersion: '0.1 (8.0.535.0)',
  DistinguishedName: `CN=${name},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${organisationDn}`,
  Identity: name,
  Guid: guidOf(`server ${name}`),
  ObjectCategory: 'corp.contoso.com/Configuration/Schema/ms-Exch-Exchange-Server',
  ObjectClass: ['top', 'server', 'msExchExchangeServer'],
  ...stamps(name, culture),
})

export const hybridConfiguration = (culture) => ({
  RunspaceId: guidOf('runspace EX01'),
  ClientAccessServers: [],
  EdgeTransportServers: [],
  ReceivingTransportServers: ['EX01', 'EX02', 'EX03', 'EX04'],
  SendingTransportServers: ['EX01', 'EX02', 'EX03', 'EX04'],
  OnPremisesSmartHost: 'mail.contoso.com',
  Domains: ['contoso.com', 'contoso.at'],
  Features: ['FreeBusy', 'MoveMailbox', 'Mailtips', 'MessageTracking', 'OwaRedirection', 'OnlineArchive', 'SecureMail', 'Photos'],
  ExternalIPAddresses: [],
  TlsCertificateName: tlsName('hybrid'),
  ServiceInstance: 0,
  AdminDisplayName: '',
  ExchangeVersion: '0.20 (15.0.0.0)',
  Name: 'Hybrid Configuration',
  DistinguishedName: `CN=Hybrid Configuration,CN=Hybrid Configuration,${organisationDn}`,
  Identity: 'Hybrid Configuration',
  Guid: guidOf('hybrid configuration'),
  ObjectCategory: 'corp.contoso.com/Configuration/Schema/ms-Exch-Coexistence-Relationship',
  ObjectClass: ['top', 'msExchCoexistenceRelationship'],
  ...stamps('Hybrid Configuration', culture, '2026-09-21T07:12:30Z', '2025-10-02T11:05:17Z'),
})

export const acceptedDomain = ([name, type, isDefault], culture) => ({
  RunspaceId: guidOf('runspace EX01'),
  DomainName: name,
  CatchAllRecipientID: '',
  DomainType: type,
  MatchSubDomains: false,
  AddressBookEnabled: type === 'Authoritative',
  Default: isDefault,
  EmailOnly: false,
  ExternallyManaged: false,
  AuthenticationType: '',
  LiveIdInstanceType: '',
  PendingRemoval: false,
  PendingCompletion: false,
  FederatedOrganizationLink: '',
  MailFlowPartner: '',
  OutboundOnly: false,
  PendingFederatedAccountNamespace: false,
  PendingFederatedDomain: false,
  IsCoexistenceDomain: name.endsWith('.mail.onmicrosoft.com'),
  PerimeterDuplicateDetected: false,
  IsDefaultFederatedDomain: false,
  EnableNego2Authentication: false,
  InitialDomain: false,
  AdminDisplayName: '',
  ExchangeVersion: '0.20 (15.0.0.0)',
  Name: name,
  DistinguishedName: `CN=${name},CN=Accepted Domains,CN=Transport Settings,${organisationDn}`,
  Identity: name,
  Guid: guidOf(`domain ${name}`),
  ObjectCategory: 'corp.contoso.com/Configuration/Schema/ms-Exch-Accepted-Domain',
  ObjectClass: ['top', 'msExchAcceptedDomain'],
  ...stamps(name, culture),
})

export const edgeSubscription = (culture) => ({
  RunspaceId: guidOf('runspace EX01'),
  Name: 'EDGE01',
  Domain: 'corp.contoso.com',
  Site: 'corp.contoso.com/Configuration/Sites/Munich',
  CreateDate: localDate('2025-10-02T12:31:00Z', culture),
  ExpireDate: '',
  Identity: 'EDGE01',
  ...stamps('EDGE01', culture),
})

export const transportRule = (name, priority, more) => ({
  RunspaceId: guidOf('runspace EX03'),
  Priority: priority,
  Comments: '',
  Description: more.Description,
  RuleVersion: '15.0.5.2',
  State: 'Enabled',
  Mode: 'Enforce',
  FromScope: more.FromScope ?? '',
  SentToScope: more.SentToScope ?? '',
  HeaderContainsMessageHeader: '',
  HeaderContainsWords: '',
  HeaderMatchesMessageHeader: '',
  HeaderMatchesPatterns: '',
  ExceptIfFromScope: '',
  ExceptIfSentToScope: '',
  ExceptIfHeaderContainsMessageHeader: '',
  ExceptIfHeaderContainsWords: '',
  ExceptIfHeaderMatchesMessageHeader: '',
  ExceptIfHeaderMatchesPatterns: '',
  ApplyHtmlDisclaimerText: more.ApplyHtmlDisclaimerText ?? '',
  SetHeaderName: more.SetHeaderName ?? '',
  SetHeaderValue: more.SetHeaderValue ?? '',
  StopRuleProcessing: false,
  Identity: name,
  Name: name,
  Guid: guidOf(`rule ${name}`),
  IsValid: true,
  ObjectState: 'Unchanged',
})

const cloud = (name, category) => ({ AdminDisplayName: '', ExchangeVersion: '0.1 (8.0.535.0)', Name: name, DistinguishedName: `CN=${name},CN=Transport Settings,CN=Configuration,CN=contoso.onmicrosoft.com,CN=ConfigurationUnits,DC=EURPR01A001,DC=PROD,DC=OUTLOOK,DC=COM`, ObjectCategory: `EURPR01A001.PROD.OUTLOOK.COM/Configuration/Schema/${category}`, ObjectClass: ['top', category.toLowerCase().replaceAll('-', '')], WhenChanged: '9/21/2026 9:13:02 AM', WhenCreated: '10/2/2025 1:07:44 PM', WhenChangedUTC: '9/21/2026 7:13:02 AM', WhenCreatedUTC: '10/2/2025 11:07:44 AM', ExchangeObjectId: guidOf(name), OrganizationalUnitRootInternal: 'EURPR01A001.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/contoso.onmicrosoft.com', OrganizationId: 'EURPR01A001.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/contoso.onmicrosoft.com - EURPR01A001.PROD.OUTLOOK.COM/ConfigurationUnits/contoso.onmicrosoft.com/Configuration', Guid: guidOf(name), OriginatingServer: 'DB3PR01A01DC001.EURPR01A001.PROD.OUTLOOK.COM', IsValid: true, ObjectState: 'Unchanged' })

const inbound = `Inbound from ${hybridGuid}`
export const inboundConnector = () => ({
  Enabled: true, ConnectorType: 'OnPremises', ConnectorSource: 'HybridWizard', Comment: '', SenderIPAddresses: [], SenderDomains: ['smtp:*;1'], TrustedOrganizations: [], ClientHostNames: [], AssociatedAcceptedDomains: [], RequireTls: true, RestrictDomainsToIPAddresses: false, RestrictDomainsToCertificate: false, CloudServicesMailEnabled: true, TreatMessagesAsInternal: false, TlsSenderCertificateName: 'mail.contoso.com', EFTestMode: false, ScanAndDropRecipients: [], EFSkipLastIP: false, EFSkipIPs: [], EFSkipMailGateway: [], EFUsers: [], Identity: inbound, Id: inbound, ...cloud(inbound, 'ms-Exch-SMTP-Inbound-Connector'),
})

const outbound = `Outbound to ${hybridGuid}`
export const outboundConnector = () => ({
  Enabled: true, UseMXRecord: false, Comment: '', ConnectorType: 'OnPremises', ConnectorSource: 'HybridWizard', RecipientDomains: ['contoso.com', 'contoso.at'], SmartHosts: ['mail.contoso.com'], TlsDomain: 'mail.contoso.com', TlsSettings: 'DomainValidation', IsTransportRuleScoped: false, RouteAllMessagesViaOnPremises: false, CloudServicesMailEnabled: true, AllAcceptedDomains: false, SenderRewritingEnabled: false, TestMode: false, LinkForModifiedConnector: '00000000-0000-0000-0000-000000000000', ValidationRecipients: ['postmaster@contoso.com'], IsValidated: true, LastValidationTimestamp: '9/21/2026 7:14:40 AM', MtaStsMode: 'Opportunistic', SmtpDaneMode: 'Opportunistic', Identity: outbound, Id: outbound, ...cloud(outbound, 'ms-Exch-SMTP-Outbound-Connector'),
})

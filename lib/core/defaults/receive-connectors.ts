/**
 * The receive connectors that setup creates. Exchange Server 2013 to SE: Receive connectors, “Default Receive connectors created
 * during setup” (learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors), and the values that an untouched server
 * prints; Edge Transport: the same page; Exchange 2010: Understanding Receive Connectors. Where page and server differ, the server
 * counts: all five print BasicAuthRequireTLS where they have BasicAuth.
 */
const builtInKinds = [
  'DefaultFrontend',
  'ClientFrontend',
  'OutboundProxy',
  'ClientProxy',
  'DefaultHub',
  'EdgeDefault',
  'Default2010',
  'Client2010',
] as const
export type BuiltInKind = (typeof builtInKinds)[number]
export type ServerGeneration = 'mailbox' | 'edge' | '2010'

export type DefaultReceiveConnector = {
  readonly kind: BuiltInKind
  readonly on: ServerGeneration
  /** In front of the server's short name. English on servers of every language. */
  readonly prefix: string
  readonly role: 'FrontendTransport' | 'HubTransport' | null
  readonly port: number
  /** In the order in which a server prints them. */
  readonly bindings: readonly string[]
  readonly authMechanism: readonly string[]
  readonly permissionGroups: readonly string[]
  readonly remoteIPRanges: readonly string[]
  /** What else an untouched server prints, in the wording of Format-List. */
  readonly other: Readonly<Record<string, string>>
}

const ANY4 = '0.0.0.0-255.255.255.255'
const ANY6 = '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'
const SERVERS_AND_USERS = ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer']
const USERS = ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS']
const v6first = (port: number) => [`[::]:${port}`, `0.0.0.0:${port}`]
const v4first = (port: number) => [`0.0.0.0:${port}`, `[::]:${port}`]

const common = {
  Banner: '',
  ChunkingEnabled: 'True',
  DefaultDomain: '',
  DeliveryStatusNotificationEnabled: 'True',
  EightBitMimeEnabled: 'True',
  SmtpUtf8Enabled: 'False',
  BareLinefeedRejectionEnabled: 'False',
  DomainSecureEnabled: 'False',
  EnhancedStatusCodesEnabled: 'True',
  LongAddressesEnabled: 'False',
  OrarEnabled: 'False',
  SuppressXAnonymousTls: 'False',
  ProxyEnabled: 'False',
  AdvertiseClientSettings: 'False',
  ServiceDiscoveryFqdn: '',
  TlsCertificateName: '',
  Comment: '',
  Enabled: 'True',
  ConnectionTimeout: '00:10:00',
  ConnectionInactivityTimeout: '00:05:00',
  MessageRateLimit: 'Unlimited',
  MessageRateSource: 'IPAddress',
  MaxInboundConnection: '5000',
  MaxInboundConnectionPerSource: '20',
  MaxInboundConnectionPercentagePerSource: '2',
  MaxHeaderSize: '256 KB (262,144 bytes)',
  MaxHopCount: '60',
  MaxLocalHopCount: '5',
  MaxLogonFailures: '3',
  MaxMessageSize: '36 MB (37,748,736 bytes)',
  MaxProtocolErrors: '5',
  MaxRecipientsPerMessage: '200',
  PipeliningEnabled: 'True',
  ProtocolLoggingLevel: 'None',
  RequireEHLODomain: 'False',
  RequireTLS: 'False',
  EnableAuthGSSAPI: 'False',
  ExtendedProtectionPolicy: 'None',
  LiveCredentialEnabled: 'False',
  TlsDomainCapabilities: '{}',
  SizeEnabled: 'Enabled',
  TarpitInterval: '00:00:05',
  AuthTarpitInterval: '00:00:05',
}

const hubLimits = {
  SizeEnabled: 'EnabledWithoutValue',
  MaxRecipientsPerMessage: '5000',
  MaxInboundConnectionPerSource: 'Unlimited',
  MaxInboundConnectionPercentagePerSource: '100',
}
const clientLimits = { EnableAuthGSSAPI: 'True', MessageRateLimit: '5', MessageRateSource: 'User' }

/** Exchange 2010 has no role and names no certificate on a receive connector. */
const { TlsCertificateName: _since2013, ...common2010 } = common

const everywhere = [ANY6, ANY4]

export const defaultReceiveConnectors: readonly DefaultReceiveConnector[] = [
  {
    kind: 'DefaultHub',
    on: 'mailbox',
    prefix: 'Default',
    role: 'HubTransport',
    port: 2525,
    bindings: v4first(2525),
    authMechanism: SERVERS_AND_USERS,
    permissionGroups: ['ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
    remoteIPRanges: everywhere,
    other: { ...common, ...hubLimits },
  },
  {
    kind: 'ClientProxy',
    on: 'mailbox',
    prefix: 'Client Proxy',
    role: 'HubTransport',
    port: 465,
    bindings: v6first(465),
    authMechanism: SERVERS_AND_USERS,
    permissionGroups: ['ExchangeUsers', 'ExchangeServers'],
    remoteIPRanges: everywhere,
    other: { ...common, ...clientLimits },
  },
  {
    kind: 'DefaultFrontend',
    on: 'mailbox',
    prefix: 'Default Frontend',
    role: 'FrontendTransport',
    port: 25,
    bindings: v6first(25),
    authMechanism: SERVERS_AND_USERS,
    permissionGroups: ['AnonymousUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
    remoteIPRanges: everywhere,
    other: { ...common, DomainSecureEnabled: 'True', ProtocolLoggingLevel: 'Verbose' },
  },
  {
    kind: 'OutboundProxy',
    on: 'mailbox',
    prefix: 'Outbound Proxy Frontend',
    role: 'FrontendTransport',
    port: 717,
    bindings: v6first(717),
    authMechanism: SERVERS_AND_USERS,
    permissionGroups: ['ExchangeServers'],
    remoteIPRanges: everywhere,
    other: { ...common, DomainSecureEnabled: 'True', ProtocolLoggingLevel: 'Verbose', TarpitInterval: '00:00:00' },
  },
  {
    kind: 'ClientFrontend',
    on: 'mailbox',
    prefix: 'Client Frontend',
    role: 'FrontendTransport',
    port: 587,
    bindings: v6first(587),
    authMechanism: USERS,
    permissionGroups: ['ExchangeUsers'],
    remoteIPRanges: everywhere,
    other: { ...common, ...clientLimits },
  },
  {
    kind: 'EdgeDefault',
    on: 'edge',
    prefix: 'Default internal receive connector',
    role: null,
    port: 25,
    bindings: ['0.0.0.0:25'],
    authMechanism: ['Tls', 'ExchangeServer'],
    permissionGroups: ['AnonymousUsers', 'ExchangeServers', 'Partners'],
    remoteIPRanges: [ANY4],
    other: {
      ...common,
      MessageRateLimit: '600',
      ConnectionTimeout: '00:05:00',
      ConnectionInactivityTimeout: '00:01:00',
    },
  },
  {
    kind: 'Default2010',
    on: '2010',
    prefix: 'Default',
    role: null,
    port: 25,
    bindings: v4first(25),
    authMechanism: SERVERS_AND_USERS,
    permissionGroups: ['ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
    remoteIPRanges: everywhere,
    other: { ...common2010, ...hubLimits },
  },
  {
    kind: 'Client2010',
    on: '2010',
    prefix: 'Client',
    role: null,
    port: 587,
    bindings: v4first(587),
    authMechanism: USERS,
    permissionGroups: ['ExchangeUsers'],
    remoteIPRanges: everywhere,
    other: { ...common2010, ...clientLimits },
  },
]

export const defaultOf = (kind: BuiltInKind): DefaultReceiveConnector => {
  const found = defaultReceiveConnectors.find((d) => d.kind === kind)
  if (!found) throw new Error(`No default connector of kind ${kind}`)
  return found
}

/** The receive connectors of an untouched server as Get-ReceiveConnector prints them: property and text, in order. */
export function pristineReceiveConnectors(
  generation: ServerGeneration,
  server: string,
  fqdn: string,
): readonly Readonly<Record<string, string>>[] {
  return defaultReceiveConnectors
    .filter((d) => d.on === generation)
    .map((d) => ({
      RunspaceId: '0b8a8f1e-5c39-4bd6-9d0d-2a4f4c2f6f11',
      AuthMechanism: d.authMechanism.join(', '),
      Bindings: `{${d.bindings.join(', ')}}`,
      Fqdn: fqdn,
      ...d.other,
      PermissionGroups: d.permissionGroups.join(', '),
      RemoteIPRanges: `{${d.remoteIPRanges.join(', ')}}`,
      Server: server,
      ...(d.role === null ? {} : { TransportRole: d.role }),
      Name: `${d.prefix} ${server}`,
      Identity: `${server}\\${d.prefix} ${server}`,
    }))
}

import { analyse } from '../analyse'
import type { Answers, Fail, Rule, RuleContext, Verdict } from '../rules/define-rule'
import { configFrom } from './config-from'

type Listed = Readonly<Record<string, string>>

/** What `command` prints for the objects, as in a console: `shown('Get-ReceiveConnector | Format-List', [{ Identity: … }])`. */
export function shown(command: string, objects: readonly Listed[]): string {
  const list = (o: Listed) => {
    const width = Math.max(...Object.keys(o).map((name) => name.length))
    return Object.entries(o)
      .map(([name, value]) => `${name.padEnd(width)} : ${value}`)
      .join('\n')
  }
  return `[PS] C:\\>${command}\n\n\n${objects.map(list).join('\n\n')}\n\n\n`
}

const ANY = '{::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0.0.0.0-255.255.255.255}'

/** A receive connector with what rules read; without options the Default Frontend of EX01. */
export function receiveConnector(own: Listed = {}, server = 'EX01', name = `Default Frontend ${server}`): Listed {
  return {
    AuthMechanism: 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer',
    Bindings: '{[::]:25, 0.0.0.0:25}',
    Fqdn: `${server}.contoso.local`,
    TlsCertificateName: '',
    Enabled: 'True',
    PermissionGroups: 'AnonymousUsers, ExchangeServers, ExchangeLegacyServers',
    RemoteIPRanges: ANY,
    RequireTLS: 'False',
    SuppressXAnonymousTls: 'False',
    TlsDomainCapabilities: '{}',
    Server: server,
    TransportRole: 'FrontendTransport',
    Name: name,
    Identity: `${server}\\${name}`,
    ...own,
  }
}

export const withoutProperties = (object: Listed, ...names: readonly string[]): Listed =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

export const receiveExport = (...connectors: readonly Listed[]): string =>
  shown('Get-ReceiveConnector | Format-List', connectors)

export function sendConnector(own: Listed = {}): Listed {
  return {
    AddressSpaces: '{smtp:contoso.mail.onmicrosoft.com;1}',
    CloudServicesMailEnabled: 'True',
    DNSRoutingEnabled: 'True',
    Enabled: 'True',
    SmartHosts: '{}',
    SourceTransportServers: '{EX01}',
    TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.contoso.com',
    Name: 'Outbound to Office 365',
    Identity: 'Outbound to Office 365',
    ...own,
  }
}

/** A send connector for everything else, as New-SendConnector leaves it. */
export const internetConnector = (own: Listed = {}): Listed =>
  sendConnector({
    AddressSpaces: '{SMTP:*;1}',
    CloudServicesMailEnabled: 'False',
    DomainSecureEnabled: 'False',
    FrontendProxyEnabled: 'False',
    IgnoreSTARTTLS: 'False',
    IsScopedConnector: 'False',
    MaxMessageSize: '35 MB (36,700,160 bytes)',
    RequireTLS: 'False',
    SmartHostAuthMechanism: 'None',
    TlsAuthLevel: '',
    TlsCertificateName: '',
    TlsDomain: '',
    Name: 'Internet',
    Identity: 'Internet',
    ...own,
  })

/** The send connector that the wizard makes, with what it sets for TLS. */
export const hybridConnector = (own: Listed = {}): Listed =>
  sendConnector({
    RequireTLS: 'True',
    IgnoreSTARTTLS: 'False',
    TlsAuthLevel: 'DomainValidation',
    TlsDomain: 'mail.protection.outlook.com',
    Fqdn: 'mail.contoso.com',
    ...own,
  })

export const sendExport = (...connectors: readonly Listed[]): string =>
  shown('Get-SendConnector | Format-List', connectors)

export function certificate(own: Listed = {}): Listed {
  return {
    CertificateDomains: '{mail.contoso.com}',
    HasPrivateKey: 'True',
    IsSelfSigned: 'False',
    Issuer: 'CN=Public CA G1',
    NotAfter: '28.07.2027 01:59:59',
    NotBefore: '25.06.2026 02:00:00',
    RootCAType: 'ThirdParty',
    Services: 'IIS, SMTP',
    Status: 'Valid',
    Subject: 'CN=mail.contoso.com',
    Thumbprint: '2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607',
    ...own,
  }
}

export const certificateExport = (server: string, ...certificates: readonly Listed[]): string =>
  shown(`Get-ExchangeCertificate -Server ${server} | Format-List`, certificates)

export function hybridConfiguration(own: Listed = {}): string {
  return shown('Get-HybridConfiguration | Format-List', [
    {
      EdgeTransportServers: '{}',
      ReceivingTransportServers: '{EX01}',
      SendingTransportServers: '{EX01}',
      Features: '{FreeBusy, SecureMail}',
      Name: 'Hybrid Configuration',
      Identity: 'Hybrid Configuration',
      ...own,
    },
  ])
}

export function outboundConnector(own: Listed = {}): string {
  return shown('Get-OutboundConnector | Format-List', [
    {
      Enabled: 'True',
      ConnectorType: 'OnPremises',
      ConnectorSource: 'HybridWizard',
      RecipientDomains: '{contoso.com}',
      TlsSettings: 'DomainValidation',
      RouteAllMessagesViaOnPremises: 'False',
      CloudServicesMailEnabled: 'True',
      UseMXRecord: 'False',
      Name: 'Outbound to contoso',
      Identity: 'Outbound to contoso',
      ...own,
    },
  ])
}

/** The output of any cmdlet for these objects: `exported('Get-InboundConnector', inboundConnector())`. */
export const exported = (cmdlet: string, ...objects: readonly Listed[]): string =>
  shown(`${cmdlet} | Format-List`, objects)

/** The three exports that hold all outbound connectors; each list may be empty. */
export const outboundExports = (
  plain: readonly Listed[] = [],
  testMode: readonly Listed[] = [],
  ruleScoped: readonly Listed[] = [],
): string =>
  [
    shown('Get-OutboundConnector | Format-List', plain),
    shown('Get-OutboundConnector -IncludeTestModeConnectors $true | Format-List', testMode),
    shown('Get-OutboundConnector -IsTransportRuleScoped $true | Format-List', ruleScoped),
    // The closing prompt shows that an empty list is the whole answer.
    '[PS] C:\\>\n',
  ].join('')

const named = (name: string): Listed => ({ Name: name, Identity: name })

/** What the wizard makes in Exchange Online for mail from the own servers. */
export const inboundConnector = (own: Listed = {}): Listed => ({
  Enabled: 'True',
  ConnectorType: 'OnPremises',
  ConnectorSource: 'HybridWizard',
  SenderIPAddresses: '{}',
  SenderDomains: '{smtp:*;1}',
  AssociatedAcceptedDomains: '{}',
  RequireTls: 'True',
  RestrictDomainsToIPAddresses: 'False',
  RestrictDomainsToCertificate: 'False',
  CloudServicesMailEnabled: 'True',
  TreatMessagesAsInternal: 'False',
  TlsSenderCertificateName: 'mail.contoso.com',
  EFTestMode: 'False',
  EFSkipLastIP: 'False',
  EFSkipIPs: '{}',
  EFUsers: '{}',
  ...named('Inbound from contoso'),
  ...own,
})

/** What the wizard makes in Exchange Online for mail to the own servers, as an object for `outboundExports`. */
export const outbound = (own: Listed = {}): Listed => ({
  Enabled: 'True',
  UseMXRecord: 'False',
  ConnectorType: 'OnPremises',
  ConnectorSource: 'HybridWizard',
  RecipientDomains: '{contoso.com}',
  SmartHosts: '{mail.contoso.com}',
  TlsDomain: 'mail.contoso.com',
  TlsSettings: 'DomainValidation',
  IsTransportRuleScoped: 'False',
  RouteAllMessagesViaOnPremises: 'False',
  CloudServicesMailEnabled: 'True',
  AllAcceptedDomains: 'False',
  TestMode: 'False',
  SmtpDaneMode: 'Opportunistic',
  MtaStsMode: 'Opportunistic',
  ...named('Outbound to contoso'),
  ...own,
})

/** The same object as Exchange Online shows it: what exists on both sides is told apart by its directory. */
export const inCloud = (object: Listed): Listed => ({
  ...object,
  OriginatingServer: 'AM0PR01A0001.EURPR01A001.PROD.OUTLOOK.COM',
})

/** For `exported('Get-AcceptedDomain', …)`. */
export const acceptedDomain = (domain: string, own: Listed = {}): Listed => ({
  DomainName: domain,
  DomainType: 'Authoritative',
  MatchSubDomains: 'False',
  Default: 'False',
  ...named(domain),
  ...own,
})

export const remoteDomain = (domain: string, own: Listed = {}): Listed => ({
  DomainName: domain,
  IsInternal: 'False',
  TargetDeliveryDomain: 'False',
  AllowedOOFType: 'External',
  AutoReplyEnabled: 'True',
  AutoForwardEnabled: 'True',
  DeliveryReportEnabled: 'True',
  NDREnabled: 'True',
  TNEFEnabled: '',
  TrustedMailOutboundEnabled: 'False',
  TrustedMailInboundEnabled: 'False',
  ...named(domain === '*' ? 'Default' : domain),
  ...own,
})

export const transportRule = (name: string, own: Listed = {}): Listed => ({
  Priority: '0',
  State: 'Enabled',
  Mode: 'Enforce',
  ...named(name),
  ...own,
})

/** Get-TransportService as since Exchange 2016. */
export const transportService = (server = 'EX01', own: Listed = {}): Listed => ({
  ExternalDNSAdapterEnabled: 'True',
  ExternalDNSServers: '{}',
  InternalTransportCertificateThumbprint: 'A'.repeat(40),
  MaxPerDomainOutboundConnections: '40',
  MessageRetryInterval: '00:05:00',
  UseDowngradedExchangeServerAuth: 'False',
  ...named(server),
  ...own,
})

export const transportConfig = (own: Listed = {}): Listed => ({
  MaxReceiveSize: '36 MB (37,748,736 bytes)',
  MaxSendSize: '36 MB (37,748,736 bytes)',
  TLSReceiveDomainSecureList: '{}',
  TLSSendDomainSecureList: '{}',
  InternalSMTPServers: '{}',
  ...named('Transport Settings'),
  ...own,
})

export const exchangeServer = (name = 'EX01', own: Listed = {}): Listed => ({
  Fqdn: `${name}.contoso.local`,
  ServerRole: 'Mailbox',
  Site: 'contoso.local/Configuration/Sites/HQ',
  AdminDisplayVersion: 'Version 15.2 (Build 1748.10)',
  Edition: 'Standard',
  ...named(name),
  ...own,
})

export type Judged = {
  readonly state: string
  readonly fails: readonly Fail[]
  readonly missing: readonly string[]
  readonly verdicts: readonly Verdict[]
}

/** What a rule is asked with for these exports. */
export const contextOf = (
  text: string,
  answers: Answers = {},
  asOf = new Date('2026-11-21T00:00:00Z'),
): RuleContext => ({
  config: configFrom(text),
  asOf,
  answers,
})

/** What a rule says about exports: its outcome, its failures, and the cmdlets it asks for. */
export function judge(
  rule: Rule,
  text: string,
  answers: Answers = {},
  asOf = new Date('2026-11-21T00:00:00Z'),
): Judged {
  const context = { config: configFrom(text), asOf, answers }
  const verdicts = [...rule.check(context)]
  const { outcomes } = analyse(context, () => 'line', [rule])
  const missing = outcomes.flatMap((o) => o.missing.map((m) => m.cmdlet))
  return {
    state: outcomes[0]?.state ?? 'none',
    fails: verdicts.flatMap((v) => (v.state === 'fail' ? [v] : [])),
    missing: [...new Set(missing)].sort(),
    verdicts,
  }
}

/** `judge` for rules that look at connectors of both kinds: of the kind that the text lacks there is one, switched off. */
export const judgeOfBoth: typeof judge = (rule, text, ...more) => {
  const off = { Enabled: 'False' }
  const send = text.includes('Get-SendConnector') ? '' : sendExport(internetConnector(off))
  const receive = text.includes('Get-ReceiveConnector') ? '' : receiveExport(receiveConnector(off))
  return judge(rule, `${text}${send}${receive}`, ...more)
}

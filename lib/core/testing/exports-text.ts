import { analyse } from '../analyse'
import type { Answers, Fail, Rule, Verdict } from '../rules/define-rule'
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

export type Judged = {
  readonly state: string
  readonly fails: readonly Fail[]
  readonly missing: readonly string[]
  readonly verdicts: readonly Verdict[]
}

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

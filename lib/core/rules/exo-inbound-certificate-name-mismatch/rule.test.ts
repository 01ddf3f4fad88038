import { expect, it } from 'vitest'
import { analyse } from '../../analyse'
import {
  acceptedDomain,
  certificate,
  certificateExport,
  contextOf,
  exported,
  hybridConnector,
  inboundConnector,
  inCloud,
  judge,
  outbound,
  outboundExports,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule as domainRule } from '../exo-inbound-certificate-domain-not-accepted/rule'
import { rule } from './rule'

type Own = Record<string, string>
const inbound = (...own: Own[]) => exported('Get-InboundConnector', ...own.map((o) => inboundConnector(o)))
const send = (own: Own = {}) => sendExport(hybridConnector(own))
const cert = (own: Own = {}, server = 'EX01') => certificateExport(server, certificate(own))
const other = { TlsSenderCertificateName: 'hybrid.contoso.com' }
const second = { Name: 'B', Identity: 'B' }
const fabrikam = {
  Subject: 'CN=mail.contoso.com',
  CertificateDomains: '{mail.contoso.com}',
  Thumbprint: 'A'.repeat(40),
}
const servers = send() + cert()
const cloudOrg = (value: string) =>
  exported('Get-OrganizationConfig', inCloud({ RejectDirectSend: value, Name: 'contoso', Identity: 'contoso' }))
const relay = {
  AddressSpaces: '{SMTP:*;1, smtp:contoso.mail.onmicrosoft.com;1}',
  SmartHosts: '{contoso-com.mail.protection.outlook.com}',
}
const gateway = {
  ...second,
  ConnectorType: 'Partner',
  RestrictDomainsToCertificate: 'True',
  TlsSenderCertificateName: 'gw.example',
}

it.each([
  ['the name', servers + inbound({}), 'pass'],
  ['another name', servers + inbound(other), 'high external'],
  ['a name of the subject only', send() + cert({ CertificateDomains: '{}' }) + inbound({}), 'pass'],
  [
    'an alternative name',
    send() + cert({ CertificateDomains: '{mail.contoso.com, hybrid.contoso.com}' }) + inbound(other),
    'pass',
  ],
  ['a wildcard on the connector', servers + inbound({ TlsSenderCertificateName: '*.contoso.com' }), 'pass'],
  ['one of two connectors', servers + inbound(other, second), 'pass'],
  ['the right one is disabled', servers + inbound(other, { ...second, Enabled: 'False' }), 'high external'],
  ['the right one is a partner', servers + inbound(other, { ...second, ConnectorType: 'Partner' }), 'high external'],
  ['no connector at all', inbound() + servers, 'high external'],
  [
    'addresses beside it',
    servers + inbound(other, { ...second, ...other, SenderIPAddresses: '{203.0.113.9}' }),
    'not-assessed',
  ],
  [
    'addresses on a disabled one',
    servers + inbound(other, { ...second, ...other, Enabled: 'False', SenderIPAddresses: '{203.0.113.9}' }),
    'high external',
  ],
  ['relay to the Internet', send(relay) + cert() + inbound(other), 'critical relay'],
  [
    'centralized transport',
    servers + inbound(other) + outboundExports([outbound({ RouteAllMessagesViaOnPremises: 'True' })]),
    'critical relay',
  ],
  ['no centralized transport', servers + inbound(other) + outboundExports([outbound()]), 'high external'],
  ['direct delivery is refused', servers + inbound(other) + cloudOrg('True'), 'critical refused'],
  ['direct delivery is not refused', servers + inbound(other) + cloudOrg('False'), 'high external'],
  ['locked to a gateway', servers + inbound(other, gateway), 'critical refused'],
  ['the sender is disabled', send({ Enabled: 'False' }) + cert() + inbound(other), 'not-applicable'],
  ['it names no certificate', send({ TlsCertificateName: '' }) + cert() + inbound(other), 'not-applicable'],
  [
    'it finds no certificate',
    send({ TlsCertificateName: '<I>CN=X<S>CN=Y' }) + cert() + inbound(other),
    'not-applicable',
  ],
  [
    'names that were cut',
    send() + cert({ CertificateDomains: '{mail.contoso.com, ...}' }) + inbound(other),
    'not-assessed',
  ],
  [
    'names that were cut, but fit',
    send() + cert({ CertificateDomains: '{mail.contoso.com, ...}' }) + inbound({}),
    'pass',
  ],
  ['one named connector', servers + shown('Get-InboundConnector X | fl', [inboundConnector(other)]), 'not-assessed'],
  ['one named connector that fits', servers + shown('Get-InboundConnector X | fl', [inboundConnector()]), 'pass'],
  [
    'a name that was not printed',
    servers + exported('Get-InboundConnector', withoutProperties(inboundConnector(), 'TlsSenderCertificateName')),
    'not-assessed',
  ],
  [
    'the certificates of one of two servers',
    send({ SourceTransportServers: '{EX01, EX02}' }) + cert() + inbound({}),
    'not-assessed',
  ],
  ['both servers', send({ SourceTransportServers: '{EX01, EX02}' }) + cert() + cert({}, 'EX02') + inbound({}), 'pass'],
])('%s: %s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  const [f] = fails
  expect(f ? `${f.severity} ${f.params.effect}` : state).toBe(expected)
})

it('asks for the connector where its name was not printed, and for the certificate where its names were cut', () => {
  const nameless = exported('Get-InboundConnector', withoutProperties(inboundConnector(), 'TlsSenderCertificateName'))
  expect(judge(rule, servers + nameless).missing).toEqual(['Get-InboundConnector'])
  const cut = send() + cert({ CertificateDomains: '{mail.contoso.com, ...}' })
  expect(judge(rule, cut + inbound(other)).missing).toEqual(['Get-ExchangeCertificate'])
})

it('reports the server that shows another certificate under the same name', () => {
  const text =
    send({ SourceTransportServers: '{EX01, EX02}' }) +
    cert({ CertificateDomains: '{mail.contoso.com, hybrid.contoso.com}' }) +
    cert(fabrikam, 'EX02')
  expect(judge(rule, text + inbound(other)).state).toBe('fail')
  expect(judge(rule, text + inbound({})).state).toBe('pass')
})

it('is open while one of two certificates of a server may be shown, and only one is recognised', () => {
  const older = certificate({ CertificateDomains: '{mail.contoso.com, hybrid.contoso.com}' })
  // Newest NotBefore and newest NotAfter name different ones.
  const newer = certificate({ ...fabrikam, NotBefore: '01.07.2026 00:00:00', NotAfter: '01.07.2027 00:00:00' })
  const text = send() + certificateExport('EX01', older, newer)
  expect(judge(rule, text + inbound(other)).state).toBe('not-assessed')
  expect(judge(rule, text + inbound({})).state).toBe('pass')
  expect(judge(rule, text + inbound({ TlsSenderCertificateName: 'x.contoso.com' })).state).toBe('fail')
})

it('says what could raise the level, and what to ask', () => {
  const [f] = judge(rule, servers + inbound(other)).fails
  expect(f?.couldRaise?.map((m) => m.cmdlet)).toEqual(['Get-OrganizationConfig', 'Get-OutboundConnector'])
  const known = servers + inbound(other) + cloudOrg('False') + outboundExports([outbound()])
  expect(judge(rule, known).fails[0]?.couldRaise ?? []).toEqual([])
  expect(judge(rule, servers + inbound({ ...other, SenderIPAddresses: '{203.0.113.9}' })).missing).toEqual([
    'Get-MessageTraceV2',
  ])
  expect(judge(rule, send({ SourceTransportServers: '{EX01, EX02}' }) + cert() + inbound({})).missing).toEqual([
    'Get-ExchangeCertificate',
  ])
})

it('gives the name to the connector of the wizard, and leads what is said of that name', () => {
  const byHand = { ...second, ...other, ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }
  const domains = exported('Get-AcceptedDomain', inCloud(acceptedDomain('fabrikam.com')))
  const context = contextOf(servers + inbound({ ...byHand, Name: 'A', Identity: 'A' }, other) + domains)
  const [first] = [...rule.check(context)]
  const change = first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  expect(change).toContain(
    "Set-InboundConnector -Identity 'Inbound from contoso' -TlsSenderCertificateName 'mail.contoso.com'",
  )
  const { findings } = analyse(context, () => 'line', [rule, domainRule])
  expect(findings.map((f) => [f.rule, f.absorbedBy?.split('.')[0] ?? null]).sort()).toEqual([
    ['exo-inbound-certificate-domain-not-accepted', 'exo-inbound-certificate-name-mismatch'],
    ['exo-inbound-certificate-name-mismatch', null],
  ])
})

it.each([
  [
    'more servers than printed',
    send({ SourceTransportServers: '{EX01, ...}' }) + cert() + inbound({}),
    'not-assessed Get-SendConnector',
  ],
  [
    'more servers than printed, one at fault',
    send({ SourceTransportServers: '{EX01, ...}' }) + cert() + inbound(other),
    'fail ',
  ],
  [
    'no servers printed',
    sendExport(withoutProperties(hybridConnector(), 'SourceTransportServers')) + cert() + inbound({}),
    'not-assessed Get-SendConnector',
  ],
  [
    'perhaps no certificate, and not the name',
    send() + certificateExport('EX01', withoutProperties(certificate(), 'Issuer')) + inbound(other),
    'not-assessed Get-ExchangeCertificate',
  ],
  [
    'perhaps no certificate, but the name',
    send() + certificateExport('EX01', withoutProperties(certificate(), 'Issuer')) + inbound({}),
    'pass ',
  ],
])('%s: %s', (_, text, expected) => {
  const { state, missing } = judge(rule, text)
  expect(`${state} ${missing.join()}`).toBe(expected)
})

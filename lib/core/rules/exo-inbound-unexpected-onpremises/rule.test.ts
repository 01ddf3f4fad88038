import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  exported,
  hybridConfiguration,
  inboundConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const GUID = '3a5a1869-4a1c-4b7e-9d20-000000233a46'
const inbound = (own: Own = {}, ...without: string[]) =>
  exported(
    'Get-InboundConnector',
    withoutProperties(inboundConnector({ ConnectorSource: 'Default', Guid: GUID, ...own }), ...without),
  )
const foreign = { TlsSenderCertificateName: 'mail.example.net' }
const byAddress = { TlsSenderCertificateName: '', SenderIPAddresses: '{203.0.113.8/29}' }
const certs = certificateExport('EX01', certificate())
const organisation = (name: string) =>
  exported('Get-OnPremisesOrganization', { InboundConnector: name, Name: 'contoso', Identity: 'contoso' })
const bound = (address: string) => receiveExport(receiveConnector({ Bindings: `{${address}:25}` }))

it.each([
  ['made by the wizard', inbound({ ...foreign, ConnectorSource: 'HybridWizard' }), 'pass'],
  ['the certificate of a server', inbound() + certs, 'pass'],
  ['a wildcard above it', inbound({ TlsSenderCertificateName: '*.contoso.com' }) + certs, 'pass'],
  ['a foreign certificate', inbound(foreign) + certs, 'certificate'],
  ['a foreign certificate, migrated', inbound({ ...foreign, ConnectorSource: 'Migrated' }) + certs, 'certificate'],
  [
    'a foreign certificate, but named by the organisation',
    inbound(foreign) + certs + organisation('Inbound from contoso'),
    'pass',
  ],
  ['named by its GUID', inbound(foreign) + certs + organisation(GUID.toUpperCase()), 'pass'],
  ['another is named', inbound(foreign) + certs + organisation('Other'), 'certificate'],
  ['none is named', inbound(foreign) + certs + organisation(''), 'certificate'],
  [
    'a foreign certificate, all servers known',
    inbound(foreign) + certs + receiveExport(receiveConnector()),
    'certificate',
  ],
  [
    'what is named was not printed',
    inbound(foreign) +
      certs +
      exported('Get-OnPremisesOrganization', { HybridDomains: '{contoso.com}', Name: 'contoso', Identity: 'contoso' }),
    'not-assessed Get-OnPremisesOrganization',
  ],
  ['no certificates', inbound(foreign), 'not-assessed Get-ExchangeCertificate'],
  [
    'certificates of one of two servers',
    inbound(foreign) + certs + sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' })),
    'not-assessed Get-ExchangeCertificate',
  ],
  [
    'a certificate with more names',
    inbound(foreign) + certificateExport('EX01', certificate({ CertificateDomains: '{mail.contoso.com, ...}' })),
    'not-assessed Get-InboundConnector',
  ],
  ['foreign addresses', inbound(byAddress) + certs, 'address'],
  ['foreign addresses, no server known', inbound(byAddress), 'not-assessed Get-ExchangeCertificate'],
  ['an address of a server', inbound(byAddress) + certs + bound('203.0.113.10'), 'pass'],
  ['an address beside it', inbound(byAddress) + certs + bound('203.0.113.16'), 'address'],
  [
    'an address of the hybrid configuration',
    inbound(byAddress) + certs + hybridConfiguration({ ExternalIPAddresses: '{203.0.113.9}' }),
    'pass',
  ],
  [
    'the source address of a connector',
    inbound(byAddress) + certs + sendExport(sendConnector({ SourceIPAddress: '203.0.113.15' })),
    'pass',
  ],
  [
    'no source address',
    inbound({ ...byAddress, SenderIPAddresses: '{0.0.0.0/1}' }) +
      certs +
      sendExport(sendConnector({ SourceIPAddress: '0.0.0.0' })),
    'address',
  ],
  ['a partner', inbound({ ...foreign, ConnectorType: 'Partner' }) + certs, 'not-applicable'],
  ['disabled', inbound({ ...foreign, Enabled: 'False' }) + certs, 'not-applicable'],
  ['without a source', inbound(foreign, 'ConnectorSource') + certs, 'not-assessed Get-InboundConnector'],
  ['without addresses', inbound(foreign, 'SenderIPAddresses') + certs, 'not-assessed Get-InboundConnector'],
])('%s: %s', (_, text, expected) => {
  const { state, fails, missing } = judge(rule, text)
  const [f] = fails
  expect(f ? f.params.by : `${state} ${missing.join()}`.trim()).toBe(expected)
  if (f) expect(f).toMatchObject({ severity: 'high', confidence: 'likely' })
})

it('takes an address that a person told, and shows the date of creation', () => {
  const text = inbound({ ...byAddress, WhenCreated: '19.11.2026 03:12:44' }) + certs
  expect(judge(rule, text, { 'tag:203.0.113.14': 'gateway' }).state).toBe('pass')
  expect(judge(rule, text).fails[0]?.evidence.map((e) => e.property)).toContain('WhenCreated')
})

it.each([
  [organisation('Other'), 'yes'],
  ['', 'unknown'],
])('says whether a reference was looked for', (text, value) => {
  const [f] = judge(rule, inbound(foreign) + certs + text).fails
  expect(f?.conditions.find((c) => c.key === 'not-referenced')?.value).toBe(value)
})

it('asks for the servers whose certificates are not there', () => {
  const two = sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))
  const { verdicts } = judge(rule, inbound(foreign) + certs + two)
  expect(verdicts).toMatchObject([{ missing: [{ cmdlet: 'Get-ExchangeCertificate', servers: ['EX02'] }] }])
})

import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  exported,
  hybridConnector,
  inboundConnector,
  judge,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const off = { CloudServicesMailEnabled: 'False' }
const byHand = { ...off, ConnectorSource: 'Default' }
const inbound = (own: Record<string, string> = {}, ...without: string[]) =>
  exported('Get-InboundConnector', withoutProperties(inboundConnector(own), ...without))
const servers = (own: Record<string, string> = {}, cert: Record<string, string> = {}) =>
  sendExport(hybridConnector(own)) + certificateExport('EX01', certificate(cert))
const otherName = { Subject: 'CN=mail.fabrikam.com', CertificateDomains: '{mail.fabrikam.com}' }
const named = { TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.fabrikam.com' }

it.each([
  ['as the wizard leaves it', inbound(), 'pass'],
  ['made by the wizard, turned off', inbound(off), 'wizard'],
  ['internal instead', inbound({ ...off, TreatMessagesAsInternal: 'True' }), 'pass'],
  ['made by hand, the servers are not known', inbound(byHand), 'not-assessed'],
  ['made by hand, with the certificate of the servers', inbound(byHand) + servers(), 'certificate'],
  [
    'made by hand, on, with the certificate of the servers',
    inbound({ ConnectorSource: 'Default' }) + servers(),
    'pass',
  ],
  ['made by hand, with another certificate', inbound(byHand) + servers(named, otherName), 'not-applicable'],
  [
    'by address only',
    inbound({ ...byHand, TlsSenderCertificateName: '', SenderIPAddresses: '{203.0.113.9}' }),
    'not-applicable',
  ],
  ['the sender to the cloud is disabled', inbound(byHand) + servers({ Enabled: 'False' }), 'not-applicable'],
  ['the sender is not one to the cloud', inbound(byHand) + servers({ AddressSpaces: '{SMTP:*;1}' }), 'not-applicable'],
  ['a partner', inbound({ ...off, ConnectorType: 'Partner' }), 'not-applicable'],
  ['disabled', inbound({ ...off, Enabled: 'False' }), 'not-applicable'],
  ['without the other flag', inbound(off, 'TreatMessagesAsInternal'), 'not-assessed'],
  ['without the flag', inbound({}, 'CloudServicesMailEnabled'), 'not-assessed'],
  ['without a source', inbound(off, 'ConnectorSource') + servers(named, otherName), 'not-assessed'],
])('%s: %s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect(fails[0]?.params.by ?? state).toBe(expected)
  for (const f of fails) expect(f.severity).toBe('high')
})

it('asks for what would show the certificate', () => {
  expect(judge(rule, inbound(byHand)).missing).toEqual(['Get-SendConnector'])
  expect(judge(rule, inbound(byHand) + sendExport(hybridConnector())).missing).toEqual(['Get-ExchangeCertificate'])
  expect(judge(rule, inbound({}, 'CloudServicesMailEnabled')).missing).toEqual(['Get-InboundConnector'])
  const cut = servers({}, { ...otherName, CertificateDomains: '{mail.fabrikam.com, ...}' })
  expect(judge(rule, inbound(byHand) + cut).state).not.toBe('fail')
})

import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  certificate,
  certificateExport,
  exchangeServer,
  exported,
  judge,
  receiveConnector,
  receiveExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const capable = { TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }
const inside = { RemoteIPRanges: '{10.0.0.0/8}' }
const mail = certificate()
const setup = certificate({
  CertificateDomains: '{EX01, EX01.contoso.local}',
  Subject: 'CN=EX01',
  Thumbprint: 'A'.repeat(40),
})
const on = (own: Own, ...certificates: Own[]) =>
  receiveExport(receiveConnector(own)) + certificateExport('EX01', ...certificates)
const server = exported('Get-ExchangeServer', exchangeServer('EX01'))

it.each([
  ['another name', on({}, mail), 'high'],
  ['no private key', on({}, { ...setup, HasPrivateKey: 'False' }), 'high'],
  ['another name, for the cloud', on({ ...capable, ...inside }, mail), 'critical'],
  ['another name than that of the server', on({ Fqdn: '' }, mail) + server, 'high'],
  ['one public address', on({ RemoteIPRanges: '{10.0.0.0/8, 203.0.113.4}' }, mail), 'high'],
])('fails with %s', (_, text, severity) => {
  const { fails } = judge(rule, text)
  expect(fails.map((f) => [f.severity, f.couldRaise, f.params.host])).toEqual([
    [severity, undefined, 'EX01.contoso.local'],
  ])
})

it.each([
  ['the certificate of setup', on({}, mail, setup), 'pass'],
  ['a wildcard', on({}, certificate({ CertificateDomains: '{*.contoso.local}' })), 'pass'],
  ['private ranges', on(inside, mail), 'pass'],
  ['the name of the server', on({ Fqdn: '' }, setup) + server, 'pass'],
  ['a name that is set', on({ TlsCertificateName: '<I>CN=A<S>CN=B' }, mail), 'not-applicable'],
  ['no TLS', on({ AuthMechanism: 'Integrated' }, mail), 'not-applicable'],
  ['a hub', on({ TransportRole: 'HubTransport' }, mail), 'not-applicable'],
  ['a disabled one', on({ Enabled: 'False' }, mail), 'not-applicable'],
])('with %s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

const of = (connector: Own, ...certificates: Own[]) =>
  receiveExport(connector) + certificateExport('EX01', ...certificates)
it.each([
  ['certificates', receiveExport(receiveConnector()), ['Get-ExchangeCertificate']],
  [
    'all certificates',
    receiveExport(receiveConnector()) +
      shown(`Get-ExchangeCertificate -Server EX01 -Thumbprint ${'B'.repeat(40)} | fl`, [mail]),
    ['Get-ExchangeCertificate'],
  ],
  [
    'those of this server',
    receiveExport(receiveConnector()) + certificateExport('EX02', mail),
    ['Get-ExchangeCertificate'],
  ],
  ['the key', on({}, withoutProperties(setup, 'HasPrivateKey')), ['Get-ExchangeCertificate']],
  ['the names', on({}, withoutProperties(setup, 'CertificateDomains')), ['Get-ExchangeCertificate']],
  ['the name of the server', on({ Fqdn: '' }, mail), ['Get-ExchangeServer']],
  ['the mechanisms', of(withoutProperties(receiveConnector(), 'AuthMechanism'), mail), ['Get-ReceiveConnector']],
  ['the ranges', of(withoutProperties(receiveConnector(), 'RemoteIPRanges'), mail), ['Get-ReceiveConnector']],
  ['the role', of(withoutProperties(receiveConnector(), 'TransportRole'), mail), ['Get-ReceiveConnector']],
  ['whether it is enabled', of(withoutProperties(receiveConnector(), 'Enabled'), mail), ['Get-ReceiveConnector']],
])('asks for %s', (_, text, missing) => expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing }))

it('may be critical where the capabilities were not printed', () => {
  const text = of(withoutProperties(receiveConnector(), 'TlsDomainCapabilities'), mail)
  expect(judge(rule, text).fails).toMatchObject([
    { severity: 'high', couldRaise: [{ cmdlet: 'Get-ReceiveConnector' }] },
  ])
})

const other = certificate({ Subject: 'CN=other.contoso.com', Thumbprint: 'C'.repeat(40) })
it.each([
  [
    'the only one that serves',
    [mail, certificate({ ...other, Services: 'IIS' })],
    "'<I>CN=Public CA G1<S>CN=mail.contoso.com'",
  ],
  ['none of two', [mail, other], '<certificate-name>'],
  [
    'none that ran out',
    [certificate({ NotAfter: '28.07.2026 01:59:59', Status: 'DateInvalid' })],
    '<certificate-name>',
  ],
  [
    'none of setup',
    [
      certificate({
        IsSelfSigned: 'True',
        Subject: 'CN=EX09',
        CertificateDomains: '{EX09}',
        Issuer: 'CN=EX09',
        RootCAType: 'None',
      }),
    ],
    '<certificate-name>',
  ],
])('proposes %s', (_, certificates, value) => {
  const text = on({}, ...certificates)
  const [first] = judge(rule, text).fails
  const fixed = first && rule.fix([first], { config: configFrom(text), asOf: new Date('2026-11-21'), answers: {} })
  expect(fixed?.steps[2]?.powershell).toContain(`-TlsCertificateName ${value}`)
})

it('takes an Edge for its own front end, whatever role it prints', () => {
  const edge = receiveConnector(
    { TransportRole: 'HubTransport' },
    'EDGE01',
    'Default internal receive connector EDGE01',
  )
  const servers = exported('Get-ExchangeServer', { ...exchangeServer('EDGE01'), ServerRole: 'Edge' })
  const judged = judge(rule, receiveExport(edge) + certificateExport('EX01', mail) + servers)
  expect([judged.state, judged.missing]).toEqual(['not-assessed', ['Get-ExchangeCertificate']])
})

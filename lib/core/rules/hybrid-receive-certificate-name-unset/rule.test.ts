import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  contextOf,
  exchangeServer,
  exported,
  hybridConfiguration,
  judge,
  outbound,
  outboundExports,
  receiveConnector,
  receiveExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const capable = {
  TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}',
  Fqdn: 'mail.contoso.com',
}
const on = (own: Record<string, string> = {}) => receiveExport(receiveConnector({ ...capable, ...own }))
const has = (...own: Record<string, string>[]) => certificateExport('EX01', ...own.map((o) => certificate(o)))
const selfSigned = { IsSelfSigned: 'True', RootCAType: 'None', Issuer: 'CN=mail.contoso.com' }
const internal = { RootCAType: 'Enterprise', Issuer: 'CN=Contoso CA' }
const elsewhere = { CertificateDomains: '{a.example}', Subject: 'CN=a.example' }

it.each([
  ['a name', on({ TlsCertificateName: '<I>CN=CA<S>CN=x' }), 'pass'],
  ['no name, nothing known', on(), 'medium likely unknown'],
  ['no name, a public certificate', `${on()}${has({})}`, 'pass'],
  ['no name, a self-signed certificate', `${on()}${has(selfSigned)}`, 'high proven selfsigned'],
  ['no name, an internal certificate', `${on()}${has(internal)}`, 'medium proven internal'],
  ['no name, self-signed and public', `${on()}${has(selfSigned, { Thumbprint: 'B'.repeat(40) })}`, 'pass'],
  [
    'no name, self-signed and internal',
    `${on()}${has(selfSigned, { ...internal, Thumbprint: 'B'.repeat(40) })}`,
    'medium proven internal',
  ],
  ['no name, a certificate for another host', `${on()}${has(elsewhere)}`, 'medium proven internal'],
  [
    'no name, a public certificate that ran out',
    `${on()}${has({ NotAfter: '01.11.2026 00:00:00' })}`,
    'medium proven internal',
  ],
  ['no name, no Tls', on({ AuthMechanism: 'Integrated' }), 'medium likely unknown'],
  ['disabled', on({ Enabled: 'False' }), 'not-assessed'],
  ['not for Exchange Online', on({ TlsDomainCapabilities: '{}' }), 'not-assessed'],
])('%s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect([...fails.map((f) => `${f.severity} ${f.confidence} ${f.params.winner}`), state][0]).toBe(expected)
})

it('says what could raise it, only where that is missing', () => {
  const raise = (text: string) => judge(rule, text).fails[0]?.couldRaise?.map((m) => [m.cmdlet, ...m.servers])
  expect(raise(on())).toEqual([['Get-ExchangeCertificate', 'EX01']])
  expect(raise(`${on()}${has(internal)}`)).toBeUndefined()
})

it('is open where the property was not printed, except for Exchange 2010', () => {
  const text = receiveExport(withoutProperties(receiveConnector(capable), 'TlsCertificateName', 'TransportRole'))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
  const server = (AdminDisplayVersion: string) =>
    exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion }))
  expect(judge(rule, `${text}${server('Version 14.3 (Build 123.4)')}`).state).toBe('not-applicable')
  expect(judge(rule, `${text}${server('Version 15.1 (Build 2507.6)')}`).state).toBe('not-assessed')
})

it('is one finding for all servers, and sets the certificate that is in use', () => {
  const context = contextOf(
    `${receiveExport(receiveConnector(capable), receiveConnector({ ...capable }, 'EX02'))}${hybridConfiguration({ TlsCertificateName: '<I>CN=CA<S>CN=x' })}`,
  )
  const fails = [...rule.check(context)].flatMap((v) => (v.state === 'fail' ? [v] : []))
  expect(fails.map((f) => f.key)).toEqual(['default frontend', 'default frontend'])
  const [first, second] = fails
  const change = first && second && rule.fix([first, second], context)?.steps[2]?.powershell
  expect(change?.match(/-TlsCertificateName '<I>CN=CA<S>CN=x'/g)).toHaveLength(2)
})

it('takes the certificate for the smart host of the hybrid, or asks', () => {
  const fixed = (text: string) => {
    const context = contextOf(text)
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? rule.fix([first], context) : null
  }
  const own = { Fqdn: 'EX01.contoso.local' }
  const hybrid = hybridConfiguration({ OnPremisesSmartHost: 'mail.contoso.com' })
  expect(fixed(`${on(own)}${hybrid}${has({})}`)?.steps[2]?.powershell).toContain(
    "'<I>CN=Public CA G1<S>CN=mail.contoso.com'",
  )
  const cloud = outboundExports([outbound({ TlsDomain: 'mail.contoso.com' })])
  const other = { ...elsewhere, Thumbprint: 'C'.repeat(40) }
  expect(fixed(`${on(own)}${cloud}${has({}, other)}`)?.steps[2]?.powershell).toContain('CN=mail.contoso.com')
  expect(fixed(`${on(own)}${has({}, other)}`)?.placeholders).toHaveLength(1)
  expect(fixed(on(own))?.placeholders.map((p) => p.name)).toEqual(['certificate-name'])
})

it('gives its reasons', () => {
  const reasons = (text: string) => judge(rule, text).fails[0]?.conditions.map((c) => `${c.key} ${c.value}`)
  expect(reasons(on())).toEqual(['hybrid yes', 'unset yes', 'no-public unknown', 'self-signed unknown'])
  expect(reasons(`${on()}${has(internal)}`)).toEqual(['hybrid yes', 'unset yes', 'no-public yes', 'self-signed no'])
})

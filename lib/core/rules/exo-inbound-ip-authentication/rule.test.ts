import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  contextOf,
  exported,
  hybridConnector,
  inboundConnector,
  judge,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const inbound = (addresses: string, own: Record<string, string> = {}, ...without: string[]) =>
  exported(
    'Get-InboundConnector',
    withoutProperties(
      inboundConnector({ TlsSenderCertificateName: '', SenderIPAddresses: addresses, ...own }),
      ...without,
    ),
  )

it.each([
  ['none', inbound('{}'), 'pass'],
  ['one', inbound('{203.0.113.10}'), 'medium few 1'],
  ['a network of eight', inbound('{203.0.113.8/29}'), 'medium few 8'],
  ['nine', inbound('{203.0.113.8/29, 198.51.100.1}'), 'high many 9'],
  ['the same twice', inbound('{203.0.113.8/29, 203.0.113.9}'), 'medium few 8'],
  ['one of Exchange Online', inbound('{203.0.113.10, 40.92.1.1}'), 'high shared 2'],
  ['private ones', inbound('{10.0.0.5, 192.168.1.0/24}'), 'low never 0'],
  ['what is no address', inbound('{mail.contoso.com}'), 'low never 0'],
  ['IPv6, which is not taken', inbound('{2001:db8::1}'), 'low never 0'],
  ['private ones and a public one', inbound('{10.0.0.0/8, 203.0.113.10}'), 'medium few 1'],
  ['a certificate as well', inbound('{203.0.113.10}', { TlsSenderCertificateName: 'mail.contoso.com' }), 'pass'],
  ['a partner', inbound('{203.0.113.10}', { ConnectorType: 'Partner' }), 'not-applicable'],
  ['disabled', inbound('{203.0.113.10}', { Enabled: 'False' }), 'not-applicable'],
  ['a list that was not printed', inbound('{}', {}, 'SenderIPAddresses'), 'not-assessed'],
  ['a name that was not printed', inbound('{203.0.113.10}', {}, 'TlsSenderCertificateName'), 'not-assessed'],
])('%s: %s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  const [f] = fails
  expect(f ? `${f.severity} ${f.params.kind} ${f.params.addresses}` : state).toBe(expected)
  if (f)
    expect(f.exposure).toBe({ never: 'none', shared: 'cloud', few: 'partner', many: 'partner' }[String(f.params.kind)])
})

it.each([
  ['{203.0.113.10, ...}', 'medium', ['Get-InboundConnector'], 'unknown'],
  ['{10.0.0.1, ...}', 'low', ['Get-InboundConnector'], 'unknown'],
  ['{203.0.113.0/24, ...}', 'high', [], 'unknown'],
  ['{40.92.1.1, ...}', 'high', [], 'yes'],
  ['{203.0.113.10}', 'medium', [], 'no'],
])('%s: what a cut list could raise', (list, severity, missing, shared) => {
  const [f] = judge(rule, inbound(list)).fails
  expect(f?.severity).toBe(severity)
  expect((f?.couldRaise ?? []).map((m) => m.cmdlet)).toEqual(missing)
  expect(f?.conditions.find((c) => c.key === 'shared')?.value).toBe(shared)
})

it('takes the name from the certificate of the servers, and asks without one', () => {
  const changeOf = (text: string) => {
    const context = contextOf(text)
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  }
  const servers = sendExport(hybridConnector()) + certificateExport('EX01', certificate())
  expect(changeOf(inbound('{203.0.113.10}') + servers)).toContain("-TlsSenderCertificateName 'mail.contoso.com'")
  expect(changeOf(inbound('{203.0.113.10}'))).toContain('<certificate-name>')
  // The connector of the servers has their name already: two with one name would be another fault.
  const hybrid = inboundConnector({ TlsSenderCertificateName: 'mail.contoso.com', SenderIPAddresses: '{}' })
  const relay = inboundConnector({
    TlsSenderCertificateName: '',
    SenderIPAddresses: '{203.0.113.10}',
    Name: 'R',
    Identity: 'R',
  })
  expect(changeOf(exported('Get-InboundConnector', relay, hybrid) + servers)).toContain('<certificate-name>')
  expect(changeOf(exported('Get-InboundConnector', relay, { ...hybrid, Enabled: 'False' }) + servers)).toContain(
    "'mail.contoso.com'",
  )
})

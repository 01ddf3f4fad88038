import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  certificate,
  certificateExport,
  judge,
  receiveConnector,
  receiveExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const setup = certificate({
  IsSelfSigned: 'True',
  Issuer: 'CN=EX01',
  Subject: 'CN=EX01',
  CertificateDomains: '{EX01, EX01.contoso.local}',
  Thumbprint: 'A'.repeat(40),
})
const issued = certificate({ CertificateDomains: '{EX01.contoso.local}', Thumbprint: 'B'.repeat(40) })
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const receive = (own: Record<string, string> = {}) => receiveExport(receiveConnector(own))

it.each([
  ['the shipped state', `${receive()}${on(setup)}`, 'fail'],
  ['one of an authority with the name', `${receive()}${on(setup, issued)}`, 'pass'],
  ['one without the name is not taken', `${receive()}${on(certificate())}`, 'not-applicable'],
  ['name set', `${receive({ TlsCertificateName: '<I>CN=EX01<S>CN=EX01' })}${on(setup)}`, 'pass'],
  [
    'name not printed',
    `${receiveExport(withoutProperties(receiveConnector(), 'TlsCertificateName'))}${on(setup)}`,
    'not-assessed',
  ],
  [
    'recognises Exchange Online',
    `${receive({ TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' })}${on(setup)}`,
    'pass',
  ],
  ['port 587', `${receive({ Bindings: '{0.0.0.0:587}' })}${on(setup)}`, 'not-applicable'],
  ['some addresses', `${receive({ RemoteIPRanges: '{10.0.0.0/8}' })}${on(setup)}`, 'not-applicable'],
  ['addresses cut', `${receive({ RemoteIPRanges: '{10.0.0.0/8...}' })}${on(setup)}`, 'not-assessed'],
  ['disabled', `${receive({ Enabled: 'False' })}${on(setup)}`, 'not-applicable'],
  [
    'perhaps disabled',
    `${receiveExport(withoutProperties(receiveConnector(), 'Enabled'))}${on(setup)}`,
    'not-assessed',
  ],
  ['without TLS', `${receive({ AuthMechanism: 'Integrated' })}${on(setup)}`, 'not-applicable'],
  ['behind the front end', `${receive({ TransportRole: 'HubTransport' })}${on(setup)}`, 'not-applicable'],
  ['signature not printed', `${receive()}${on(withoutProperties(setup, 'IsSelfSigned'))}`, 'not-assessed'],
  [
    'two that may be picked',
    `${receive()}${on({ ...setup, HasPrivateKey: 'True' }, withoutProperties(issued, 'NotAfter'))}`,
    'not-assessed',
  ],
  ['certificates of another server', `${receive()}${certificateExport('EX02', setup)}`, 'not-assessed'],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

describe('level', () => {
  it.each([
    [{}, 'info', 'unknown'],
    [{ mx: 'on-premises' }, 'medium', 'yes'],
    [{ mx: 'exchange-online' }, 'info', 'no'],
    [{ mx: 'gateway' }, 'info', 'no'],
  ])('%j: %s', (answers, severity, mx) => {
    expect(judge(rule, `${receive()}${on(setup)}`, answers).fails).toMatchObject([
      { severity, params: { mx, self: 'yes', host: 'EX01.contoso.local' } },
    ])
  })
  it('counts only the servers that receive from the Internet', () => {
    const edge = receiveExport(
      withoutProperties(
        receiveConnector({ Fqdn: 'edge.contoso.com' }, 'EDGE01', 'Default internal receive connector EDGE01'),
        'TransportRole',
      ),
    )
    const text = `${receive()}${on(setup)}${edge}`
    expect(judge(rule, text, { mx: 'on-premises' }).fails.map((f) => [f.objects[0].server, f.severity])).toContainEqual(
      ['EX01', configFrom(text).receiveConnectors.some((c) => c.side === 'edge') ? 'info' : 'medium'],
    )
  })
})

describe('fix', () => {
  const fixOf = (text: string, answers = {}) => {
    const [first, ...rest] = judge(rule, text, answers).fails
    return first && rule.fix([first, ...rest], { config: configFrom(text), asOf: new Date('2026-11-21'), answers })
  }
  const here = { mx: 'on-premises' }
  it('names the public certificate that lasts longest', () => {
    const longer = certificate({
      Subject: 'CN=mx.contoso.com',
      CertificateDomains: '{mx.contoso.com}',
      NotAfter: '01.12.2028 00:00:00',
      Thumbprint: 'C'.repeat(40),
    })
    expect(fixOf(`${receive()}${on(setup, certificate(), longer)}`)?.steps[2]?.powershell).toContain(
      '<S>CN=mx.contoso.com',
    )
  })
  it.each([
    { Services: 'IIS' },
    { HasPrivateKey: 'False' },
    { IsSelfSigned: 'True' },
    { NotAfter: '01.01.2026 00:00:00' },
  ])('offers none that does not fit: %j', (own) => {
    const text = `${receive()}${on(setup, certificate(own))}`
    expect(fixOf(text)).toBeNull()
    expect(fixOf(text, here)?.placeholders.map((p) => p.name)).toEqual(['certificate-name'])
  })
})

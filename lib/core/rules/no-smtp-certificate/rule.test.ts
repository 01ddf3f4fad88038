import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  certificate,
  certificateExport,
  judge,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const none = certificate({ Services: 'IIS' })
const auth = certificate({
  Subject: 'CN=Microsoft Exchange Server Auth Certificate',
  Services: 'SMTP',
  Thumbprint: 'A'.repeat(40),
})
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const B = { Thumbprint: 'B'.repeat(40) }

it.each([
  ['one bound', on(none, certificate(B)), 'pass'],
  ['none', on(none), 'fail'],
  ['only the Auth certificate', on(none, auth), 'fail'],
  ['bound, but without key', on(certificate({ HasPrivateKey: 'False' })), 'fail'],
  ['services of one not printed', on(none, withoutProperties(certificate(B), 'Services')), 'not-assessed'],
  ['key of the bound one not printed', on(withoutProperties(certificate(), 'HasPrivateKey')), 'not-assessed'],
  ['perhaps the Auth certificate', on(withoutProperties(certificate(), 'Subject')), 'not-assessed'],
  [
    'a part of the list',
    shown(`Get-ExchangeCertificate -Server EX01 -Thumbprint ${none.Thumbprint} | Format-List`, [none]),
    'not-assessed',
  ],
  ['a server that is not named', on(none).replace(' -Server EX01', ''), 'fail'],
  [
    'a server without export',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(certificate())}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('is likely, per server, and speaks of what the connectors take', () => {
  const text = `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(none)}${certificateExport('EX02', certificate())}`
  expect(
    judge(rule, text).fails.map((f) => [f.severity, f.confidence, f.objects.map((o) => o.id), f.params.keyless]),
  ).toEqual([['high', 'likely', ['EX01', `EX01\\${none.Thumbprint}`], 'no']])
  expect(judge(rule, on(certificate({ HasPrivateKey: 'False' }))).fails[0]?.params.keyless).toBe('yes')
})

describe('fix', () => {
  const bound = (text: string) => {
    const [first] = judge(rule, text).fails
    const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date('2026-11-21'), answers: {} })
    return /Enable-ExchangeCertificate -Thumbprint '(.)/.exec(fix?.steps[2]?.powershell ?? '')?.[1]
  }
  const [c, d] = [
    { ...none, Thumbprint: 'C'.repeat(40) },
    { ...none, Thumbprint: 'D'.repeat(40) },
  ]
  it('binds what a connector takes', () =>
    expect(
      bound(
        `${sendExport(sendConnector())}${on(none, { ...c, Subject: 'CN=other', NotAfter: '01.01.2030 00:00:00' })}`,
      ),
    ).toBe('2'))
  it('else the one of an authority that lasts longest', () => {
    expect(bound(on(c, { ...d, NotAfter: '01.01.2030 00:00:00' }))).toBe('D')
    expect(bound(on(c, { ...d, NotAfter: '01.01.2030 00:00:00', IsSelfSigned: 'True' }))).toBe('C')
    expect(bound(on({ ...c, NotAfter: '01.01.2026 00:00:00' }, { ...d, IsSelfSigned: 'True' }))).toBe('D')
    expect(bound(on({ ...c, HasPrivateKey: 'False' }))).toBeUndefined()
  })
})

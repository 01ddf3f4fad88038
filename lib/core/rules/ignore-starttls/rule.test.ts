import { expect, it } from 'vitest'
import { analyse } from '../../analyse'
import { configFrom } from '../../testing/config-from'
import { internetConnector, judge, sendExport, withoutProperties } from '../../testing/exports-text'
import { rule as contradict } from '../send-tls-settings-contradict/rule'
import { rule } from './rule'

const ignoring = (own: Record<string, string> = {}) => internetConnector({ IgnoreSTARTTLS: 'True', ...own })
const fabrikam = { AddressSpaces: '{SMTP:fabrikam.com;1, SMTP:*.fabrikam.net;1}' }

it.each([
  [{}, {}, 'high'],
  [fabrikam, {}, 'medium'],
  [fabrikam, { 'partner:fabrikam.com': 'yes' }, 'high'],
  [fabrikam, { 'partner:fabrikam.net': 'yes' }, 'high'],
  [fabrikam, { 'partner:contoso.com': 'yes' }, 'medium'],
])('%j %j: %s', (own, answers, severity) => {
  const { fails } = judge(rule, sendExport(ignoring(own)), answers as Record<string, string>)
  expect(fails.map((f) => f.severity)).toEqual([severity])
})

it.each([
  [ignoring({ IgnoreSTARTTLS: 'False' }), 'pass'],
  [ignoring({ Enabled: 'False' }), 'not-applicable'],
  [ignoring({ AddressSpaces: '{SMTP:contoso.mail.onmicrosoft.com;1}' }), 'not-applicable'],
  [ignoring({ AddressSpaces: '{SMTP:fabrikam.com;1...}' }), 'not-assessed'],
  [withoutProperties(ignoring(), 'IgnoreSTARTTLS'), 'not-assessed'],
  [withoutProperties(ignoring(), 'AddressSpaces'), 'not-assessed'],
  [withoutProperties(ignoring(), 'Enabled'), 'not-assessed'],
])('%#: %s', (connector, state) => expect(judge(rule, sendExport(connector)).state).toBe(state))

it('leads a contradiction only where nothing else is wrong', () => {
  const rest = { RequireTLS: 'True', TlsAuthLevel: 'CertificateValidation' }
  const absorbed = (own: Record<string, string>) => {
    const config = configFrom(sendExport(ignoring({ ...rest, ...own })))
    const { findings } = analyse({ config, asOf: new Date(), answers: {} }, () => '', [rule, contradict])
    return findings.map((f) => [f.rule, f.absorbedBy === null])
  }
  expect(absorbed({})).toEqual([
    [rule.id, true],
    [contradict.id, false],
  ])
  expect(absorbed({ DNSRoutingEnabled: 'False' })).toEqual([
    [rule.id, true],
    [contradict.id, true],
  ])
})

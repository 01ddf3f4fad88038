import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  contextOf,
  exported,
  hybridConfiguration,
  hybridConnector,
  inboundConnector,
  judge,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const inbound = (...own: Own[]) => exported('Get-InboundConnector', ...own.map((o) => inboundConnector(o)))
const send = (own: Own = {}, ...without: string[]) => sendExport(withoutProperties(hybridConnector(own), ...without))
const none = inbound()
const off = { Enabled: 'False' }
const partner = { ConnectorType: 'Partner', Name: 'P', Identity: 'P' }
const internet = { AddressSpaces: '{SMTP:*;1}', CloudServicesMailEnabled: 'False' }

it.each([
  ['both ends', send() + inbound({}), 'pass'],
  ['none', none + send(), 'fail'],
  ['a disabled one', send() + inbound(off), 'fail'],
  ['a partner', send() + inbound(partner), 'fail'],
  ['one of two', send() + inbound(off, { Name: 'B', Identity: 'B' }), 'pass'],
  ['the sender is disabled', send(off) + none + hybridConfiguration(), 'not-applicable'],
  ['no sender to the cloud, in a hybrid', send(internet) + none + hybridConfiguration(), 'not-applicable'],
  ['no sender to the cloud, no hybrid known', send(internet) + none, 'not-assessed'],
  ['the sender may be one to the cloud', send({}, 'AddressSpaces') + none, 'not-assessed'],
  ['the sender may be one to the cloud, and one is there', send({}, 'AddressSpaces') + inbound({}), 'pass'],
  ['one named connector', send() + shown('Get-InboundConnector P | fl', [inboundConnector(partner)]), 'not-assessed'],
  [
    'one named connector of the right type',
    send() + shown('Get-InboundConnector P | fl', [inboundConnector()]),
    'pass',
  ],
  [
    'without a type',
    send() + exported('Get-InboundConnector', withoutProperties(inboundConnector(), 'ConnectorType')),
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => {
  expect(judge(rule, text)).toMatchObject(
    state === 'fail' ? { state, fails: [{ severity: 'high', key: '' }] } : { state },
  )
})

it.each([
  [inbound(off), ["Set-InboundConnector -Identity 'Inbound from contoso' -Enabled $true"]],
  [
    inbound({ ...off, ConnectorSource: 'Default', Name: 'A', Identity: 'A' }, off),
    ["Set-InboundConnector -Identity 'Inbound from contoso' -Enabled $true"],
  ],
  [
    inbound(partner) + certificateExport('EX01', certificate()),
    [
      'New-InboundConnector',
      "-TlsSenderCertificateName 'mail.contoso.com'",
      '-CloudServicesMailEnabled $true',
      "-ConnectorType 'OnPremises'",
    ],
  ],
  [inbound(partner), ['-TlsSenderCertificateName <certificate-name>']],
])('turns one on again, or makes one', (text, expected) => {
  const context = contextOf(send() + text)
  const [first] = [...rule.check(context)]
  const change = first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  for (const part of expected) expect(change).toContain(part)
})

it.each([
  [inbound(partner), 0, ''],
  [inbound(partner, off), 1, 'Inbound from contoso'],
])('names a disabled one', (text, disabled, other) => {
  expect(judge(rule, send() + text).fails[0]?.params).toMatchObject({
    disabled,
    other,
    connector: 'Outbound to Office 365',
  })
})

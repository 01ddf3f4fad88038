import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  hybridConfiguration,
  judge,
  judgeOfBoth,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const send = sendExport(sendConnector())
const PAIR = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const receive = receiveExport(
  receiveConnector({
    TlsCertificateName: PAIR,
    TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}',
  }),
)
const own = certificate({ RootCAType: 'Enterprise' })

it.each([
  [{}, 'pass'],
  [{ IsSelfSigned: 'True', RootCAType: 'Registry' }, 'critical'],
  [{ IsSelfSigned: 'True', RootCAType: '' }, 'critical'],
  [{ RootCAType: 'Enterprise' }, 'high'],
  [{ RootCAType: 'Registry' }, 'medium'],
  [{ RootCAType: 'GroupPolicy' }, 'medium'],
  [{ RootCAType: 'Unknown' }, 'medium'],
  [{ RootCAType: 'None' }, 'medium'],
  [{ RootCAType: '' }, 'not-assessed'],
  [{ IsSelfSigned: '' }, 'not-assessed'],
])('%j: %s', (c, expected) => {
  for (const connector of [send, receive]) {
    const judged = judgeOfBoth(rule, `${connector}${on(certificate(c))}`)
    expect(judged.fails[0]?.severity ?? judged.state).toBe(expected)
  }
})

it.each([
  [
    'to a partner',
    `${sendExport(sendConnector({ AddressSpaces: '{smtp:fabrikam.com;1}' }))}${receiveExport(receiveConnector())}${on(own)}`,
    'not-applicable',
  ],
  ['hybrid unknown', `${sendExport(withoutProperties(sendConnector(), 'AddressSpaces'))}${on(own)}`, 'not-assessed'],
  [
    'disabled',
    `${sendExport(sendConnector({ Enabled: 'False' }))}${receiveExport(receiveConnector())}${on(own)}`,
    'not-applicable',
  ],
  ['perhaps disabled', `${sendExport(withoutProperties(sendConnector(), 'Enabled'))}${on(own)}`, 'not-assessed'],
  [
    'sources not printed',
    `${sendExport(withoutProperties(sendConnector(), 'SourceTransportServers'))}${on(certificate())}`,
    'not-assessed',
  ],
  [
    'name not printed',
    `${sendExport(withoutProperties(sendConnector(), 'TlsCertificateName'))}${on(own)}`,
    'not-assessed',
  ],
  [
    'server not exported',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX02}' }))}${on(own)}`,
    'not-assessed',
  ],
  [
    'no certificate of that name',
    `${send}${receiveExport(receiveConnector())}${on(certificate({ Subject: 'CN=other' }))}`,
    'not-applicable',
  ],
  [
    'no hybrid connector in a part of them',
    `${receiveExport(receiveConnector())}${hybridConfiguration()}${on(own)}`,
    'not-assessed',
  ],
  [
    'two that may be picked, one of them public',
    `${send}${on(own, certificate({ NotBefore: '25.06.2025 00:00:00', NotAfter: '28.07.2028 00:00:00', Thumbprint: 'B'.repeat(40) }))}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('is one finding for all connectors that name it', () => {
  expect(judge(rule, `${send}${receive}${on(own)}`).fails.map((f) => [f.key, f.params.uses])).toEqual([
    [own.Thumbprint, 2],
  ])
})

it.each([
  [{ IsSelfSigned: 'True' }, 'self'],
  [{ RootCAType: 'Enterprise' }, 'enterprise'],
  [{ RootCAType: 'GroupPolicy' }, 'other'],
])('%j is told as %s', (c, root) =>
  expect(judge(rule, `${send}${on(certificate(c))}`).fails[0]?.params.root).toBe(root))

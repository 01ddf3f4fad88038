import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  hybridConfiguration,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const send = sendExport(sendConnector())
const server = certificate({ EnhancedKeyUsageList: '{Server Authentication (1.3.6.1.5.5.7.3.1)}' })
const both = certificate({
  EnhancedKeyUsageList: '{(1.3.6.1.5.5.7.3.1), (1.3.6.1.5.5.7.3.2)}',
  Thumbprint: 'B'.repeat(40),
})
const PAIR = '<I>CN=Public CA G1<S>CN=mail.contoso.com'

it.each([
  ['for servers only', `${send}${on(server)}`, 'fail'],
  ['for both', `${send}${on(both)}`, 'pass'],
  ['purposes not exported', `${send}${on(certificate())}`, 'not-assessed'],
  ['no restriction', `${send}${on(certificate({ EnhancedKeyUsageList: '{}' }))}`, 'pass'],
  [
    'two that may be picked',
    `${send}${on(server, { ...both, NotBefore: '25.06.2025 00:00:00', NotAfter: '28.07.2028 00:00:00' })}`,
    'not-assessed',
  ],
  [
    'receive connector only',
    `${receiveExport(receiveConnector({ TlsCertificateName: PAIR, TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }))}${sendExport()}${on(server)}`,
    'not-applicable',
  ],
  [
    'to a partner',
    `${sendExport(sendConnector({ AddressSpaces: '{smtp:fabrikam.com;1}' }))}${receiveExport(receiveConnector())}${on(server)}`,
    'not-applicable',
  ],
  [
    'disabled',
    `${sendExport(sendConnector({ Enabled: 'False' }))}${receiveExport(receiveConnector())}${on(server)}`,
    'not-applicable',
  ],
  ['perhaps disabled', `${sendExport(withoutProperties(sendConnector(), 'Enabled'))}${on(server)}`, 'not-assessed'],
  ['hybrid unknown', `${sendExport(withoutProperties(sendConnector(), 'AddressSpaces'))}${on(server)}`, 'not-assessed'],
  [
    'sources not printed',
    `${sendExport(withoutProperties(sendConnector(), 'SourceTransportServers'))}${on(both)}`,
    'not-assessed',
  ],
  [
    'server not exported',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX02}' }))}${on(server)}`,
    'not-assessed',
  ],
  [
    'another certificate',
    `${send}${receiveExport(receiveConnector())}${on({ ...server, Subject: 'CN=other' })}`,
    'not-applicable',
  ],
  [
    'hybrid, but no such connector listed',
    `${sendExport(sendConnector({ TlsCertificateName: '' }))}${hybridConfiguration()}${on(server)}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('is a note that names the purposes', () => {
  expect(judge(rule, `${send}${on(server)}`).fails).toMatchObject([
    { severity: 'info', confidence: 'likely', params: { usages: 'Server Authentication (1.3.6.1.5.5.7.3.1)' } },
  ])
})

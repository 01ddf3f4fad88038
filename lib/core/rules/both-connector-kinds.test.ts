import { describe, expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  exchangeServer,
  exported,
  hybridConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendExport,
} from '../testing/exports-text'
import { rule as withoutSmtp } from './certificate-without-smtp-service/rule'
import { rule as notPublic } from './hybrid-certificate-not-public/rule'
import { rule as malformed } from './tls-certificate-name-malformed/rule'
import { rule as stale } from './tls-certificate-name-stale/rule'
import { rule as unresolved } from './tls-certificate-name-unresolved/rule'

const named = {
  TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.contoso.com',
  TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}',
}
const send = sendExport(hybridConnector())
const receive = receiveExport(receiveConnector(named))
const onEx01 = `Get-ReceiveConnector -Server EX01 | Format-List`
const certificates = certificateExport('EX01', certificate())

it('does not take a certificate for unused where one kind of connectors is not known', () => {
  const judged = judge(withoutSmtp, sendExport(hybridConnector({ TlsCertificateName: '' })) + certificates)
  expect([judged.state, judged.missing]).toEqual(['not-assessed', ['Get-ReceiveConnector']])
})

describe.each([malformed, unresolved, stale, notPublic])('$id', (rule) => {
  it.each([
    ['both kinds', send + receive, 'pass', []],
    ['send connectors alone', send, 'not-assessed', ['Get-ReceiveConnector']],
    ['receive connectors alone', receive, 'not-assessed', ['Get-SendConnector']],
    [
      'receive connectors of one of two servers',
      send +
        receive.replace('Get-ReceiveConnector | Format-List', onEx01) +
        exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EX02')),
      'not-assessed',
      ['Get-ReceiveConnector'],
    ],
  ])('with %s', (_, text, state, missing) => {
    const judged = judge(rule, text + certificates)
    expect([judged.state, judged.missing]).toEqual([state, missing])
  })
})

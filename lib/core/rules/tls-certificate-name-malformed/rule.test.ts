import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  certificate,
  certificateExport,
  exchangeServer,
  exported,
  hybridConfiguration,
  judgeOfBoth as judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const THUMBPRINT = '2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607'

it.each([
  ['<I>CN=Public CA G1<S>CN=mail.contoso.com', 'pass'],
  ['', 'pass'],
  [THUMBPRINT, 'thumbprint'],
  ['CN=mail.contoso.com', 'subject'],
  ['<S>CN=mail.contoso.com', 'subject'],
  ['mail.contoso.com', 'other'],
  ['ICN=Public CA G1SCN=mail.contoso.com', 'not-assessed'],
  ['[I]CN=Public CA G1[S]CN=mail.contoso.com', 'not-assessed'],
  ['(I)O=Public CA(S)O=Contoso', 'not-assessed'],
])('%s: %s', (TlsCertificateName, expected) => {
  for (const text of [
    sendExport(sendConnector({ TlsCertificateName })),
    receiveExport(receiveConnector({ TlsCertificateName })),
    `${sendExport(sendConnector())}${hybridConfiguration({ TlsCertificateName })}`,
  ]) {
    const judged = judge(rule, text)
    expect(judged.fails[0]?.params.syntax ?? judged.state).toBe(expected)
  }
})

it.each([
  ['disabled', sendExport(sendConnector({ Enabled: 'False', TlsCertificateName: THUMBPRINT })), 'not-applicable'],
  [
    'perhaps disabled',
    sendExport(withoutProperties(sendConnector({ TlsCertificateName: THUMBPRINT }), 'Enabled')),
    'not-assessed',
  ],
  ['not printed', receiveExport(withoutProperties(receiveConnector(), 'TlsCertificateName')), 'not-assessed'],
])('%s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('is one finding for the clones of a connector', () => {
  const text = receiveExport(
    receiveConnector({ TlsCertificateName: THUMBPRINT }),
    receiveConnector({ TlsCertificateName: THUMBPRINT }, 'EX02'),
  )
  expect(judge(rule, text).fails.map((f) => [f.key, f.params.kind])).toEqual(
    Array(2).fill(['default frontend', 'receive']),
  )
})

it.each([
  [THUMBPRINT, certificate(), true],
  ['CN=mail.contoso.com', certificate(), true],
  ['CN=other', certificate(), false],
  [THUMBPRINT, certificate({ Thumbprint: 'B'.repeat(40) }), false],
  ['mail.contoso.com', certificate(), false],
])('fills in the names of the certificate that was meant: %s', (TlsCertificateName, own, isFilled) => {
  const text = `${sendExport(sendConnector({ TlsCertificateName }))}${certificateExport('EX01', own)}`
  const { fails } = judge(rule, text)
  const [first] = fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date(0), answers: {} })
  expect(fix?.placeholders.length).toBe(isFilled ? 0 : 1)
  expect(fix?.steps[2]?.powershell.includes("'<I>CN=Public CA G1<S>CN=mail.contoso.com'")).toBe(isFilled)
})

it('does not ask Exchange 2010 for what it does not have', () => {
  const text = receiveExport(withoutProperties(receiveConnector(), 'TlsCertificateName', 'TransportRole'))
  const server = (AdminDisplayVersion: string) =>
    exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion }))
  expect(judge(rule, `${text}${server('Version 14.3 (Build 123.4)')}`).state).toBe('pass')
  expect(judge(rule, `${text}${server('Version 15.2 (Build 1748.10)')}`).state).toBe('not-assessed')
})

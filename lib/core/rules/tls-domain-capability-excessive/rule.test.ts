import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { judge, receiveConnector, receiveExport, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const GOOD = 'mail.protection.outlook.com:AcceptCloudServicesMail'
const judged = (capabilities: string, own: Record<string, string> = {}) =>
  judge(rule, receiveExport(receiveConnector({ TlsDomainCapabilities: `{${capabilities}}`, ...own })))

it.each([
  ['', 'pass'],
  [GOOD, 'pass'],
  ['mail.protection.outlook.com:AcceptOorgProtocol', 'pass'],
  ['mail.protection.partner.outlook.cn:AcceptCloudServicesMail', 'pass'],
  ['<I>CN=CA, O=X<S>CN=mail.protection.outlook.com:AcceptCloudServicesMail', 'pass'],
  [`${GOOD}, ...`, 'not-assessed'],
])('{%s}: %s', (capabilities, state) => expect(judged(capabilities).state).toBe(state))

it.each([
  ['NO-TLS:AcceptCloudServicesMail', 'critical', 'noTls'],
  [`${GOOD}, NO-TLS:AcceptOorgHeader`, 'critical', 'noTls'],
  ['*.fabrikam.com:AcceptCloudServicesMail', 'high', 'wildcard'],
  ['fabrikam.com:AcceptCloudServicesMail, ...', 'high', 'domain'],
  ['mail.protection.outlook.com:AcceptCrossForestMail', 'high', 'capability'],
])('{%s}: %s', (capabilities, severity, kind) => {
  const { fails } = judged(capabilities)
  expect(fails.map((f) => [f.severity, f.params.kind])).toEqual([[severity, kind]])
})

it('reports the right entry behind the front end as medium, with the printed role as evidence', () => {
  const { fails } = judged(GOOD, { TransportRole: 'HubTransport' })
  expect(fails.map((f) => [f.severity, f.evidence.map((e) => e.property)])).toEqual([
    ['medium', ['TlsDomainCapabilities', 'TransportRole']],
  ])
})

it('leaves a disabled connector alone, and asks where Enabled or the list was not printed', () => {
  expect(judged('NO-TLS:AcceptOorgHeader', { Enabled: 'False' }).state).toBe('not-applicable')
  const bad = receiveConnector({ TlsDomainCapabilities: '{NO-TLS:AcceptOorgHeader}' })
  expect(judge(rule, receiveExport(withoutProperties(bad, 'Enabled'))).state).toBe('not-assessed')
  expect(judge(rule, receiveExport(withoutProperties(bad, 'TlsDomainCapabilities'))).state).toBe('not-assessed')
})

it('takes an Exchange 2010 hub for what answers there, and asks for the role where the version is open', () => {
  const old = receiveExport(
    withoutProperties(receiveConnector({ TlsDomainCapabilities: `{${GOOD}}` }), 'TransportRole'),
  )
  const servers = shown('Get-ExchangeServer | Format-List', [
    {
      AdminDisplayVersion: 'Version 14.3 (Build 123.4)',
      ServerRole: 'HubTransport',
      Fqdn: 'EX01.contoso.local',
      Name: 'EX01',
    },
  ])
  expect(judge(rule, old).state).toBe('not-assessed')
  expect(judge(rule, `${old}${servers}`).state).toBe('pass')
})

it('keeps the good entries in its fix and clears a hub connector', () => {
  const change = (capabilities: string, own: Record<string, string> = {}) => {
    const text = receiveExport(receiveConnector({ TlsDomainCapabilities: `{${capabilities}}`, ...own }))
    const context = { config: configFrom(text), asOf: new Date(0), answers: {} }
    const [fail] = [...rule.check(context)].flatMap((v) => (v.state === 'fail' ? [v] : []))
    return fail && rule.fix([fail], context)?.steps.find((s) => s.kind === 'change')?.powershell
  }
  const set = `Set-ReceiveConnector -Identity 'EX01\\Default Frontend EX01' -TlsDomainCapabilities `
  expect(change(`NO-TLS:AcceptOorgHeader, ${GOOD}`)).toBe(`${set}'${GOOD}'`)
  expect(change('fabrikam.com:AcceptCloudServicesMail')).toBe(`${set}$null`)
  expect(change(GOOD, { TransportRole: 'HubTransport' })).toBe(`${set}$null`)
})

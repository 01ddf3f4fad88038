import { expect, it } from 'vitest'
import {
  contextOf,
  hybridConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const to = (space: string, own: Record<string, string> = {}) =>
  hybridConnector({ AddressSpaces: `{smtp:${space};1}`, Name: space, Identity: space, ...own })
const hybrid = to('contoso.mail.onmicrosoft.com')
const initial = to('contoso.onmicrosoft.com')
const relay = { SmartHosts: '{contoso-com.mail.protection.outlook.com}' }

it.each([
  ['alone', [hybrid], 'fail contoso.onmicrosoft.com'],
  ['beside the Internet', [hybrid, to('*')], 'fail contoso.onmicrosoft.com'],
  ['beside the initial domain', [hybrid, initial], 'pass'],
  [
    'beside the initial domain, disabled',
    [hybrid, to('contoso.onmicrosoft.com', { Enabled: 'False' })],
    'fail contoso.onmicrosoft.com',
  ],
  ['beside that of another tenant', [hybrid, to('fabrikam.onmicrosoft.com')], 'fail contoso.onmicrosoft.com'],
  ['beside a wildcard', [hybrid, to('*.onmicrosoft.com')], 'pass'],
  ['beside a wildcard for the domain', [hybrid, to('*.contoso.onmicrosoft.com')], 'pass'],
  ['beside a wildcard that only looks like it', [hybrid, to('*.so.onmicrosoft.com')], 'fail contoso.onmicrosoft.com'],
  ['beside everything by Exchange Online', [hybrid, to('*', relay)], 'pass'],
  [
    'of two tenants, one without',
    [hybrid, initial, to('fabrikam.mail.onmicrosoft.com')],
    'fail fabrikam.onmicrosoft.com',
  ],
  ['of a national cloud', [to('contoso.mail.onmicrosoft.us'), initial], 'fail contoso.onmicrosoft.us'],
  ['by a wildcard only', [to('*.mail.onmicrosoft.com')], 'not-applicable'],
  ['disabled', [to('contoso.mail.onmicrosoft.com', { Enabled: 'False' })], 'not-applicable'],
])('%s', (_, connectors, expected) => {
  const { state, fails } = judge(rule, sendExport(...connectors))
  expect([...fails.map((f) => `fail ${f.params.domain}`), state][0]).toBe(expected)
  for (const f of fails) expect([f.severity, f.key]).toEqual(['info', ''])
})

it.each([
  ['a named connector', shown('Get-SendConnector X | fl', [hybrid])],
  [
    'a cut list',
    sendExport(
      to('contoso.mail.onmicrosoft.com', {
        AddressSpaces: '{smtp:contoso.mail.onmicrosoft.com;1, smtp:contoso.onmicrosoft.com;1, ...}',
      }),
    ),
  ],
  ['spaces that were not printed', sendExport(withoutProperties(hybrid, 'AddressSpaces'))],
  ['another connector without spaces', sendExport(hybrid, withoutProperties(to('b'), 'AddressSpaces'))],
])('asks for the rest: %s', (_, text) => {
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
})

it('passes with a named listing that holds both, and does not apply without a hybrid', () => {
  expect(judge(rule, shown('Get-SendConnector X | fl', [hybrid, initial])).state).toBe('pass')
  const receive = receiveExport(receiveConnector({}, 'EX01', 'a'), receiveConnector({}, 'EX01', 'b'))
  expect(judge(rule, `${sendExport(to('*'))}${receive}`).state).toBe('not-applicable')
  expect(judge(rule, sendExport(to('*'))).missing).toEqual(['Get-ReceiveConnector'])
})

it('makes a connector of its own for each domain that has none', () => {
  const context = contextOf(sendExport(hybrid, initial, to('fabrikam.mail.onmicrosoft.com')))
  const [first] = [...rule.check(context)]
  const change = first?.state === 'fail' ? (rule.fix([first], context)?.steps[2]?.powershell ?? '') : ''
  expect(change.match(/New-SendConnector/g)).toHaveLength(1)
  expect(change).toContain("-AddressSpaces 'smtp:fabrikam.onmicrosoft.com;1'")
  expect(change).toContain("-TlsDomain 'mail.protection.outlook.com'")
})

it('gives its reasons', () => {
  const [fail] = judge(rule, sendExport(hybrid)).fails
  expect(fail?.conditions.map((c) => `${c.key} ${c.value}`)).toEqual(['routed yes', 'not-routed yes'])
  expect(fail?.objects.map((o) => o.id)).toEqual(['contoso.mail.onmicrosoft.com'])
})

import { expect, it } from 'vitest'
import { contextOf, hybridConnector, judge, sendExport, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const spaces = (...domains: string[]) => ({ AddressSpaces: `{${domains.map((d) => `smtp:${d};1`).join(', ')}}` })
const ROUTING = 'contoso.mail.onmicrosoft.com'
const two = spaces('groups.contoso.com', ROUTING)

it.each([
  [{}, 'pass'],
  [two, 'fail'],
  [{ ...two, Name: 'Outbound to Office 365 - 6c8f2a14', Identity: 'x' }, 'fail'],
  [{ ...two, Name: 'outbound to office 365', Identity: 'x' }, 'fail'],
  [{ ...two, Name: 'Outbound to Office 3650', Identity: 'x' }, 'not-applicable'],
  [{ ...two, Name: 'My Outbound to Office 365', Identity: 'x' }, 'not-applicable'],
  [{ ...two, Enabled: 'False' }, 'not-applicable'],
  [{ AddressSpaces: `{smtp:${ROUTING};1, smtp:groups.contoso.com;1, ...}` }, 'fail'],
  [{ AddressSpaces: `{smtp:${ROUTING};1, ...}` }, 'not-assessed'],
])('%j: %s', (own, state) => {
  const found = judge(rule, sendExport(hybridConnector(own)))
  expect([found.state, ...found.fails.map((f) => `${f.severity} ${f.confidence}`)]).toEqual(
    state === 'fail' ? [state, 'low likely'] : [state],
  )
})

it('does not speak of a connector for other domains, and asks where the list is not there', () => {
  const other = { ...spaces('a.example', 'b.example'), SmartHosts: '{contoso-com.mail.protection.outlook.com}' }
  const named = shown('Get-SendConnector X | fl', [hybridConnector(other)])
  expect(judge(rule, named)).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-ReceiveConnector', 'Get-SendConnector'],
  })
  expect(judge(rule, sendExport(withoutProperties(hybridConnector(), 'AddressSpaces'))).state).toBe('not-assessed')
})

it('names what is too much, and moves it to a connector of its own', () => {
  const context = contextOf(
    sendExport(hybridConnector(spaces('a.example', ROUTING, 'b.example', 'c.example', 'd.example'))),
  )
  const [first] = [...rule.check(context)]
  if (first?.state !== 'fail') throw new Error('did not fail')
  expect(first.params).toMatchObject({ extra: 'a.example, b.example, c.example', moreExtra: 1 })
  const change = rule.fix([first], context)?.steps[2]?.powershell ?? ''
  expect(change).toContain("-AddressSpaces 'smtp:a.example;1','smtp:b.example;1','smtp:c.example;1','smtp:d.example;1'")
  expect(change).toContain(`-AddressSpaces 'smtp:${ROUTING};1'`)
  expect(change).toContain("-TlsAuthLevel 'DomainValidation'")
  expect(change).toContain('-RequireTLS $true')
  expect(change).not.toContain('SmartHosts')
  expect(change.indexOf('New-SendConnector')).toBeLessThan(change.indexOf('Set-SendConnector'))
  expect(change).not.toContain('was cut')
})

it('warns where the list in the audit was cut', () => {
  const context = contextOf(
    sendExport(hybridConnector({ AddressSpaces: `{smtp:${ROUTING};1, smtp:a.example;1, ...}` })),
  )
  const [first] = [...rule.check(context)]
  expect(first?.state === 'fail' && rule.fix([first], context)?.steps[2]?.powershell).toContain('was cut')
})

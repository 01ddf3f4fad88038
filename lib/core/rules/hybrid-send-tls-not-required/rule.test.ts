import { expect, it } from 'vitest'
import { contextOf, hybridConnector, judge, sendExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const on = (own: Record<string, string>) => judge(rule, sendExport(hybridConnector(own)))

it.each([
  [{}, 'pass', undefined],
  [{ RequireTLS: 'False' }, 'fail', 'optional'],
  [{ IgnoreSTARTTLS: 'True' }, 'fail', 'off'],
  [{ RequireTLS: 'False', IgnoreSTARTTLS: 'True' }, 'fail', 'off'],
  [
    { RequireTLS: 'False', AddressSpaces: '{SMTP:*;1}', SmartHosts: '{contoso-com.mail.protection.outlook.com}' },
    'fail',
    'optional',
  ],
  [{ RequireTLS: 'False', Enabled: 'False' }, 'not-applicable', undefined],
])('%j: %s', (own, state, how) => {
  const { state: found, fails } = on(own)
  expect([found, fails[0]?.severity, fails[0]?.params.how]).toEqual([state, how && 'high', how])
})

it('shows the property that is wrong', () => {
  const lines = (own: Record<string, string>) => on(own).fails[0]?.evidence.map((e) => e.property)
  expect(lines({ RequireTLS: 'False' })).toEqual(['RequireTLS', 'Enabled', 'AddressSpaces'])
  expect(lines({ IgnoreSTARTTLS: 'True' })).toEqual(['IgnoreSTARTTLS', 'Enabled', 'AddressSpaces'])
})

it.each([
  [['RequireTLS'], {}, 'not-assessed'],
  [['IgnoreSTARTTLS'], {}, 'not-assessed'],
  [['IgnoreSTARTTLS'], { RequireTLS: 'False' }, 'fail'],
  [['Enabled'], { RequireTLS: 'False' }, 'not-assessed'],
  [['AddressSpaces'], {}, 'not-assessed'],
])('without %j and with %j: %s', (names, own, state) => {
  const found = judge(rule, sendExport(withoutProperties(hybridConnector(own), ...names)))
  expect(found.state).toBe(state)
  if (state === 'not-assessed') expect(found.missing).toEqual(['Get-SendConnector'])
})

it('sets what belongs together in one command, and leaves a stricter level as it is', () => {
  const command = (own: Record<string, string>) => {
    const context = contextOf(sendExport(hybridConnector({ RequireTLS: 'False', ...own })))
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  }
  expect(command({ TlsAuthLevel: '', TlsDomain: '' })).toBe(
    "Set-SendConnector -Identity 'Outbound to Office 365' -IgnoreSTARTTLS $false -RequireTLS $true -TlsAuthLevel 'DomainValidation' -TlsDomain 'mail.protection.outlook.com'",
  )
  expect(command({ TlsAuthLevel: 'CertificateValidation', TlsDomain: '' })).not.toContain('TlsDomain')
  expect(command({ AddressSpaces: '{smtp:contoso.mail.onmicrosoft.us;1}' })).toContain("'mail.protection.office365.us'")
})

it.each([
  [{ RequireTLS: 'False' }, ['hybrid yes', 'not-required yes', 'starttls-ignored no']],
  [{ IgnoreSTARTTLS: 'True' }, ['hybrid yes', 'not-required no', 'starttls-ignored yes']],
])('gives its reasons: %j', (own, reasons) => {
  expect(on(own).fails[0]?.conditions.map((c) => `${c.key} ${c.value}`)).toEqual(reasons)
})

import { expect, it } from 'vitest'
import { judge, sendConnector, sendExport, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const to = (tenant: string, own: Record<string, string> = {}) =>
  sendConnector({ AddressSpaces: `{smtp:${tenant};1}`, Name: `To ${tenant}`, Identity: `To ${tenant}`, ...own })
const A = 'a.mail.onmicrosoft.com'
const B = 'b.mail.onmicrosoft.com'
const C = 'c.mail.onmicrosoft.com'
const other = { TlsCertificateName: '<I>CN=Public CA G1<S>CN=other' }

it.each([
  ['two tenants', [to(A), to(B)], 'fail'],
  ['equal but for case', [to(A), to(B, { TlsCertificateName: '<I>CN=PUBLIC CA G1<S>CN=mail.contoso.com' })], 'fail'],
  ['two certificates', [to(A), to(B, other)], 'pass'],
  ['one tenant', [to(A), to(A, { Name: 'Again', Identity: 'Again' })], 'pass'],
  ['a tenant in common', [to(A), to(B, { AddressSpaces: `{smtp:${B};1, smtp:${A};2}` })], 'pass'],
  ['no name', [to(A), to(B, { TlsCertificateName: '' })], 'pass'],
  ['no pair', [to(A, { TlsCertificateName: 'x' }), to(B, { TlsCertificateName: 'x' })], 'pass'],
  ['one disabled', [to(A), to(B, { Enabled: 'False' })], 'pass'],
  ['perhaps disabled', [to(A), withoutProperties(to(B), 'Enabled')], 'not-assessed'],
  ['name not printed', [to(A), withoutProperties(to(B), 'TlsCertificateName')], 'not-assessed'],
  ['spaces not printed', [to(A), withoutProperties(to(B), 'AddressSpaces')], 'not-assessed'],
  [
    'spaces cut',
    [to(A), to(A, { Name: 'Again', Identity: 'Again', AddressSpaces: `{smtp:${A};1...}` })],
    'not-assessed',
  ],
  ['no tenant', [to('fabrikam.com')], 'not-applicable'],
  [
    'spaces not printed, no name',
    [withoutProperties(to(A, { TlsCertificateName: '' }), 'AddressSpaces')],
    'not-applicable',
  ],
  ['one with a name only', [to(A)], 'pass'],
  ['another type', [to(A), to(B, { AddressSpaces: `{X400:${B};1}` })], 'pass'],
])('%s: %s', (_, connectors, state) => expect(judge(rule, sendExport(...connectors)).state).toBe(state))

it('does not pass on a part of the connectors', () =>
  expect(judge(rule, shown('Get-SendConnector "To A" | Format-List', [to(A)])).state).toBe('not-assessed'))

it('tells three tenants as two pairs', () => {
  const { fails } = judge(rule, sendExport(to(A), to(B), to(C)))
  expect(fails.map((f) => [f.params.tenant, f.params.otherTenant])).toEqual([
    [A, B],
    [B, C],
  ])
})

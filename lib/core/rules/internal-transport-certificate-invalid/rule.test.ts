import { describe, expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  exported,
  judge,
  shown,
  transportService,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const THUMBPRINT = 'A'.repeat(40)
const internal = (own: Record<string, string> = {}) =>
  certificate({ IsSelfSigned: 'True', Thumbprint: THUMBPRINT, ...own })
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const service = (own: Record<string, string> = {}) => exported('Get-TransportService', transportService('EX01', own))
const edge = exported('Get-EdgeSubscription', {
  Name: 'EDGE01',
  Site: 'contoso.local/Configuration/Sites/HQ',
  Identity: 'EDGE01',
})
const noEdge = exported('Get-EdgeSubscription')
const expired = internal({ NotAfter: '2026-11-20T00:00:00Z' })

describe('level', () => {
  it.each([
    ['not set', `${service({ InternalTransportCertificateThumbprint: '' })}${on(internal())}`, 'high', 'empty'],
    ['not in the store', `${service()}${on(certificate())}`, 'high', 'missing'],
    ['expired', `${noEdge}${service()}${on(expired)}`, 'medium', 'expired'],
    ['expired, Edge unknown', `${service()}${on(expired)}`, 'medium', 'expired'],
    ['expired, with an Edge', `${service()}${on(expired)}${edge}`, 'high', 'expired'],
    ['29 days left', `${service()}${on(internal({ NotAfter: '2026-12-20T00:00:00Z' }))}${edge}`, 'medium', 'expiring'],
    ['of an authority, with an Edge', `${service()}${on(internal({ IsSelfSigned: 'False' }))}${edge}`, 'low', 'issued'],
  ])('%s', (_, text, severity, kind) => {
    expect(judge(rule, text).fails).toMatchObject([{ severity, params: { kind } }])
  })
})

it.each([
  ['valid', `${service()}${on(internal())}`, 'pass'],
  ['31 days left', `${service()}${on(internal({ NotAfter: '2026-12-22T00:00:00Z' }))}${edge}`, 'pass'],
  ['lower case', `${service({ InternalTransportCertificateThumbprint: 'a'.repeat(40) })}${on(internal())}`, 'pass'],
  ['of an authority, no Edge', `${noEdge}${service()}${on(internal({ IsSelfSigned: 'False' }))}`, 'pass'],
  ['of an authority, Edge unknown', `${service()}${on(internal({ IsSelfSigned: 'False' }))}`, 'not-assessed'],
  [
    'issuer unknown, with an Edge',
    `${service()}${on(withoutProperties(internal(), 'IsSelfSigned'))}${edge}`,
    'not-assessed',
  ],
  ['end unknown', `${service()}${on(withoutProperties(internal(), 'NotAfter'))}`, 'not-assessed'],
  [
    'thumbprint not printed',
    `${exported('Get-TransportService', withoutProperties(transportService(), 'InternalTransportCertificateThumbprint'))}${on(internal())}`,
    'not-assessed',
  ],
  [
    'a part of the store',
    `${service()}${shown('Get-ExchangeCertificate -Server EX01 -Thumbprint 2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607 | Format-List', [certificate()])}`,
    'not-assessed',
  ],
  ['store not exported', `${service()}${certificateExport('EX02', internal())}`, 'not-assessed'],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('says that an Edge would raise it', () => {
  const [open] = judge(rule, `${service()}${on(expired)}`).fails
  expect(open?.couldRaise?.map((m) => m.cmdlet)).toEqual(['Get-EdgeSubscription'])
  expect(judge(rule, `${noEdge}${service()}${on(expired)}`).fails[0]?.couldRaise).toBeUndefined()
  expect(open?.objects.map((o) => o.id)).toEqual(['EX01', `EX01\\${THUMBPRINT}`])
})

it('tells whether one is named', () => {
  const named = (text: string) => judge(rule, text).fails[0]?.conditions.find((c) => c.key === 'internal')?.value
  expect(named(`${service({ InternalTransportCertificateThumbprint: '' })}${on(internal())}`)).toBe('no')
  expect(named(`${service()}${on(expired)}`)).toBe('yes')
})

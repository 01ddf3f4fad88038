import { describe, expect, it } from 'vitest'
import { exported, inboundConnector, judge, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const partner = (name: string, own: Record<string, string>, ...hidden: string[]) =>
  withoutProperties(
    inboundConnector({ ConnectorType: 'Partner', ConnectorSource: 'Default', Name: name, Identity: name, ...own }),
    ...hidden,
  )
const CERT = { RestrictDomainsToCertificate: 'True' }
const IP = { RestrictDomainsToIPAddresses: 'True' }
const lock = partner('Lock', { SenderDomains: '{smtp:*;1}', ...CERT })
const fabrikam = (own: Record<string, string> = {}, ...hidden: string[]) =>
  partner('Fabrikam', { SenderDomains: '{smtp:fabrikam.com;1}', ...own }, ...hidden)
const asked = (...all: Record<string, string>[]) => judge(rule, exported('Get-InboundConnector', ...all))
const said = (found: ReturnType<typeof asked>) => [
  found.state,
  ...found.fails.map((f) => `${f.objects[0].id} ${f.severity} ${f.variant}`),
]

describe('an exception beside a restriction for everybody', () => {
  it.each([
    ['without a restriction', [lock, fabrikam()], ['fail', 'Fabrikam medium exception']],
    ['with its own', [lock, fabrikam(CERT)], ['pass']],
    ['disabled', [lock, fabrikam({ Enabled: 'False' })], ['pass']],
    ['for the own servers', [lock, fabrikam({ ConnectorType: 'OnPremises' })], ['pass']],
    ['lock disabled', [{ ...lock, Enabled: 'False' }, fabrikam()], ['pass']],
    ['lock without restriction', [{ ...lock, RestrictDomainsToCertificate: 'False' }, fabrikam()], ['pass']],
    ['no lock', [fabrikam()], ['pass']],
    [
      'two for everybody',
      [lock, { ...lock, Name: 'B', Identity: 'B', RestrictDomainsToCertificate: 'False' }],
      ['pass'],
    ],
    ['flag not printed', [lock, fabrikam({}, 'RestrictDomainsToIPAddresses')], ['not-assessed']],
    [
      'flag of the lock not printed',
      [
        withoutProperties({ ...lock, RestrictDomainsToCertificate: 'False' }, 'RestrictDomainsToIPAddresses'),
        fabrikam(),
      ],
      ['not-assessed'],
    ],
  ] as const)('%s', (_, all, expected) => expect(said(asked(...all))).toEqual(expected))

  it('asks for the others where only one was exported', () =>
    expect(judge(rule, exported('Get-InboundConnector Fabrikam', fabrikam())).state).toBe('not-assessed'))
})

describe('both restrictions at once', () => {
  it.each([
    ['both', { ...CERT, ...IP }, ['fail', 'Fabrikam low both']],
    ['certificate', CERT, ['pass']],
    ['addresses', IP, ['pass']],
    ['both, disabled', { ...CERT, ...IP, Enabled: 'False' }, ['pass']],
    ['both, own servers', { ...CERT, ...IP, ConnectorType: 'OnPremises' }, ['pass']],
  ] as const)('%s', (_, own, expected) => expect(said(asked(fabrikam(own)))).toEqual(expected))
})

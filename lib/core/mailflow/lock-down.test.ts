import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { exported, inboundConnector, shown, withoutProperties } from '../testing/exports-text'
import { isForAllSenders, lockDown, restrictsSenders } from './lock-down'

type Own = Record<string, string>
const partner: Own = { ConnectorType: 'Partner', ConnectorSource: 'Default', RestrictDomainsToCertificate: 'True' }
const of = (own: Own, ...without: string[]) => withoutProperties(inboundConnector({ ...partner, ...own }), ...without)
const lockOf = (...objects: Own[]) => lockDown(configFrom(exported('Get-InboundConnector', ...objects)))
const only = (own: Own, ...without: string[]) => {
  const [c] = configFrom(exported('Get-InboundConnector', of(own, ...without))).inboundConnectors
  if (!c) throw new Error('no connector was read')
  return c
}

describe('lockDown', () => {
  it.each([
    ['by certificate', [of({})], 'yes'],
    ['by address', [of({ RestrictDomainsToCertificate: 'False', RestrictDomainsToIPAddresses: 'True' })], 'yes'],
    ['without a restriction', [of({ RestrictDomainsToCertificate: 'False' })], 'no'],
    ['for one domain', [of({ SenderDomains: '{smtp:contoso.com;1}' })], 'no'],
    ['for one domain and all', [of({ SenderDomains: '{smtp:contoso.com;1, smtp:*;1}' })], 'yes'],
    ['of the other type', [of({ ConnectorType: 'OnPremises' })], 'no'],
    ['disabled', [of({ Enabled: 'False' })], 'no'],
    [
      'restriction and scope on two connectors',
      [of({ SenderDomains: '{smtp:a.b;1}' }), of({ RestrictDomainsToCertificate: 'False', Name: 'B', Identity: 'B' })],
      'no',
    ],
    ['the second of two', [of({ Enabled: 'False' }), of({ Name: 'B', Identity: 'B' })], 'yes'],
    ['perhaps enabled', [of({}, 'Enabled')], 'unknown'],
    ['of an unknown type', [of({}, 'ConnectorType')], 'unknown'],
    ['for unknown senders', [of({}, 'SenderDomains')], 'unknown'],
    ['with an unknown restriction', [of({}, 'RestrictDomainsToCertificate')], 'unknown'],
    ['with one of two restrictions known', [of({}, 'RestrictDomainsToIPAddresses')], 'yes'],
  ] as const)('%s: %s', (_, objects, expected) => expect(lockOf(...objects).value).toBe(expected))

  it('is no only where all connectors are listed', () => {
    const open = of({ RestrictDomainsToCertificate: 'False' })
    expect(lockDown(configFrom(shown('Get-InboundConnector X | Format-List', [open]))).value).toBe('unknown')
    expect(lockDown(configFrom(shown('Get-InboundConnector X | Format-List', [of({})]))).value).toBe('yes')
    expect(lockDown(configFrom('')).value).toBe('unknown')
    expect(lockDown(configFrom(`${exported('Get-InboundConnector')}[PS] C:\\>\n`)).value).toBe('no')
  })

  it('proves a yes by each part of it', () => {
    expect(lockOf(of({})).evidence.map((e) => e.property)).toEqual([
      'Enabled',
      'ConnectorType',
      'SenderDomains',
      'RestrictDomainsToCertificate',
    ])
  })
})

it.each([
  ['{smtp:*;1}', 'yes'],
  ['{*}', 'yes'],
  ['{smtp:*;1, ...}', 'yes'],
  ['{smtp:*.contoso.com;1}', 'no'],
  ['{smtp:contoso.com;1, ...}', 'unknown'],
  ['{}', 'no'],
])('all senders, %s: %s', (senders, expected) =>
  expect(isForAllSenders(only({ SenderDomains: senders })).value).toBe(expected))

it.each([
  [{ RestrictDomainsToCertificate: 'True' }, [], 'yes'],
  [{ RestrictDomainsToCertificate: 'False', RestrictDomainsToIPAddresses: 'True' }, [], 'yes'],
  [{ RestrictDomainsToCertificate: 'False' }, [], 'no'],
  [{ RestrictDomainsToCertificate: 'False' }, ['RestrictDomainsToIPAddresses'], 'unknown'],
])('a restriction, %j without %j: %s', (own, without, expected) =>
  expect(restrictsSenders(only(own, ...without)).value).toBe(expected))

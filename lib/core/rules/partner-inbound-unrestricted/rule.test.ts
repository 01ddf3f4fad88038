import { describe, expect, it } from 'vitest'
import { contextOf, exported, inboundConnector, judge, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const partner = {
  ConnectorType: 'Partner',
  ConnectorSource: 'Default',
  SenderDomains: '{smtp:fabrikam.com;1, smtp:*.fabrikam.com;1}',
  RequireTls: 'True',
}
const asked = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, exported('Get-InboundConnector', withoutProperties(inboundConnector({ ...partner, ...own }), ...hidden)))
const CERT = { RestrictDomainsToCertificate: 'True' }
const IP = { RestrictDomainsToIPAddresses: 'True' }

describe('who may send in the name of a partner', () => {
  it.each([
    ['no restriction', {}, [], 'fail', 'proof'],
    ['nothing at all', { RequireTls: 'False' }, [], 'fail', 'both'],
    ['certificate, without TLS', { ...CERT, RequireTls: 'False' }, [], 'fail', 'tls'],
    ['certificate', CERT, [], 'pass', undefined],
    ['addresses', IP, [], 'pass', undefined],
    ['disabled', { Enabled: 'False' }, [], 'pass', undefined],
    ['own servers', { ConnectorType: 'OnPremises' }, [], 'pass', undefined],
    ['for all', { SenderDomains: '{smtp:*;1}' }, [], 'pass', undefined],
    ['one flag not printed', {}, ['RestrictDomainsToCertificate'], 'not-assessed', undefined],
    ['the other flag decides', IP, ['RestrictDomainsToCertificate'], 'pass', undefined],
    ['TLS not printed', CERT, ['RequireTls'], 'not-assessed', undefined],
    ['TLS not printed, but no restriction', {}, ['RequireTls'], 'fail', 'proof'],
    ['senders not printed', {}, ['SenderDomains'], 'not-assessed', undefined],
  ] as const)('%s: %s', (_, own, hidden, state, lacks) => {
    const found = asked(own, ...hidden)
    expect([found.state, found.fails[0]?.params.lacks]).toEqual([state, lacks])
  })

  it.each([
    ['addresses', { ...IP, RequireTls: 'False' }, false],
    ['nothing', { RequireTls: 'False', TlsSenderCertificateName: 'mail.fabrikam.com' }, true],
  ])('restricted to %s: adds no second restriction', (_, own, byCertificate) => {
    const context = contextOf(exported('Get-InboundConnector', inboundConnector({ ...partner, ...own })))
    const [fail] = [...rule.check(context)]
    const change = fail?.state === 'fail' ? rule.fix([fail], context)?.steps[2]?.powershell : ''
    expect(change).toContain('-RequireTls $true')
    expect(change?.includes('-RestrictDomainsToCertificate')).toBe(byCertificate)
  })

  it.each([
    [{}, ['RestrictDomainsToCertificate', 'RestrictDomainsToIPAddresses', 'SenderDomains']],
    [{ ...CERT, RequireTls: 'False' }, ['RequireTls', 'SenderDomains']],
    [
      { RequireTls: 'False' },
      ['RequireTls', 'RestrictDomainsToCertificate', 'RestrictDomainsToIPAddresses', 'SenderDomains'],
    ],
  ] as const)('shows what is open: %j', (own, shown) =>
    expect(asked(own).fails[0]?.evidence.map((e) => e.property)).toEqual(shown))

  it('names the domain without its prefix', () =>
    expect(asked({}).fails[0]?.params).toMatchObject({ domain: 'fabrikam.com', domains: 2 }))
})

import { describe, expect, it } from 'vitest'
import { exported, inboundConnector, judge, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const lock = {
  ConnectorType: 'Partner',
  SenderDomains: '{smtp:*;1}',
  RequireTls: 'True',
  RestrictDomainsToCertificate: 'True',
}
const OPEN = { RestrictDomainsToCertificate: 'False' }
const asked = (own: Record<string, string>, mx: string | null, ...hidden: string[]) =>
  judge(
    rule,
    exported('Get-InboundConnector', withoutProperties(inboundConnector({ ...lock, ...own }), ...hidden)),
    mx === null ? {} : { mx },
  )

describe('a partner connector for everybody', () => {
  it.each([
    ['restricted, MX in the cloud', {}, 'exchange-online', [], 'fail', 'critical'],
    [
      'restricted by addresses',
      { ...OPEN, RestrictDomainsToIPAddresses: 'True' },
      'exchange-online',
      [],
      'fail',
      'critical',
    ],
    ['restricted, gateway', {}, 'gateway', [], 'pass', undefined],
    ['restricted, own servers', {}, 'on-premises', [], 'pass', undefined],
    ['restricted, MX unknown', {}, null, [], 'not-assessed', undefined],
    ['TLS alone', OPEN, null, [], 'fail', 'medium'],
    ['TLS alone, gateway', OPEN, 'gateway', [], 'fail', 'medium'],
    ['nothing', { ...OPEN, RequireTls: 'False' }, null, [], 'pass', undefined],
    ['disabled', { Enabled: 'False' }, 'exchange-online', [], 'pass', undefined],
    ['for a domain', { SenderDomains: '{smtp:a.example;1}' }, 'exchange-online', [], 'pass', undefined],
    ['own servers', { ConnectorType: 'OnPremises' }, 'exchange-online', [], 'pass', undefined],
    ['flag not printed', OPEN, 'exchange-online', ['RestrictDomainsToIPAddresses'], 'not-assessed', undefined],
    ['TLS not printed', OPEN, 'gateway', ['RequireTls'], 'not-assessed', undefined],
  ] as const)('%s', (_, own, mx, hidden, state, severity) => {
    const found = asked(own, mx, ...hidden)
    expect([found.state, found.fails[0]?.severity]).toEqual([state, severity])
  })

  it('asks for the MX where that alone is open', () =>
    expect(asked({}, null).missing).toEqual(['Resolve-DnsName -Type MX']))
})

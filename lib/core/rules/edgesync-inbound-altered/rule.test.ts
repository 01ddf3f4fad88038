import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  internetConnector,
  judge,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const inbound = (own: Record<string, string> = {}) =>
  internetConnector({
    Name: 'EdgeSync - Inbound to HQ',
    Identity: 'EdgeSync - Inbound to HQ',
    AddressSpaces: '{SMTP:--;1}',
    DNSRoutingEnabled: 'False',
    SmartHosts: '{--}',
    SmartHostAuthMechanism: 'ExchangeServer',
    SourceTransportServers: '{EDGE01}',
    ...own,
  })
const subscription = (Name: string, site: string) => ({
  Site: `contoso.local/Configuration/Sites/${site}`,
  Domain: 'contoso.com',
  Name,
  Identity: Name,
})
const subscribed = exported('Get-EdgeSubscription', subscription('EDGE01', 'HQ'))

describe('what the subscription sets', () => {
  it.each([
    [{}, 'pass', ''],
    [{ Enabled: 'False' }, 'fail', 'disabled'],
    [{ SmartHosts: '{ex01.contoso.local}' }, 'fail', 'smart-hosts'],
    [{ SmartHosts: '{--, ex01.contoso.local}' }, 'fail', 'smart-hosts'],
    [{ SmartHosts: '{}' }, 'fail', 'smart-hosts'],
    [{ DNSRoutingEnabled: 'True' }, 'fail', 'dns'],
    [{ SmartHostAuthMechanism: 'None' }, 'fail', 'mechanism'],
    [{ AddressSpaces: '{SMTP:*;100}' }, 'not-applicable', ''],
  ])('%j: %s %s', (own, state, key) => {
    const found = judge(rule, sendExport(inbound(own)))
    expect(found.state).toBe(state)
    const told = found.fails[0]?.conditions
      .filter((c) => c.value === 'yes')
      .map((c) => c.key)
      .join()
    expect(told ?? '').toBe(key)
  })

  it.each([
    'Enabled',
    'SmartHosts',
    'DNSRoutingEnabled',
    'SmartHostAuthMechanism',
    'AddressSpaces',
  ])('asks without %s', (name) =>
    expect(judge(rule, sendExport(withoutProperties(inbound(), name)))).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-SendConnector'],
    }))

  it('speaks of the Edges too', () =>
    expect(judge(rule, sendExport(inbound({ Enabled: 'False' }))).fails[0]).toMatchObject({
      params: { problem: 'disabled', properties: 'Enabled' },
      objects: [{ kind: 'sendConnector' }, { kind: 'server', id: 'EDGE01' }],
    }))

  it('says altered where it is enabled', () =>
    expect(judge(rule, sendExport(inbound({ DNSRoutingEnabled: 'True' }))).fails[0]?.params).toMatchObject({
      problem: 'altered',
      properties: 'DNSRoutingEnabled',
    }))
})

describe('no such connector', () => {
  const other = sendExport(internetConnector())
  it.each([
    ['a subscription', other + subscribed, 'fail', []],
    [
      'an Edge, subscriptions not supplied',
      other + exported('Get-ExchangeServer', exchangeServer('EDGE01', { ServerRole: 'Edge' })),
      'not-assessed',
      ['Get-EdgeSubscription'],
    ],
    ['no Edge', other, 'not-applicable', []],
    [
      'a named send connector only',
      exported('Get-SendConnector Internet', internetConnector()) + subscribed,
      'not-assessed',
      ['Get-SendConnector'],
    ],
    [
      'an Edge without a subscription',
      other +
        exported('Get-EdgeSubscription') +
        exported('Get-ExchangeServer', exchangeServer('EDGE01', { ServerRole: 'Edge' })),
      'not-applicable',
      [],
    ],
  ])('%s: %s', (_, text, state, missing) => expect(judge(rule, text)).toMatchObject({ state, missing }))

  it('is made for each site', () => {
    const text =
      other +
      exported(
        'Get-EdgeSubscription',
        subscription('EDGE01', 'HQ'),
        subscription('EDGE02', 'HQ'),
        subscription('EDGE03', 'Berlin'),
      )
    const [first] = judge(rule, text).fails
    const steps = first && rule.fix([first], { config: configFrom(text), asOf: new Date(), answers: {} })?.steps
    expect(steps?.[2]?.powershell.split('\n').map((l) => l.replace(/ -DNS.*/, ''))).toEqual([
      "New-SendConnector -Name 'EdgeSync - Inbound to HQ' -AddressSpaces 'SMTP:--;1' -SourceTransportServers 'EDGE01','EDGE02'",
      "New-SendConnector -Name 'EdgeSync - Inbound to Berlin' -AddressSpaces 'SMTP:--;1' -SourceTransportServers 'EDGE03'",
    ])
  })
})

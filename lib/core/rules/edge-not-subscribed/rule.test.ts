import { describe, expect, it } from 'vitest'
import {
  exchangeServer,
  exported,
  hybridConfiguration,
  internetConnector,
  judge,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const edge = exchangeServer('EDGE01', { ServerRole: 'Edge' })
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), edge)
// The prompt after it shows that the list is at its end.
const none = `${exported('Get-EdgeSubscription')}[PS] C:\\>\n`
const subscribed = (Name: string) =>
  exported('Get-EdgeSubscription', {
    Site: 'contoso.local/Configuration/Sites/HQ',
    Domain: 'contoso.com',
    Name,
    Identity: Name,
  })
const source = (name: string, own: Record<string, string> = {}) =>
  sendExport(sendConnector({ SourceTransportServers: `{${name}}`, ...own }))
const hybrid = (edges: string) =>
  hybridConfiguration({ EdgeTransportServers: edges, SendingTransportServers: '{}', ReceivingTransportServers: '{}' })

describe('a subscription', () => {
  it.each([
    ['its own', servers + subscribed('EDGE01'), 'pass'],
    ['by its full name', servers + subscribed('edge01.contoso.com'), 'pass'],
    ['of another Edge', servers + subscribed('EDGE02'), 'fail'],
    ['none', servers + none, 'fail'],
    ['not supplied', servers, 'not-assessed'],
    ['some of them', servers + exported('Get-EdgeSubscription EDGE02'), 'not-assessed'],
    ['no Edge', exported('Get-ExchangeServer', exchangeServer('EX01')) + none, 'not-applicable'],
    ['no list of servers', source('EX01') + none, 'not-assessed'],
    ['neither servers nor connectors', none, 'not-assessed'],
  ])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

  it('asks for the one and the other list', () => {
    expect(judge(rule, servers).missing).toEqual(['Get-EdgeSubscription'])
    expect(judge(rule, source('EX01') + none).missing).toEqual(['Get-ExchangeServer'])
    const roleless = exported('Get-ExchangeServer', withoutProperties(exchangeServer('X'), 'ServerRole'))
    expect(judge(rule, roleless + none)).toMatchObject({ state: 'not-assessed', missing: ['Get-ExchangeServer'] })
  })
})

describe('its level', () => {
  it.each([
    ['the hybrid configuration names it', hybrid('{EDGE01}'), 'high', 'yes'],
    ['it sends to Exchange Online', source('EDGE01'), 'high', 'yes'],
    ['it sends nothing', hybrid('{}') + source('EX01'), 'medium', 'no'],
    ['its connector is disabled', hybrid('{}') + source('EDGE01', { Enabled: 'False' }), 'medium', 'no'],
    ['nothing tells', '', 'medium', 'unknown'],
    ['only the connectors tell', source('EX01'), 'medium', 'unknown'],
    ['only the hybrid configuration tells', hybrid('{}'), 'medium', 'unknown'],
  ])('%s: %s', (_, text, severity, value) => {
    const [fail] = judge(rule, servers + none + text).fails
    expect([fail?.severity, fail?.conditions[1]?.value]).toEqual([severity, value])
    expect(fail?.couldRaise !== undefined).toBe(value === 'unknown')
  })

  it('finds an Edge by the connector that leads inside', () => {
    const inbound = internetConnector({
      Name: 'In',
      Identity: 'In',
      AddressSpaces: '{SMTP:--;1}',
      SourceTransportServers: '{EDGE07}',
    })
    expect(judge(rule, sendExport(inbound) + none).fails).toMatchObject([
      { objects: [{ kind: 'server', id: 'EDGE07' }] },
    ])
  })
})

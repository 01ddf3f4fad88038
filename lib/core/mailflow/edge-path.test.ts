import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  exchangeServer,
  exported,
  hybridConfiguration,
  internetConnector,
  sendConnector,
  sendExport,
} from '../testing/exports-text'
import { areSubscriptionsListed, edgesOf, hasEdgeSource, hybridEdges, isEdgeServer } from './edge-path'

const inbound = internetConnector({
  Name: 'In',
  Identity: 'In',
  AddressSpaces: '{SMTP:--;1}',
  SourceTransportServers: '{EDGE01}',
})
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EDGE02', { ServerRole: 'Edge' }))

describe('isEdgeServer', () => {
  const config = configFrom(sendExport(inbound, sendConnector()) + servers)
  it.each([
    ['EDGE01', 'yes'],
    ['edge02.contoso.com', 'yes'],
    ['EX01', 'no'],
    ['EX09', 'unknown'],
  ])('%s: %s', (name, expected) => expect(isEdgeServer(config, name)).toBe(expected))

  it('names each Edge once', () => expect(edgesOf(config)).toEqual(['EDGE02', 'EDGE01']))
})

describe('hasEdgeSource', () => {
  it.each([
    ['{EX01, EDGE02}', 'yes'],
    ['{EX01}', 'no'],
    ['{EX01, EX09}', 'unknown'],
    ['{EX01...}', 'unknown'],
    ['{EDGE02...}', 'yes'],
  ])('%s: %s', (SourceTransportServers, expected) => {
    const config = configFrom(sendExport(sendConnector({ SourceTransportServers })) + servers)
    expect(config.sendConnectors.map((s) => hasEdgeSource(config, s).value)).toEqual([expected])
  })
})

describe('hybridEdges', () => {
  const names = (text: string) => hybridEdges(configFrom(text)).map((e) => e.name)
  it('are those of the hybrid configuration, and sources of its connector', () => {
    expect(names(hybridConfiguration({ EdgeTransportServers: '{EDGE01}' }))).toEqual(['EDGE01'])
    const by = (own: Record<string, string>) =>
      names(servers + sendExport(sendConnector({ SourceTransportServers: '{EX01, EDGE02}', ...own })))
    expect(by({})).toEqual(['EDGE02'])
    expect(by({ Enabled: 'False' })).toEqual([])
    expect(by({ AddressSpaces: '{SMTP:*;1}', CloudServicesMailEnabled: 'False' })).toEqual([])
  })
  it('are named once', () =>
    expect(
      names(
        servers +
          hybridConfiguration({ EdgeTransportServers: '{edge02}' }) +
          sendExport(sendConnector({ SourceTransportServers: '{EDGE02}' })),
      ),
    ).toEqual(['edge02']))
})

describe('areSubscriptionsListed', () => {
  const row = { Site: 'HQ', Domain: 'contoso.com', Name: 'EDGE01', Identity: 'EDGE01' }
  const config = configFrom(exported('Get-EdgeSubscription', row))
  it.each([
    ['all', config, 'yes'],
    ['none', configFrom(servers), 'no'],
    ['one by name', configFrom(exported('Get-EdgeSubscription EDGE01', row)), 'unknown'],
    ['asked on an Edge', { ...config, exports: config.exports.map((b) => ({ ...b, side: 'edge' as const })) }, 'no'],
  ])('%s', (_, of, expected) => expect(areSubscriptionsListed(of)).toBe(expected))
})

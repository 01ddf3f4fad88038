import { describe, expect, it } from 'vitest'
import {
  exchangeServer,
  exported,
  internetConnector,
  judge,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const named = (Name: string, own: Record<string, string>) => internetConnector({ Name, Identity: Name, ...own })
const edge = (own: Record<string, string> = {}) =>
  named('EdgeSync - HQ to Internet', { AddressSpaces: '{SMTP:*;100}', SourceTransportServers: '{EDGE01}', ...own })
const own = (changed: Record<string, string> = {}) => named('Internet', changed)
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EDGE01', { ServerRole: 'Edge' }))

describe('beside the connector of the Edges', () => {
  it.each([
    [{}, 'fail'],
    [{ AddressSpaces: '{SMTP:*;99}' }, 'fail'],
    [{ AddressSpaces: '{SMTP:*;100}' }, 'pass'],
    [{ AddressSpaces: '{SMTP:partner.example;1}' }, 'pass'],
    [{ SourceTransportServers: '{EDGE01}' }, 'pass'],
    [{ SourceTransportServers: '{EDGE01, EX01}' }, 'fail'],
    [{ SourceTransportServers: '{EX09}' }, 'not-assessed'],
    [{ SourceTransportServers: '{EX01...}' }, 'fail'],
    [{ SourceTransportServers: '{EDGE01...}' }, 'not-assessed'],
    [{ Enabled: 'False' }, 'pass'],
  ])('%j: %s', (changed, state) => expect(judge(rule, sendExport(edge(), own(changed)) + servers).state).toBe(state))

  it('is likely, and of both connectors', () =>
    expect(judge(rule, sendExport(own(), edge()) + servers).fails).toMatchObject([
      {
        confidence: 'likely',
        severity: 'medium',
        key: 'internet | edgesync - hq to internet',
        objects: [{ id: 'Internet' }, { id: 'EdgeSync - HQ to Internet' }],
        params: { cost: 1, sources: 'EX01' },
      },
    ]))
})

describe('the connector of the Edges', () => {
  it.each([
    [{ Enabled: 'False' }, 'not-applicable'],
    [{ AddressSpaces: '{SMTP:*;10}' }, 'not-applicable'],
    [{ AddressSpaces: '{SMTP:partner.example;100}' }, 'not-applicable'],
    [{ SourceTransportServers: '{EDGE01, EX01}' }, 'not-applicable'],
    [{ SourceTransportServers: '{EDGE09}' }, 'not-assessed'],
  ])('%j: %s', (changed, state) => expect(judge(rule, sendExport(edge(changed), own()) + servers).state).toBe(state))

  it('is known by the connector that leads inside', () => {
    const inbound = named('In', { AddressSpaces: '{SMTP:--;1}', SourceTransportServers: '{EDGE01}' })
    const known = exported('Get-ExchangeServer', exchangeServer('EX01'))
    expect(judge(rule, sendExport(edge(), own(), inbound) + known).state).toBe('fail')
    expect(judge(rule, sendExport(edge(), own()) + known).state).toBe('not-assessed')
  })
})

it.each(['Enabled', 'AddressSpaces', 'SourceTransportServers'])('asks without %s', (name) =>
  expect(judge(rule, sendExport(edge(), withoutProperties(own(), name)) + servers)).toMatchObject({
    state: 'not-assessed',
    missing: expect.arrayContaining(['Get-SendConnector']),
  }))

it('passes only on a whole list', () => {
  expect(judge(rule, exported('Get-SendConnector Internet', own()) + servers)).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-SendConnector'],
  })
  expect(judge(rule, exported('Get-SendConnector Edge', edge()) + servers)).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-SendConnector'],
  })
})

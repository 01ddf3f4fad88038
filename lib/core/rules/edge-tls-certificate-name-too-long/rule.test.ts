import { expect, it } from 'vitest'
import {
  exchangeServer,
  exported,
  judge,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EDGE01', { ServerRole: 'Edge' }))
/** A name of exactly that length. */
const name = (length: number) => `<I>CN=Public CA<S>CN=${'m'.repeat(length - 21)}`
const one = (length: number, own: Record<string, string> = {}) =>
  sendConnector({ TlsCertificateName: name(length), SourceTransportServers: '{EDGE01}', ...own })

it.each([
  [256, {}, 'pass'],
  [257, {}, 'fail'],
  [257, { SourceTransportServers: '{EX01, EDGE01}' }, 'fail'],
  [257, { SourceTransportServers: '{EX01}' }, 'not-applicable'],
  [257, { Enabled: 'False' }, 'not-applicable'],
  [257, { SourceTransportServers: '{EX01...}' }, 'not-assessed'],
  [256, { SourceTransportServers: '{EX01...}' }, 'not-applicable'],
  [300, { TlsCertificateName: '' }, 'pass'],
])('%i characters, %j: %s', (length, own, state) =>
  expect(judge(rule, sendExport(one(length, own)) + servers).state).toBe(state))

it('counts every character', () => {
  expect(name(257).length).toBe(257)
  expect(judge(rule, sendExport(one(257)) + servers).fails).toMatchObject([
    { severity: 'high', params: { length: 257, limit: 256 } },
  ])
})

it.each(['TlsCertificateName', 'SourceTransportServers', 'Enabled'])('asks without %s', (hidden) =>
  expect(judge(rule, sendExport(withoutProperties(one(257), hidden)) + servers)).toMatchObject({
    state: 'not-assessed',
    missing: expect.arrayContaining(['Get-SendConnector']),
  }))

it('asks for the servers where nothing tells which of them is an Edge', () =>
  expect(judge(rule, sendExport(one(257)))).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-ExchangeServer', 'Get-SendConnector'],
  }))

import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  hybridConfiguration,
  judge,
  sendConnector,
  sendExport,
} from '../../testing/exports-text'
import { rule } from './rule'

const lists = (EdgeTransportServers: string, SendingTransportServers: string, ReceivingTransportServers: string) =>
  hybridConfiguration({ EdgeTransportServers, SendingTransportServers, ReceivingTransportServers })

it.each([
  ['{EDGE01}', '{EX01}', '{EX01}', 'fail'],
  ['{EDGE01}', '{EX01}', '{}', 'fail'],
  ['{EDGE01}', '{}', '{EX01}', 'fail'],
  ['{EDGE01}', '{}', '{}', 'pass'],
  ['{}', '{EX01}', '{EX01}', 'pass'],
  ['System.String[]', '{EX01}', '{}', 'not-assessed'],
  ['{EDGE01}', 'System.String[]', '{}', 'not-assessed'],
  ['{EDGE01}', 'System.String[]', '{EX01}', 'fail'],
  ['System.String[]', '{}', '{}', 'pass'],
])('%s, %s, %s: %s', (edges, sending, receiving, state) =>
  expect(judge(rule, lists(edges, sending, receiving)).state).toBe(state))

const change = (text: string) => {
  const [first] = judge(rule, text).fails
  const context = { config: configFrom(text), asOf: new Date(), answers: {} }
  return first && rule.fix([first], context)?.steps[2]?.powershell.split('\n').at(-1)
}
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EDGE01', { ServerRole: 'Edge' }))

it.each([
  ['{EX01}', 'Set-HybridConfiguration -EdgeTransportServers $null'],
  ['{EDGE01}', 'Set-HybridConfiguration -SendingTransportServers $null -ReceivingTransportServers $null'],
])('keeps the list of who sends: %s', (SourceTransportServers, expected) =>
  expect(
    change(lists('{EDGE01}', '{EX01}', '{EX01}') + servers + sendExport(sendConnector({ SourceTransportServers }))),
  ).toBe(expected))

it('names everybody once', () =>
  expect(judge(rule, lists('{EDGE01}', '{EX01}', '{EX01, EX02}')).fails[0]?.params).toEqual({
    edges: 'EDGE01',
    mailbox: 'EX01, EX02',
  }))

it('keeps the Edges where nobody knows who sends', () =>
  expect(change(lists('{EDGE01}', '{EX01}', '{EX01}'))).toBe(
    'Set-HybridConfiguration -SendingTransportServers $null -ReceivingTransportServers $null',
  ))

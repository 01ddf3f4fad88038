import { expect, it } from 'vitest'
import {
  contextOf,
  exchangeServer,
  exported,
  hybridConfiguration,
  receiveConnector,
  receiveExport,
} from '../testing/exports-text'
import { isExchangeOnlineAddress, ownerOfHost } from './smart-hosts'

const servers = exported('Get-ExchangeServer', exchangeServer('EX01'))
const receive = receiveExport(receiveConnector({ Fqdn: 'mail.contoso.com', Bindings: '{10.0.0.5:25}' }))
const hybrid = hybridConfiguration({ OnPremisesSmartHost: 'hybrid.contoso.com' })

it.each([
  ['contoso-com.mail.protection.outlook.com', '', {}, 'exchange-online'],
  ['[40.92.0.1]', '', {}, 'exchange-online'],
  ['--', '', {}, 'own'],
  ['ex01', servers, {}, 'own'],
  ['EX01.contoso.local.', servers, {}, 'own'],
  ['EX02.contoso.local', servers, {}, 'other'],
  ['mail.contoso.com', receive, {}, 'own'],
  ['[10.0.0.5]', receive, {}, 'own'],
  ['hybrid.contoso.com', hybrid, {}, 'own'],
  ['[10.0.0.9]', servers, { 'local-address:EX01': '10.0.0.9' }, 'own'],
  ['[10.0.0.9]', servers, { 'tag:10.0.0.9': 'load-balancer' }, 'own'],
  ['[10.0.0.9]', servers, { 'tag:10.0.0.9': 'gateway' }, 'other'],
  ['gateway.contoso.com', servers, {}, 'other'],
  ['[10.0.0.9]', servers, {}, 'other'],
] as const)('%s: %#', (host, text, answers, kind) => {
  expect(ownerOfHost(contextOf(text).config, host, answers).kind).toBe(kind)
})

it.each([
  ['gateway.contoso.com', servers, {}, true],
  ['gateway.contoso.com', '', {}, false],
  ['[10.0.0.9]', servers, {}, false],
  ['[10.0.0.9]', '', { 'tag:10.0.0.9': 'gateway' }, true],
])('%s is certainly no own server: %#', (host, text, answers, sure) => {
  expect(ownerOfHost(contextOf(text).config, host, answers as Record<string, string>)).toEqual({ kind: 'other', sure })
})

it.each([
  ['[104.47.1.1]', true],
  ['2a01:111:f400::1', true],
  ['10.0.0.1', false],
  ['mail.contoso.com', false],
])('%s is an address of Exchange Online: %s', (host, expected) => expect(isExchangeOnlineAddress(host)).toBe(expected))

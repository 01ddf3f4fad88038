import { expect, it } from 'vitest'
import { analyse } from '../../analyse'
import {
  contextOf,
  exported,
  hybridConfiguration,
  hybridConnector,
  inboundConnector,
  judge,
  outbound,
  outboundExports,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
} from '../../testing/exports-text'
import { rule as missing } from '../hybrid-send-connector-missing/rule'
import { rule } from './rule'

const internet = hybridConnector({ AddressSpaces: '{SMTP:*;1}', Name: 'Internet', Identity: 'Internet' })
const capable = { TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }
const parts = {
  send: [sendExport(hybridConnector()), sendExport(internet), shown('Get-SendConnector Internet | fl', [internet])],
  receive: [
    receiveExport(receiveConnector(capable)),
    receiveExport(receiveConnector()),
    receiveExport(receiveConnector()).replace(
      'Get-ReceiveConnector',
      'Get-ReceiveConnector "EX01\\Default Frontend EX01"',
    ),
  ],
  in: [
    exported('Get-InboundConnector', inboundConnector()),
    exported('Get-InboundConnector', inboundConnector({ ConnectorType: 'Partner' })),
    '',
  ],
  out: [outboundExports([outbound()]), outboundExports([outbound({ ConnectorType: 'Partner' })]), ''],
} as const
/** One letter each for send, receive, in, out: present, absent, unknown. */
const config = (letters: string, own: Record<string, string> = {}) =>
  `${hybridConfiguration(own)}${Object.values(parts)
    .map((texts, i) => texts['pau'.indexOf(letters[i] ?? 'u')])
    .join('')}`

it.each([
  ['pppp', 'pass'],
  ['appp', 'pass'],
  ['pppu', 'pass'],
  ['aapp', 'fail absent absent present present'],
  ['apap', 'fail absent present absent present'],
  ['ppaa', 'fail present present absent absent'],
  ['aaaa', 'fail absent absent absent absent'],
  ['aauu', 'fail absent absent unknown unknown'],
  ['uuaa', 'fail unknown unknown absent absent'],
  ['ppuu', 'Get-InboundConnector, Get-OutboundConnector'],
  ['ppau', 'Get-OutboundConnector'],
  ['uapp', 'Get-SendConnector'],
  ['aupp', 'Get-ReceiveConnector'],
  ['uuuu', 'Get-InboundConnector, Get-OutboundConnector, Get-ReceiveConnector, Get-SendConnector'],
])('%s: %s', (letters, expected) => {
  const { state, fails, missing } = judge(rule, config(letters))
  const [f] = fails
  const told = f && `fail ${f.params.send} ${f.params.receive} ${f.params.in} ${f.params.out}`
  expect(told ?? (state === 'not-assessed' ? missing.join(', ') : state)).toBe(expected)
  if (f) expect([f.severity, f.params.absent]).toEqual(['high', [...letters].filter((l) => l === 'a').length])
})

it('leaves open what was not exported', () => {
  const [f] = judge(rule, config('aauu')).fails
  expect(f?.conditions.map((c) => c.value)).toEqual(['yes', 'yes', 'yes', 'unknown', 'unknown'])
})

it('is content with one connector of each kind', () => {
  const others = `${hybridConfiguration()}${sendExport(internet, hybridConnector())}${receiveExport(receiveConnector({}, 'EX01', 'Relay'), receiveConnector(capable))}`
  const pairs = `${exported('Get-InboundConnector', inboundConnector({ ConnectorType: 'Partner', Name: 'P', Identity: 'P' }), inboundConnector())}`
  expect(judge(rule, `${others}${pairs}`).state).toBe('pass')
})

it('shows the feature', () => {
  expect(judge(rule, config('aapp')).fails[0]?.conditions[0]?.evidence?.property).toBe('Features')
})

it('asks for the design first', () => {
  expect(judge(rule, config('aaaa', { Features: '{FreeBusy}' })).state).toBe('not-applicable')
  expect(judge(rule, config('aaaa', { Features: 'System.Object[]' })).missing).toEqual(['Get-HybridConfiguration'])
})

it('counts what is disabled as missing, and an Edge that was not exported as unknown', () => {
  const off = `${hybridConfiguration()}${sendExport(hybridConnector({ Enabled: 'False' }))}${receiveExport(receiveConnector({ ...capable, Enabled: 'False' }))}`
  expect(judge(rule, off).state).toBe('fail')
  expect(judge(rule, config('aapp', { EdgeTransportServers: '{EDGE01}' })).missing).toEqual(['Get-ReceiveConnector'])
  const plain = `${hybridConfiguration()}${parts.send[1]}${parts.receive[0]}${parts.in[0]}${shown('Get-OutboundConnector | fl', [])}`
  expect(judge(rule, plain).missing).toEqual(['Get-OutboundConnector'])
})

it('takes what it explains, and leaves what it does not', () => {
  const led = (letters: string) => {
    const { findings } = analyse(contextOf(config(letters)), () => 'line', [rule, missing])
    return findings.find((f) => f.rule === missing.id)?.absorbedBy?.split('.')[0] ?? null
  }
  expect(led('aapp')).toBe(rule.id)
  const when = (of: string) => rule.absorbs.find((a) => a.rule === of)?.when
  const [lead] = judge(rule, config('apap')).fails
  if (!lead) throw new Error('did not fail')
  expect(rule.absorbs.filter((a) => when(a.rule)?.(lead, lead)).map((a) => a.rule)).toEqual([
    'hybrid-send-connector-missing',
    'exo-inbound-hybrid-missing',
  ])
  const [other] = judge(rule, config('papa')).fails
  if (!other) throw new Error('did not fail')
  expect(rule.absorbs.filter((a) => when(a.rule)?.(other, other)).map((a) => a.rule)).toEqual([
    'hybrid-receive-capability-missing',
    'exo-outbound-hybrid-missing',
    'exo-outbound-recipient-domain-gap',
  ])
})

import { expect, it } from 'vitest'
import {
  contextOf,
  exchangeServer,
  exported,
  hybridConfiguration,
  hybridConnector,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  withoutProperties,
} from '../testing/exports-text'
import { hybridSend } from './hybrid-connectors'
import { enabledAnd, failOfSend, onHybridSend, sendsFrom2010, toldBy } from './hybrid-send'
import { evidenceOf } from './receive-evidence'

const internet = hybridConnector({ AddressSpaces: '{SMTP:*;1}', Name: 'Internet', Identity: 'Internet' })
const whole = (name: string) => receiveExport(...['a', 'b'].map((n) => receiveConnector({}, name, n)))
const hybrid = receiveExport(
  receiveConnector({ TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }),
)
const says = (text: string, bad: 'yes' | 'no' | 'unknown' | null) =>
  [
    ...onHybridSend(contextOf(text).config, (s, applies) =>
      bad === null
        ? null
        : {
            bad,
            missing: { cmdlet: 'Other', side: 'on-premises', servers: [] },
            fail: () => failOfSend(s, applies, { severity: 'low', evidence: [], conditions: [] }),
          },
    ),
  ].map((v) => [v.state, ...(v.state === 'not-assessed' ? v.missing.map((m) => m.cmdlet) : [])].join(' '))

it.each([
  ['the connector to Exchange Online', sendExport(hybridConnector()), 'yes', ['fail']],
  ['one that is right', sendExport(hybridConnector()), 'no', ['pass']],
  ['one that is open', sendExport(hybridConnector()), 'unknown', ['not-assessed Other']],
  ['one that nothing is said of', sendExport(hybridConnector()), null, []],
  [
    'one that may be disabled',
    sendExport(withoutProperties(hybridConnector(), 'Enabled')),
    'no',
    ['not-assessed Get-SendConnector'],
  ],
  ['another one', `${sendExport(internet, hybridConnector())}`, 'no', ['pass']],
  ['no hybrid', `${sendExport(internet)}${whole('EX01')}`, 'yes', []],
  ['no list of receive connectors', sendExport(internet), 'yes', ['not-assessed Get-ReceiveConnector']],
  [
    'one named send connector',
    shown('Get-SendConnector Internet | fl', [internet]),
    'yes',
    ['not-assessed Get-SendConnector Get-ReceiveConnector'],
  ],
  ['a hybrid without its connector', `${sendExport(internet)}${hybrid}`, 'yes', []],
  [
    'a hybrid and one named send connector',
    `${shown('Get-SendConnector Internet | fl', [internet])}${hybrid}`,
    'yes',
    ['not-assessed Get-SendConnector'],
  ],
  [
    'a hybrid configuration that cannot be read',
    `${sendExport(internet)}${whole('EX01')}${hybridConfiguration({ Features: 'System.Object[]' })}`,
    'yes',
    ['not-assessed Get-HybridConfiguration'],
  ],
] as const)('%s', (_, text, bad, expected) => expect(says(text, bad)).toEqual(expected))

it.each([
  ['Version 14.3 (Build 123.4)', '{EX01}', true],
  ['Version 15.0 (Build 847.32)', '{EX01}', false],
  ['Version 14.3 (Build 123.4)', '{EX01, EX02}', false],
  ['Version 14.3 (Build 123.4)', '{}', false],
])('%s on EX01, sources %s: only Exchange 2010 %s', (AdminDisplayVersion, SourceTransportServers, expected) => {
  const servers = exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion }))
  const { config } = contextOf(`${sendExport(hybridConnector({ SourceTransportServers }))}${servers}`)
  expect(config.sendConnectors.map((s) => sendsFrom2010(config, s))).toEqual([expected])
})

it('shows a property for what it tells, and only then', () => {
  const [s] = contextOf(sendExport(hybridConnector())).config.sendConnectors
  if (!s) throw new Error('no connector was read')
  expect(toldBy('yes', s.requireTLS)).toMatchObject({ value: 'yes', evidence: { property: 'RequireTLS' } })
  expect(toldBy('no', s.requireTLS)).toEqual({ value: 'no' })
  expect(toldBy('yes', { state: 'missing', name: 'RequireTLS' })).toEqual({ value: 'yes' })
})

it('makes a failure that shows the fault first, then what makes the connector one to Exchange Online', () => {
  const [s] = contextOf(sendExport(hybridConnector())).config.sendConnectors
  if (!s) throw new Error('no connector was read')
  const fault = { severity: 'low', evidence: evidenceOf(s.requireTLS), conditions: [] } as const
  const fail = failOfSend(s, enabledAnd(s, hybridSend), fault)
  expect(fail.evidence.map((e) => e.property)).toEqual(['RequireTLS', 'Enabled', 'AddressSpaces'])
  expect(fail.conditions).toMatchObject([{ key: 'hybrid', value: 'yes', evidence: { property: 'AddressSpaces' } }])
  expect([fail.confidence, fail.key, fail.params.connector]).toEqual([
    'proven',
    'outbound to office 365',
    'Outbound to Office 365',
  ])
})

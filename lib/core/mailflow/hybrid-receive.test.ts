import { expect, it } from 'vitest'
import {
  contextOf,
  hybridConnector,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  withoutProperties,
} from '../testing/exports-text'
import { answersExchangeOnline, onHybridReceive, recognisesExchangeOnline } from './hybrid-receive'
import { refOf } from './object-ref'

const capable = (own: Record<string, string> = {}) =>
  receiveConnector({ TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}', ...own })
const internet = sendExport(hybridConnector({ AddressSpaces: '{SMTP:*;1}' }))
const whole = receiveExport(receiveConnector({}, 'EX01', 'a'), receiveConnector({}, 'EX01', 'b'))

it.each([
  [{}, 'yes', 'yes'],
  [{ Enabled: 'False' }, 'no', 'no'],
  [{ Bindings: '{0.0.0.0:2525}' }, 'yes', 'no'],
  [{ TlsDomainCapabilities: '{}' }, 'no', 'no'],
  [{ Bindings: 'System.Object[]' }, 'yes', 'unknown'],
])('%j recognises %s, answers %s', (own, recognises, answers) => {
  const [c] = contextOf(receiveExport(capable(own))).config.receiveConnectors
  expect(c && [recognisesExchangeOnline(c).value, answersExchangeOnline(c).value]).toEqual([recognises, answers])
})

const says = (text: string, bad: 'yes' | 'no' | 'unknown' | null) =>
  [
    ...onHybridReceive(contextOf(text).config, (c, applies) =>
      bad === null
        ? null
        : {
            bad,
            missing: { cmdlet: 'Other', side: 'on-premises', servers: [] },
            fail: () => ({
              ...{
                state: 'fail',
                key: '',
                side: c.side,
                severity: 'low',
                confidence: 'proven',
                proof: 'configuration',
              },
              ...{ exposure: 'cloud', objects: [refOf(c)], params: {}, conditions: [] },
              evidence: applies.evidence.slice(0, 1) as never,
            }),
          },
    ),
  ].map((v) => [v.state, ...(v.state === 'not-assessed' ? v.missing.map((m) => m.cmdlet) : [])].join(' '))

it.each([
  ['one that is wrong', receiveExport(capable()), 'yes', ['fail']],
  ['one that is right', receiveExport(capable()), 'no', ['pass']],
  ['one that is open', receiveExport(capable()), 'unknown', ['not-assessed Other']],
  ['one that nothing is said of', receiveExport(capable()), null, []],
  [
    'one that may be disabled',
    receiveExport(withoutProperties(capable(), 'Enabled')),
    'no',
    ['not-assessed Get-ReceiveConnector'],
  ],
  ['no hybrid', `${internet}${whole}`, 'yes', []],
  ['no list of send connectors', whole, 'yes', ['not-assessed Get-SendConnector']],
  ['a hybrid that receives nothing', `${sendExport(hybridConnector())}${whole}`, 'yes', []],
  [
    'a hybrid and one named connector',
    `${sendExport(hybridConnector())}${shown('Get-ReceiveConnector X | fl', [receiveConnector()])}`,
    'yes',
    ['not-assessed Get-ReceiveConnector'],
  ],
] as const)('%s', (_, text, bad, expected) => expect(says(text, bad)).toEqual(expected))

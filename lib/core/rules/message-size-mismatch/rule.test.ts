import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exported,
  internetConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  transportConfig,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const bytes = (n: number) => `${n} MB (${(n * 1048576).toLocaleString('en')} bytes)`
const out = (n: string, own: Own = {}) =>
  internetConnector({ AddressSpaces: '{SMTP:contoso.mail.onmicrosoft.com;1}', MaxMessageSize: n, ...own })
const into = (n: string, own: Own = {}) =>
  receiveConnector({
    TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}',
    MaxMessageSize: n,
    ...own,
  })
const limits = (send: string, receive = send) =>
  exported('Get-TransportConfig', transportConfig({ MaxSendSize: send, MaxReceiveSize: receive }))
const text = (send: Own, receive: Own, rest = '') => sendExport(send) + receiveExport(receive) + rest

it.each([
  [
    'the organisation',
    text(out(bytes(90)), into(bytes(90)), limits(bytes(101))),
    [
      ['Internet', 'organisation', 101],
      ['EX01\\Default Frontend EX01', 'organisation', 101],
    ],
  ],
  [
    'the smaller of its limits',
    text(out(bytes(80)), into(bytes(80)), limits(bytes(100), bytes(90))),
    [
      ['Internet', 'organisation', 90],
      ['EX01\\Default Frontend EX01', 'organisation', 90],
    ],
  ],
  ['the way in', text(out(bytes(35)), into(bytes(40)), limits(bytes(10))), [['Internet', 'connector', 40]]],
  [
    'the way out',
    text(out(bytes(40)), into(bytes(35)), limits(bytes(10))),
    [['EX01\\Default Frontend EX01', 'connector', 40]],
  ],
  [
    'the larger of both',
    text(out(bytes(10)), into(bytes(150)), limits(bytes(100))),
    [['Internet', 'organisation', 150]],
  ],
  ['no limit', text(out(bytes(35)), into('Unlimited'), limits(bytes(10))), [['Internet', 'connector', 8589934592]]],
])('is below %s', (_, exports, expected) => {
  const { fails } = judge(rule, exports)
  expect(fails.map((f) => [f.objects[0].id, f.params.compared, f.params.wanted])).toEqual(expected)
  expect(fails.every((f) => f.severity === 'low')).toBe(true)
})

it.each([
  ['what setup leaves', text(out(bytes(35)), into(bytes(36)), limits(bytes(36))), 'pass'],
  ['exactly a tenth less', text(out(bytes(90)), into(bytes(90)), limits(bytes(100))), 'pass'],
  ['less than one direction only', text(out(bytes(35)), into(bytes(36)), limits(bytes(100), bytes(36))), 'pass'],
  [
    'an organisation without limits, and none here',
    text(out('Unlimited'), into('Unlimited'), limits('Unlimited')),
    'pass',
  ],
  ['no hybrid connector', text(internetConnector(), receiveConnector(), limits(bytes(100))), 'not-applicable'],
  [
    'disabled ones',
    text(out(bytes(1), { Enabled: 'False' }), into(bytes(1), { Enabled: 'False' }), limits(bytes(100))),
    'not-applicable',
  ],
])('with %s: %s', (_, exports, state) => {
  expect(judge(rule, exports).state).toBe(state)
})

it.each([
  ['Get-TransportConfig', text(out(bytes(35)), into(bytes(36))), ['Get-TransportConfig']],
  [
    'one of its limits',
    text(
      out(bytes(35)),
      into(bytes(36)),
      exported(
        'Get-TransportConfig',
        withoutProperties(transportConfig({ MaxSendSize: bytes(100) }), 'MaxReceiveSize'),
      ),
    ),
    ['Get-TransportConfig'],
  ],
  [
    'its own size',
    text(withoutProperties(out(''), 'MaxMessageSize'), receiveConnector(), limits(bytes(36))),
    ['Get-SendConnector'],
  ],
  [
    'the size of the other',
    text(out(bytes(36)), withoutProperties(into(''), 'MaxMessageSize'), limits(bytes(36))),
    ['Get-ReceiveConnector'],
  ],
  [
    'its spaces',
    text(withoutProperties(out(bytes(36)), 'AddressSpaces'), receiveConnector(), limits(bytes(36))),
    ['Get-SendConnector'],
  ],
  [
    'whether it is enabled',
    text(withoutProperties(out(bytes(1)), 'Enabled'), receiveConnector(), limits(bytes(36))),
    ['Get-SendConnector'],
  ],
  [
    'the other connectors',
    shown('Get-SendConnector Internet | fl', [internetConnector()]) + receiveExport(receiveConnector()),
    ['Get-ReceiveConnector', 'Get-SendConnector'],
  ],
])('asks for %s', (_, exports, missing) =>
  expect(judge(rule, exports)).toMatchObject({ state: 'not-assessed', missing }))

it.each([
  [text(out(bytes(10)), into(bytes(36)), limits(bytes(36))), "-MaxMessageSize '37748736'"],
  [text(out(bytes(10)), into('Unlimited'), limits(bytes(5))), "-MaxMessageSize 'Unlimited'"],
])('%#: %s', (exports, parameter) => {
  const [first] = judge(rule, exports).fails
  const context = { config: configFrom(exports), asOf: new Date(), answers: {} }
  expect(first && rule.fix([first], context)?.steps[2]?.powershell).toContain(parameter)
})

import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  certificate,
  certificateExport,
  exported,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../testing/exports-text'
import { areOutboundListed, isListedWhole } from './listing'

const kinds = [
  ['Default', 'HubTransport'],
  ['Client Proxy', 'HubTransport'],
  ['Outbound Proxy Frontend', 'FrontendTransport'],
  ['Client Frontend', 'FrontendTransport'],
] as const
const five = (server: string) => [
  receiveConnector({}, server),
  ...kinds.map(([kind, TransportRole], i) =>
    receiveConnector({ Bindings: `{0.0.0.0:${2000 + i}}`, TransportRole }, server, `${kind} ${server}`),
  ),
]
const relays = [1, 2].map((n) => receiveConnector({ RemoteIPRanges: `{10.0.0.${n}}` }, 'EX01', `Relay ${n}`))
const withoutCommand = (text: string) => text.replace(/^\[PS\].*\n/, '')
const named = (text: string) =>
  text.replace('Get-ReceiveConnector', 'Get-ReceiveConnector "EX01\\Default Frontend EX01"')
const whole = (text: string, server = 'EX01') => isListedWhole(configFrom(text), 'receiveConnectors', server)

describe('receive connectors of a server', () => {
  it.each([
    ['listed by a command without a name', receiveExport(receiveConnector()), 'yes'],
    ['named', named(receiveExport(receiveConnector())), 'unknown'],
    ['five in a file without its command', withoutCommand(receiveExport(...five('EX01'))), 'yes'],
    [
      'five in a file without its command, where relays stand for what is gone',
      withoutCommand(receiveExport(...five('EX01').slice(2), ...relays, five('EX01')[0] ?? {})),
      'unknown',
    ],
    ['four in a file without its command', withoutCommand(receiveExport(...five('EX01').slice(0, 4))), 'unknown'],
    [
      'five without one on port 25',
      withoutCommand(receiveExport(...five('EX01').slice(1), ...five('EX01').slice(1, 2))),
      'unknown',
    ],
    ['of another server', receiveExport(receiveConnector({}, 'EX02')), 'no'],
    ['none', '', 'no'],
  ])('%s: %s', (_, text, expected) => expect(whole(text)).toBe(expected))

  it('does not take a file for whole that lacks a connector of which there is an access list', () => {
    const text = withoutCommand(receiveExport(...five('EX01')))
    const rows = (id: string) =>
      shown(`Get-ReceiveConnector "${id}" | Get-ADPermission | Format-List`, [
        {
          User: 'NT AUTHORITY\\SELF',
          Identity: id,
          Deny: 'False',
          IsInherited: 'False',
          ExtendedRights: '{Receive-As}',
        },
      ])
    const all = (id: string) =>
      isListedWhole(configFrom({ 'a.txt': text, 'b.txt': rows(id) }), 'receiveConnectors', 'EX01')
    expect(all('EX01\\Default EX01')).toBe('yes')
    expect(all('EX02\\Relay')).toBe('yes')
    expect(all('EX01\\Relay')).toBe('unknown')
    expect(
      isListedWhole(configFrom(receiveExport(...five('EX01')) + rows('EX01\\Relay')), 'receiveConnectors', 'EX01'),
    ).toBe('yes')
  })

  it('takes one for whole on an Edge, and two on Exchange 2010', () => {
    const edge = receiveConnector({}, 'EDGE01', 'Default internal receive connector EDGE01')
    expect(whole(withoutCommand(receiveExport(withoutProperties(edge, 'TransportRole'))), 'EDGE01')).toBe('yes')
    const all = { Guid: 'd2c6d5f0-5a3c-4bd9-8e6f-3f1f5f1d2a10', WhenChanged: '2026-11-02T10:00:00', IsValid: 'True' }
    const hub = [
      receiveConnector(all, 'EX10', 'Default EX10'),
      receiveConnector({ ...all, Bindings: '{0.0.0.0:587}' }, 'EX10', 'Client EX10'),
    ]
    const text = withoutCommand(receiveExport(...hub.map((c) => withoutProperties(c, 'TransportRole'))))
    expect(whole(text, 'EX10')).toBe('yes')
  })

  it('does not take a few columns that leave the role out for those of an older server', () => {
    const columns = ['Name', 'Identity', 'Bindings', 'RemoteIPRanges', 'PermissionGroups', 'AuthMechanism', 'Enabled']
    const few = receiveExport(...five('EX01').slice(0, 2))
      .split('\n')
      .filter((line) => !line.includes(' : ') || columns.includes(line.split(' ')[0] ?? ''))
      .join('\n')
    expect(whole(withoutCommand(few))).toBe('unknown')
  })

  it('is whole for the organisation when it is for every server', () => {
    const all = `${receiveExport(...five('EX01'))}${named(receiveExport(receiveConnector({}, 'EX02')))}`
    expect(isListedWhole(configFrom(receiveExport(...five('EX01'))), 'receiveConnectors')).toBe('yes')
    expect(
      isListedWhole(configFrom(all.replace(/^\[PS\] C:\\>Get-ReceiveConnector \|.*/m, '')), 'receiveConnectors'),
    ).toBe('unknown')
  })
})

it('trusts a command for everything else', () => {
  const send = sendExport(sendConnector())
  expect(isListedWhole(configFrom(send), 'sendConnectors')).toBe('yes')
  expect(isListedWhole(configFrom(withoutCommand(send)), 'sendConnectors')).toBe('unknown')
  expect(isListedWhole(configFrom(''), 'sendConnectors')).toBe('no')
  const certificates = configFrom(certificateExport('EX01', certificate()))
  expect(isListedWhole(certificates, 'certificates', 'EX01')).toBe('yes')
  expect(isListedWhole(certificates, 'certificates', 'EX02')).toBe('no')
})

it('does not take what an Edge shows for all send connectors, nor for all subscriptions', () => {
  const none = `${exported('Get-EdgeSubscription')}[PS] C:\\>\n`
  const config = configFrom(sendExport(sendConnector()) + none)
  const onEdge = { ...config, exports: config.exports.map((b) => ({ ...b, side: 'edge' as const })) }
  for (const collection of ['sendConnectors', 'edgeSubscriptions'] as const) {
    expect(isListedWhole(config, collection)).toBe('yes')
    expect(isListedWhole(onEdge, collection)).toBe('no')
  }
})

it('knows all outbound connectors by three exports: those in test mode and those of rules are shown only when asked for', () => {
  const part = (more: string) =>
    `[PS] C:\\>Get-OutboundConnector ${more}| fl\n\nName             : x${more}\nRecipientDomains : {*}\nTlsSettings      :\n\n`
  const [plain, test, rules] = [
    part(''),
    part('-IncludeTestModeConnectors $true '),
    part('-IsTransportRuleScoped $true '),
  ]
  expect(isListedWhole(configFrom(plain), 'outboundConnectors')).toBe('unknown')
  expect(areOutboundListed(configFrom(plain), ['plain'])).toBe('yes')
  expect(areOutboundListed(configFrom(test), ['plain'])).toBe('unknown')
  expect(isListedWhole(configFrom(plain + test), 'outboundConnectors')).toBe('unknown')
  expect(isListedWhole(configFrom(plain + test + rules), 'outboundConnectors')).toBe('yes')
  expect(areOutboundListed(configFrom(''))).toBe('no')
})

import { describe, expect, it } from 'vitest'
import {
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const OFF = { ProtocolLoggingLevel: 'None' }
const send = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, sendExport(withoutProperties(sendConnector({ ...OFF, ...own }), ...hidden)))
const said = (found: ReturnType<typeof send>) => [
  found.state,
  ...found.fails.map((f) => `${f.params.why} ${f.severity}`),
]

describe('send connectors', () => {
  it.each([
    ['to Exchange Online', {}, [], ['fail', 'hybrid info']],
    [
      'by smart host',
      { AddressSpaces: '{smtp:a.example;1}', SmartHosts: '{a.mail.protection.outlook.com}' },
      [],
      ['fail', 'hybrid info'],
    ],
    ['to the Internet', { AddressSpaces: '{SMTP:*;1}' }, [], ['fail', 'internet info']],
    ['to a partner', { AddressSpaces: '{SMTP:a.example;1}' }, [], ['pass']],
    ['logged', { ProtocolLoggingLevel: 'Verbose' }, [], ['pass']],
    ['disabled', { Enabled: 'False' }, [], ['pass']],
    ['level not printed', {}, ['ProtocolLoggingLevel'], ['not-assessed']],
    ['spaces not printed', {}, ['AddressSpaces', 'SmartHosts'], ['not-assessed']],
  ] as const)('%s', (_, own, hidden, expected) => expect(said(send(own, ...hidden))).toEqual(expected))
})

const HYBRID = { TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }
const SECURED = { AuthMechanism: 'Tls, ExternalAuthoritative', PermissionGroups: 'ExchangeServers' }
const relayRow = (right: string) =>
  shown('Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission | Format-List', [
    {
      Identity: 'EX01\\Relay',
      User: 'NT AUTHORITY\\ANONYMOUS LOGON',
      Deny: 'False',
      IsInherited: 'False',
      ExtendedRights: `{${right}}`,
    },
  ])
const receive = (own: Record<string, string>, list = '', ...hidden: string[]) =>
  judge(rule, receiveExport(withoutProperties(receiveConnector({ ...OFF, ...own }, 'EX01', 'Relay'), ...hidden)) + list)

describe('receive connectors', () => {
  it.each([
    ['relay', {}, relayRow('ms-Exch-SMTP-Accept-Any-Recipient'), ['fail', 'relay low']],
    ['no relay', {}, relayRow('ms-Exch-SMTP-Submit'), ['pass']],
    ['relay, logged', { ProtocolLoggingLevel: 'Verbose' }, relayRow('ms-Exch-SMTP-Accept-Any-Recipient'), ['pass']],
    ['trusted', SECURED, '', ['fail', 'relay low']],
    ['Exchange Online', HYBRID, relayRow('ms-Exch-SMTP-Submit'), ['fail', 'hybrid info']],
    ['list not there', {}, '', ['not-assessed']],
    ['list not there, logged', { ProtocolLoggingLevel: 'Verbose' }, '', ['pass']],
  ] as const)('%s', (_, own, list, expected) => expect(said(receive(own, list))).toEqual(expected))

  it('asks for the access list, or for the connector', () => {
    expect(receive({}).missing).toEqual(['Get-ADPermission'])
    expect(receive({}, '', 'ProtocolLoggingLevel').missing).toEqual(['Get-ReceiveConnector'])
  })

  it('is one finding for all', () =>
    expect(
      judge(
        rule,
        sendExport(sendConnector(OFF), sendConnector({ ...OFF, Identity: 'B', Name: 'B', AddressSpaces: '{*}' })),
      ).fails.map((f) => f.key),
    ).toEqual(['', '']))
})

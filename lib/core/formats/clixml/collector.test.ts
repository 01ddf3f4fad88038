import { expect, it } from 'vitest'
import { defaultLimits } from '../../limits'
import { readAll } from '../../read-all'
import { nothingSaid } from '../../reading'
import { makeZip } from '../../testing/make-zip'
import { printClixml } from '../../testing/print-clixml'
import { printList } from '../../testing/print-list'

const type = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.SmtpSendConnectorConfig'

/** ExchangeLogCollector writes each result twice, as CLIXML and as a list, in a folder of the organisation. */
const members = [
  {
    name: 'Organization_Config/Send_Connectors.xml',
    content: printClixml([
      {
        type,
        properties: {
          AddressSpaces: { list: ['SMTP:*;1', 'SMTP:contoso.com;5'] },
          SmartHosts: { list: [] },
          CloudServicesMailEnabled: true,
          Fqdn: null,
          Comment: '',
          TlsAuthLevel: { text: 'DomainValidation', number: 4 },
          MaxMessageSize: { text: '35 MB (36,700,160 bytes)' },
          ConnectionInactivityTimeOut: { text: '00:10:00' },
          SourceTransportServers: { list: ['EX01'] },
          Name: 'Internet',
          Identity: { text: 'Internet' },
          WhenChanged: { date: '2026-03-01T10:00:00+01:00' },
          WhenChangedUTC: { date: '2026-03-01T09:00:00Z' },
          Guid: 'a',
          IsValid: true,
        },
      },
    ]),
  },
  {
    name: 'Organization_Config/Send_Connectors.txt',
    content: `\ufeff${printList([
      [
        ['AddressSpaces', '{SMTP:*;1, SMTP:contoso.com;5}'],
        ['SmartHosts', '{}'],
        ['CloudServicesMailEnabled', 'True'],
        ['Fqdn', ''],
        ['Comment', ''],
        ['TlsAuthLevel', 'DomainValidation'],
        ['MaxMessageSize', '35 MB (36,700,160 bytes)'],
        ['ConnectionInactivityTimeOut', '00:10:00'],
        ['SourceTransportServers', '{EX01}'],
        ['Name', 'Internet'],
        ['Identity', 'Internet'],
        ['WhenChanged', '3/1/2026 10:00:00 AM'],
        ['WhenChangedUTC', '3/1/2026 9:00:00 AM'],
        ['Guid', 'a'],
        ['IsValid', 'True'],
      ],
    ])}`,
  },
]

it('the same objects as CLIXML and as a list are one, without contradiction', () => {
  const file = { name: 'EX01.zip', bytes: makeZip(members) }
  const { sources, config } = readAll([file], defaultLimits, nothingSaid, () => undefined)
  expect(sources.map((s) => s.status)).toEqual(['parsed', 'parsed', 'parsed'])
  expect(sources.flatMap((s) => s.notices).filter((n) => n.code === 'contradiction')).toEqual([])
  expect(config.sendConnectors.map((c) => [c.name, c.addressSpaces.state])).toEqual([['Internet', 'ok']])
})

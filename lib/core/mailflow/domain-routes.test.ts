import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  acceptedDomain,
  exchangeServer,
  exported,
  internetConnector,
  outbound,
  outboundExports,
  sendExport,
} from '../testing/exports-text'
import { leadsToCloud, leadsToServers, ownRoute } from './domain-routes'

const send = (AddressSpaces: string, own: Record<string, string> = {}) =>
  internetConnector({ AddressSpaces, Name: AddressSpaces, Identity: AddressSpaces, ...own })

describe('ownRoute', () => {
  it.each([
    ['{SMTP:sub.contoso.com;1}', 'sub.contoso.com', 'yes'],
    ['{SMTP:*.contoso.com;1}', 'sub.contoso.com', 'yes'],
    ['{SMTP:*.contoso.com;1}', 'contoso.com', 'yes'],
    ['{SMTP:*.sub.contoso.com;1}', 'contoso.com', 'no'],
    ['{SMTP:*.toso.com;1}', 'contoso.com', 'no'],
    ['{SMTP:*;1}', 'contoso.com', 'no'],
    ['{SMTP:contoso.com;1}', '*.contoso.com', 'no'],
    ['{SMTP:*.contoso.com;1}', '*.contoso.com', 'yes'],
    ['{SMTP:*.com;1}', '*.contoso.com', 'yes'],
    ['{X400:contoso.com;1}', 'contoso.com', 'no'],
    ['{SMTP:fabrikam.com;1...}', 'contoso.com', 'unknown'],
  ])('%s for %s: %s', (spaces, domain, expected) =>
    expect(ownRoute(configFrom(sendExport(send(spaces))), domain).value).toBe(expected))

  it('needs an enabled connector, and the whole list for a no', () => {
    expect(
      ownRoute(configFrom(sendExport(send('{SMTP:contoso.com;1}', { Enabled: 'False' }))), 'contoso.com').value,
    ).toBe('no')
    expect(ownRoute(configFrom(exported('Get-SendConnector X', send('{SMTP:*;1}'))), 'contoso.com').value).toBe(
      'unknown',
    )
    expect(
      ownRoute(configFrom(exported('Get-SendConnector X', send('{SMTP:contoso.com;1}'))), 'contoso.com').value,
    ).toBe('yes')
  })
})

const EOP = { SmartHosts: '{contoso-com.mail.protection.outlook.com}', DNSRoutingEnabled: 'False' }
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'))

describe('leadsToCloud', () => {
  const lead = (text: string, answers: Record<string, string> = {}) =>
    leadsToCloud(configFrom(text + servers), answers, 'contoso.com')
  it.each([
    ['a smart host of Exchange Online', sendExport(send('{SMTP:contoso.com;1}', EOP)), {}, 'yes'],
    ['another smart host', sendExport(send('{SMTP:contoso.com;1}', { SmartHosts: '{gw.contoso.com}' })), {}, 'no'],
    ['MX in the cloud', sendExport(send('{SMTP:*;1}')), { mx: 'exchange-online' }, 'yes'],
    ['MX here', sendExport(send('{SMTP:*;1}')), { mx: 'on-premises' }, 'no'],
    ['MX not told', sendExport(send('{SMTP:*;1}')), {}, 'unknown'],
    ['no connector for it', sendExport(send('{SMTP:fabrikam.com;1}', EOP)), {}, 'no'],
    ['only some connectors', exported('Get-SendConnector X', send('{SMTP:*;1}', EOP)), {}, 'unknown'],
    [
      'the closer space wins',
      sendExport(send('{SMTP:*;1}', EOP), send('{SMTP:contoso.com;1}', { SmartHosts: '{gw.contoso.com}' })),
      {},
      'no',
    ],
    [
      'one of two servers',
      sendExport(
        send('{SMTP:contoso.com;1}', { ...EOP, IsScopedConnector: 'True' }),
        send('{SMTP:*;1}', { SmartHosts: '{gw.contoso.com}' }),
      ),
      {},
      'yes',
    ],
  ])('%s: %s', (_, text, answers, expected) => expect(lead(text, answers).value).toBe(expected))

  it('asks for what is open, and shows what is not', () => {
    expect(lead(sendExport(send('{SMTP:*;1}'))).missing.map((m) => m.cmdlet)).toEqual(['Resolve-DnsName -Type MX'])
    expect(lead(sendExport(send('{SMTP:contoso.com;1}', EOP)))).toMatchObject({
      connector: '{SMTP:contoso.com;1}',
      because: [{ property: 'AddressSpaces' }, { property: 'SmartHosts' }],
    })
  })
})

describe('leadsToServers', () => {
  const accepted = exported('Get-AcceptedDomain', {
    ...acceptedDomain('contoso.com'),
    OriginatingServer: 'AM0PR01A0001.EURPR01A001.PROD.OUTLOOK.COM',
  })
  const lead = (own: Record<string, string>, answers: Record<string, string> = {}) =>
    leadsToServers(configFrom(outboundExports([outbound(own)]) + accepted), answers, 'contoso.com').value
  it.each([
    ['a smart host', {}, {}, 'yes'],
    ['all mail by the servers', { RecipientDomains: '{}', RouteAllMessagesViaOnPremises: 'True' }, {}, 'yes'],
    ['a partner', { ConnectorType: 'Partner' }, {}, 'no'],
    ['another domain', { RecipientDomains: '{fabrikam.com}' }, {}, 'no'],
    ['disabled', { Enabled: 'False' }, {}, 'no'],
    ['unreadable smart hosts', { SmartHosts: 'System.String[]' }, { mx: 'exchange-online' }, 'unknown'],
    ['MX here', { SmartHosts: '{}', UseMXRecord: 'True' }, { mx: 'on-premises' }, 'yes'],
    ['MX in the cloud', { SmartHosts: '{}', UseMXRecord: 'True' }, { mx: 'exchange-online' }, 'no'],
    ['MX not told', { SmartHosts: '{}', UseMXRecord: 'True' }, {}, 'unknown'],
  ])('%s', (_, own, answers, expected) => expect(lead(own, answers)).toBe(expected))

  it('is open without the connectors', () =>
    expect(leadsToServers(configFrom(accepted), {}, 'contoso.com')).toMatchObject({
      value: 'unknown',
      missing: [{ cmdlet: 'Get-OutboundConnector' }],
    }))
})

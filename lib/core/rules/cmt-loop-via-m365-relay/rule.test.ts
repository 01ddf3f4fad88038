import { describe, expect, it } from 'vitest'
import {
  acceptedDomain,
  certificate,
  certificateExport,
  contextOf,
  exported,
  inboundConnector,
  inCloud,
  judge,
  outbound,
  outboundExports,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const central = { RecipientDomains: '{*}', RouteAllMessagesViaOnPremises: 'True' }
const eop = '{contoso-com.mail.protection.outlook.com}'
const relay = (own: Record<string, string> = {}) =>
  sendConnector({
    AddressSpaces: '{SMTP:*;1}',
    SmartHosts: eop,
    CloudServicesMailEnabled: 'False',
    Name: 'Relay',
    Identity: 'Relay',
    ...own,
  })
const cloud = outboundExports([outbound(central)])
const accepted = exported('Get-AcceptedDomain', inCloud(acceptedDomain('contoso.com')))
const inward = (own: Record<string, string> = {}) => exported('Get-InboundConnector', inboundConnector(own))
const certs = certificateExport('EX01', certificate())
const found = (text: string) => {
  const { state, fails } = judge(rule, text)
  return [...fails.map((f) => f.severity), state][0]
}

describe('centralized transport beside a relay through Exchange Online', () => {
  it.each([
    ['both', {}, 'medium'],
    ['relay disabled', { Enabled: 'False' }, 'pass'],
    ['by DNS', { SmartHosts: '{}' }, 'pass'],
    ['by another host', { SmartHosts: '{192.0.2.25}' }, 'pass'],
    ['for the tenant alone', { AddressSpaces: '{smtp:contoso.mail.onmicrosoft.com;1}' }, 'pass'],
  ] as const)('%s: %s', (_, own, expected) => expect(found(`${cloud}${sendExport(relay(own))}`)).toBe(expected))

  it('does not apply without centralized transport, and needs to know', () => {
    const send = sendExport(relay())
    expect(found(`${outboundExports([outbound()])}${send}`)).toBe('not-applicable')
    const hidden = outboundExports([withoutProperties(outbound(central), 'RouteAllMessagesViaOnPremises')])
    expect(judge(rule, `${hidden}${send}`)).toMatchObject({ state: 'not-assessed', missing: ['Get-OutboundConnector'] })
    const cut = sendExport(withoutProperties(relay(), 'SmartHosts'))
    expect(judge(rule, `${cloud}${cut}`)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
    const named = shown('Get-SendConnector Other | Format-List', [relay({ SmartHosts: '{}' })])
    expect(judge(rule, `${cloud}${named}`)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
  })

  const all = (own: Record<string, string>, send = relay(), more = certs) =>
    `${cloud}${sendExport(send)}${accepted}${inward(own)}${more}`
  it.each([
    ['what comes back is recognised', all({}), 'medium', 'yes'],
    ['by another name', all({ TlsSenderCertificateName: '*.fabrikam.com' }), 'critical', 'no'],
    ['by a disabled connector', all({ Enabled: 'False' }), 'critical', 'no'],
    ['of a partner', all({ ConnectorType: 'Partner' }), 'critical', 'no'],
    [
      'certificates not supplied',
      all({ TlsSenderCertificateName: '*.fabrikam.com' }, relay(), ''),
      'medium',
      'unknown',
    ],
    [
      'no certificate named',
      all({ TlsSenderCertificateName: '*.fabrikam.com' }, relay({ TlsCertificateName: '' })),
      'medium',
      'unknown',
    ],
    [
      'one of two servers without its certificates',
      all({ TlsSenderCertificateName: '*.fabrikam.com' }, relay({ SourceTransportServers: '{EX01, EX02}' })),
      'critical',
      'no',
    ],
    ['one of two servers not known', all({}, relay({ SourceTransportServers: '{EX01, EX02}' })), 'medium', 'unknown'],
  ] as const)('%s: %s', (_, text, severity, home) => {
    const [fail] = judge(rule, text).fails
    expect([fail?.severity, fail?.params.home, fail?.confidence]).toEqual([severity, home, 'likely'])
    expect(fail?.couldRaise?.map((m) => m.cmdlet)).toEqual(
      home === 'unknown' ? ['Get-InboundConnector', 'Get-ExchangeCertificate'] : undefined,
    )
  })

  it('says unknown where the inbound connectors are not all there', () => {
    const named = exported(
      'Get-InboundConnector Other',
      inboundConnector({ TlsSenderCertificateName: '*.fabrikam.com' }),
    )
    const text = `${cloud}${sendExport(relay())}${accepted}${named}${certs}`
    expect(judge(rule, text).fails[0]?.params.home).toBe('unknown')
  })
})

it('takes from the connector what only Exchange Online can fulfil', () => {
  const change = (own: Record<string, string>) => {
    const text = `${cloud}${sendExport(relay(own))}`
    const [fail] = judge(rule, text).fails
    return fail && rule.fix([fail], contextOf(text))?.steps[2]?.powershell.split('\n').at(-1)
  }
  expect(change({})).toBe("Set-SendConnector -Identity 'Relay' -SmartHosts $null -DNSRoutingEnabled $true")
  const strict = { RequireTLS: 'True', TlsAuthLevel: 'DomainValidation', TlsDomain: 'mail.protection.outlook.com' }
  expect(change({ ...strict, CloudServicesMailEnabled: 'True' })).toBe(
    "Set-SendConnector -Identity 'Relay' -SmartHosts $null -DNSRoutingEnabled $true -RequireTLS $false -TlsAuthLevel $null -TlsDomain $null -CloudServicesMailEnabled $false",
  )
})

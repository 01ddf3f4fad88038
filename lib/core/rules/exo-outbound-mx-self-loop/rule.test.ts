import { describe, expect, it } from 'vitest'
import { analyse } from '../../analyse'
import {
  acceptedDomain,
  certificate,
  certificateExport,
  contextOf,
  exported,
  hybridConfiguration,
  inCloud,
  judge,
  outbound,
  outboundExports,
  receiveConnector,
  receiveExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule as drift } from '../exo-outbound-smart-host-drift/rule'
import { rule as mismatch } from '../exo-outbound-tls-domain-mismatch/rule'
import { rule } from './rule'

const cloud = { mx: 'exchange-online' }
const mx = { UseMXRecord: 'True', SmartHosts: '{}' }
const eop = { SmartHosts: '{a.contoso.com, contoso-com.mail.protection.outlook.com}' }
const asked = (own: Record<string, string>, answers: Record<string, string> = {}, more = '', ...hidden: string[]) =>
  judge(rule, `${outboundExports([withoutProperties(outbound(own), ...hidden)])}${more}`, answers)
const gateway = { 'tag:mail.contoso.com': 'gateway' }
const back = { 'gateway-next-hop': 'exchange-online' }
const domains = (...names: string[]) => exported('Get-AcceptedDomain', ...names.map((n) => inCloud(acceptedDomain(n))))

describe('the way back into Exchange Online', () => {
  it.each([
    ['own servers', {}, {}, 'pass'],
    ['a host of Exchange Online', eop, {}, 'host'],
    ['disabled', { ...eop, Enabled: 'False' }, {}, 'pass'],
    ['to a partner', { ...eop, ConnectorType: 'Partner' }, {}, 'pass'],
    ['in test mode', { ...eop, TestMode: 'True' }, {}, 'pass'],
    ['by MX, which nobody told', mx, {}, 'not-assessed'],
    ['by MX, Exchange Online', mx, cloud, 'mx'],
    ['by MX of this domain', mx, { 'mx:contoso.com': 'exchange-online' }, 'mx'],
    ['by MX of another domain', mx, { 'mx:fabrikam.com': 'exchange-online', mx: 'on-premises' }, 'pass'],
    ['by MX, own servers', mx, { mx: 'on-premises' }, 'pass'],
    ['by MX, a gateway', mx, { mx: 'gateway' }, 'not-assessed'],
    ['by MX, a gateway before Exchange Online', mx, { mx: 'gateway', ...back }, 'mx'],
    ['by MX, a gateway before the servers', mx, { mx: 'gateway', 'gateway-next-hop': 'on-premises' }, 'pass'],
    ['a gateway before Exchange Online', {}, { ...gateway, ...back }, 'gateway'],
    ['a gateway before the servers', {}, { ...gateway, 'gateway-next-hop': 'on-premises' }, 'pass'],
    ['a gateway that is another', {}, { 'tag:x.contoso.com': 'gateway', ...back }, 'pass'],
  ] as const)('%s: %s', (_, own, answers, expected) => {
    const { state, fails } = asked(own, answers)
    expect(fails[0]?.params.kind ?? state).toBe(expected)
    for (const f of fails)
      expect([f.severity, f.proof]).toEqual(['critical', expected === 'host' ? 'configuration' : 'inferred'])
  })

  it('is open where a property is missing', () => {
    expect(asked({}, {}, '', 'SmartHosts')).toMatchObject({ state: 'not-assessed', missing: ['Get-OutboundConnector'] })
    expect(asked({}, cloud, '', 'UseMXRecord').state).toBe('not-assessed')
    expect(asked(mx, {}).missing).toEqual(['Resolve-DnsName -Type MX'])
  })

  it('asks for the domains where the connector is for all of them', () => {
    const all = { ...mx, RecipientDomains: '{}', AllAcceptedDomains: 'True' }
    const b = { mx: 'on-premises', 'mx:b.com': 'exchange-online' }
    expect(asked(all, b, domains('a.com', 'b.com')).fails[0]?.params.name).toBe('b.com')
    expect(asked(all, { mx: 'on-premises' }, domains('a.com', 'b.com')).state).toBe('pass')
    expect(asked(all, b).state).toBe('not-assessed')
    expect(asked(all, { mx: 'on-premises' }).state).toBe('pass')
    const star = { ...mx, RecipientDomains: '{*}' }
    expect(asked(star, cloud, domains('contoso.onmicrosoft.com', 'contoso.mail.onmicrosoft.com')).state).toBe('pass')
    expect(asked(star, cloud, domains('a.com')).state).toBe('fail')
    expect(asked(mx, cloud, domains('a.com')).state).toBe('pass') // contoso.com is none of its own
  })

  it('asks for the servers only where nothing names them', () => {
    const fixOf = (text: string) => {
      const [fail] = judge(rule, text).fails
      return fail && rule.fix([fail], contextOf(text))
    }
    expect(fixOf(outboundExports([outbound(eop)]))?.placeholders.length).toBe(1)
    const hybrid = hybridConfiguration({ OnPremisesSmartHost: 'mail.contoso.com' })
    expect(fixOf(`${outboundExports([outbound(eop)])}${hybrid}`)?.steps[2]?.powershell).toContain(
      "-UseMXRecord $false -SmartHosts 'mail.contoso.com'",
    )
  })
})

it('leads what else is wrong with the same connector, and not with another', () => {
  const hybrid = hybridConfiguration({ OnPremisesSmartHost: 'mail.contoso.com' })
  const receive = receiveExport(receiveConnector({ TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.contoso.com' }))
  const certs = certificateExport('EX01', certificate())
  const leads = (...connectors: Record<string, string>[]) => {
    const text = `${hybrid}${outboundExports(connectors.map((c) => outbound(c)))}${receive}${certs}`
    const { findings } = analyse(contextOf(text), () => 'line', [rule, drift, mismatch])
    return findings.filter((f) => f.rule !== rule.id).map((f) => `${f.rule}: ${f.absorbedBy?.split('.')[0] ?? 'own'}`)
  }
  const loop = { SmartHosts: '{contoso-com.mail.protection.outlook.com}', TlsDomain: 'x.contoso.com' }
  expect(leads(loop).sort()).toEqual([
    'exo-outbound-smart-host-drift: exo-outbound-mx-self-loop',
    'exo-outbound-tls-domain-mismatch: exo-outbound-mx-self-loop',
  ])
  const beside = { TlsDomain: 'x.contoso.com', Name: 'B', Identity: 'B' }
  expect(leads({ ...loop, ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }, beside)).toEqual([
    'exo-outbound-tls-domain-mismatch: own',
  ])
})

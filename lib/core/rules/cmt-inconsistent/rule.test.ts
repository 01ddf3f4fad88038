import { describe, expect, it } from 'vitest'
import { analyse } from '../../analyse'
import {
  acceptedDomain,
  contextOf,
  exported,
  hybridConfiguration,
  inCloud,
  judge,
  outbound,
  outboundExports,
  withoutProperties,
} from '../../testing/exports-text'
import { rule as overlap } from '../exo-outbound-overlap/rule'
import { rule as gap } from '../exo-outbound-recipient-domain-gap/rule'
import { rule } from './rule'

const hc = (...features: string[]) =>
  hybridConfiguration({ Features: `{SecureMail${features.map((f) => `, ${f}`).join('')}}`, Domains: '{contoso.com}' })
const [plain, asked] = [hc(), hc('CentralizedTransport')]
const all = { RecipientDomains: '{*}' }
const route = { RouteAllMessagesViaOnPremises: 'True' }
const central = { ...all, ...route }
const found = (text: string) => {
  const { state, fails } = judge(rule, text)
  return [...fails.map((f) => `${f.severity} ${f.params.kind}`), state][0]
}
const one = (own: Record<string, string>, ...hidden: string[]) =>
  outboundExports([withoutProperties(outbound(own), ...hidden)])

describe('centralized transport on both sides', () => {
  it.each([
    ['on', asked, central, 'pass'],
    ['on, as the cmdlet spells it', hc('Centralized'), central, 'pass'],
    ['off', plain, {}, 'pass'],
    ['route all, for some', asked, route, 'high notforall'],
    ['all without the route', asked, all, 'high notcentral'],
    ['all without the route, nobody asked', '', all, 'high notcentral'],
    ['only in the cloud', plain, central, 'medium onlycloud'],
    ['only on the servers', asked, {}, 'medium onlyservers'],
    ['only on the servers: test mode', asked, { ...central, TestMode: 'True' }, 'medium onlyservers'],
    ['only on the servers: for rules', asked, { ...central, IsTransportRuleScoped: 'True' }, 'medium onlyservers'],
    ['disabled', plain, { ...all, Enabled: 'False' }, 'pass'],
    ['of a partner', plain, { ...all, ConnectorType: 'Partner' }, 'pass'],
    ['on, nobody tells what is wanted', '', central, 'not-assessed'],
    ['features not printed', hybridConfiguration({ Features: 'System.String[]' }), central, 'not-assessed'],
  ] as const)('%s: %s', (_, wanted, own, expected) => expect(found(`${wanted}${one(own)}`)).toBe(expected))

  it.each([
    'TestMode',
    'IsTransportRuleScoped',
    'RecipientDomains',
    'RouteAllMessagesViaOnPremises',
    'ConnectorType',
  ])('is open without %s', (name) =>
    expect(judge(rule, `${asked}${one(central, name)}`)).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-OutboundConnector'],
    }))

  it('does not apply where there is neither', () => {
    expect(found(outboundExports())).toBe('not-applicable')
    const named = exported('Get-OutboundConnector Partner', outbound({ ConnectorType: 'Partner' }))
    expect(found(named)).toBe('not-assessed')
    expect(found(`${plain}${named}`)).toBe('not-assessed')
    expect(judge(rule, `${asked}${one(all)}`).fails[0]?.confidence).toBe('likely')
  })
})

it('sets what the hybrid configuration wants', () => {
  const change = (text: string) => {
    const [fail] = judge(rule, text).fails
    return fail && rule.fix([fail], contextOf(text))?.steps[2]?.powershell.split('\n').at(-1)
  }
  const set = "Set-OutboundConnector -Identity 'Outbound to contoso' -RouteAllMessagesViaOnPremises"
  expect(change(`${asked}${one(route)}`)).toBe(`${set} $true -RecipientDomains '*'`)
  expect(change(`${plain}${one(route)}`)).toBe(`${set} $false`)
  expect(change(`${plain}${one(all)}`)).toBe(`${set} $false -RecipientDomains 'contoso.com'`)
  expect(change(one(all))).toBe(`${set} $false -RecipientDomains <shared-domains>`)
  expect(change(`${plain}${one(central)}`)).toBe("Set-HybridConfiguration -Features 'SecureMail','Centralized'")
  expect(change(`${asked}${one({})}`)).toBe("Set-HybridConfiguration -Features 'SecureMail'")
})

it('leads what follows from it, and nothing of partners', () => {
  const leads = (text: string) => {
    const { findings } = analyse(contextOf(text), () => 'line', [rule, gap, overlap])
    return findings
      .filter((f) => f.rule !== rule.id)
      .map((f) => `${f.rule} of ${f.objects[0]?.id}: ${f.absorbedBy?.split('.')[0] ?? 'own'}`)
      .sort()
  }
  const accepted = exported('Get-AcceptedDomain', inCloud(acceptedDomain('contoso.com')))
  expect(leads(`${asked}${accepted}${one({ RecipientDomains: '{}' })}`)).toEqual([
    'exo-outbound-recipient-domain-gap of contoso.com: cmt-inconsistent',
  ])
  const named = (name: string, own: Record<string, string>) => outbound({ ...own, Name: name, Identity: name })
  const partner = { ConnectorType: 'Partner', RecipientDomains: '{fabrikam.com}' }
  const several = [
    named('A', all),
    named('B', { ...all, ConnectorType: 'Partner' }),
    named('C', partner),
    named('D', partner),
  ]
  expect(leads(outboundExports(several))).toEqual([
    'exo-outbound-overlap of A: cmt-inconsistent',
    'exo-outbound-overlap of C: own',
  ])
})

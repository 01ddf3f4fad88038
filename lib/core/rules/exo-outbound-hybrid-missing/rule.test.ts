import { describe, expect, it } from 'vitest'
import { analyse } from '../../analyse'
import {
  acceptedDomain,
  contextOf,
  exported,
  hybridConfiguration,
  inboundConnector,
  inCloud,
  judge,
  outbound,
  outboundExports,
  receiveConnector,
  receiveExport,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule as testMode } from '../exo-outbound-test-mode/rule'
import { rule } from './rule'

const hybrid = hybridConfiguration({ Domains: '{contoso.com, autod:fabrikam.com}' })
const inbound = exported('Get-InboundConnector', inboundConnector())
const partner = outbound({ ConnectorType: 'Partner' })
const found = (text: string) => {
  const { state, fails } = judge(rule, text)
  return [...fails.map((f) => `${f.severity} ${f.params.kind}`), state][0]
}

describe('the way from the cloud to the servers', () => {
  it.each([
    ['there', {}, [], 'pass'],
    ['for the other shared domain', { RecipientDomains: '{fabrikam.com}' }, [], 'pass'],
    ['for a foreign domain', { RecipientDomains: '{tailspintoys.com}' }, [], 'high none'],
    ['for everything', { RecipientDomains: '{*}' }, [], 'pass'],
    ['by hand', { ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }, [], 'pass'],
    ['for rules', { IsTransportRuleScoped: 'True', RecipientDomains: '{}' }, [], 'pass'],
    ['disabled', { Enabled: 'False' }, [], 'high disabled'],
    ['disabled, for a foreign domain', { Enabled: 'False', RecipientDomains: '{a.example}' }, [], 'high none'],
    ['in test mode', { TestMode: 'True' }, [], 'high test'],
    ['disabled and in test mode', { TestMode: 'True', Enabled: 'False' }, [], 'high disabled'],
    ['to a partner', { ConnectorType: 'Partner' }, [], 'high none'],
    ['mode not printed', {}, ['TestMode'], 'not-assessed'],
    ['domains not printed', {}, ['RecipientDomains'], 'not-assessed'],
    ['type not printed', {}, ['ConnectorType'], 'not-assessed'],
  ] as const)('%s: %s', (_, own, hidden, expected) =>
    expect(found(`${hybrid}${outboundExports([withoutProperties(outbound(own), ...hidden)])}`)).toBe(expected))

  it('is about shared domains that Exchange Online accepts', () => {
    const domains = exported('Get-AcceptedDomain', inCloud(acceptedDomain('fabrikam.com')))
    expect(found(`${hybrid}${domains}${outboundExports([outbound()])}`)).toBe('high none')
    expect(found(`${hybrid}${domains}${outboundExports([outbound({ RecipientDomains: '{fabrikam.com}' })])}`)).toBe(
      'pass',
    )
    const all = outbound({ RecipientDomains: '{}', AllAcceptedDomains: 'True' })
    expect(found(`${hybrid}${domains}${outboundExports([all])}`)).toBe('pass')
  })

  it('takes any domain where nobody says what is shared', () => {
    expect(found(`${inbound}${outboundExports([outbound()])}`)).toBe('pass')
    expect(found(`${inbound}${outboundExports([outbound({ RecipientDomains: '{}' })])}`)).toBe('high none')
    expect(found(`${inbound}${outboundExports([partner])}`)).toBe('high none')
  })

  it('calls nothing missing that an export may hide', () => {
    const plain = exported('Get-OutboundConnector', partner)
    expect(judge(rule, `${hybrid}${plain}`)).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-OutboundConnector'],
    })
    expect(found(`${hybrid}${exported('Get-OutboundConnector', outbound())}`)).toBe('pass')
  })

  it('applies where mail is meant to flow', () => {
    const minimal = hybridConfiguration({ Features: '{FreeBusy}' })
    const connectors = outboundExports([partner])
    expect(judge(rule, connectors)).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-HybridConfiguration', 'Get-InboundConnector'],
    })
    expect(found(`${minimal}${connectors}`)).toBe('not-assessed')
    const other = exported('Get-InboundConnector', inboundConnector({ ConnectorType: 'Partner' }))
    expect(found(`${minimal}${other}${connectors}`)).toBe('not-applicable')
    expect(found(`${other}${connectors}`)).toBe('not-assessed')
    expect(found(`${receiveExport(receiveConnector())}${minimal}${sendExport()}${connectors}`)).toBe('not-applicable')
  })
})

it('goes under the test mode of the connector', () => {
  const context = contextOf(`${hybrid}${outboundExports([], [outbound({ TestMode: 'True' })])}`)
  const { findings } = analyse(context, () => 'line', [rule, testMode])
  expect(findings.map((f) => [f.rule, f.absorbedBy?.split('.')[0] ?? null]).sort()).toEqual([
    ['exo-outbound-hybrid-missing', 'exo-outbound-test-mode'],
    ['exo-outbound-test-mode', null],
  ])
})

it('enables what is there, and asks only for what nothing tells', () => {
  const fixFor = (text: string) => {
    const [fail] = judge(rule, text).fails
    return fail && rule.fix([fail], contextOf(text))
  }
  expect(fixFor(`${hybrid}${outboundExports([outbound({ Enabled: 'False' })])}`)?.steps[2]?.powershell).toContain(
    '-Enabled $true',
  )
  expect(fixFor(`${hybrid}${outboundExports([], [outbound({ TestMode: 'True' })])}`)?.steps[2]?.powershell).toContain(
    '-TestMode $false',
  )
  expect(fixFor(`${hybrid}${outboundExports([partner])}`)?.placeholders.map((p) => p.name)).toEqual([
    'on-premises-smart-host',
    'tls-domain',
  ])
  expect(fixFor(`${inbound}${outboundExports([partner])}`)?.placeholders.map((p) => p.name)).toEqual([
    'shared-domains',
    'on-premises-smart-host',
  ])
})

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
  withoutProperties,
} from '../../testing/exports-text'
import { rule as hybridMissing } from '../exo-outbound-hybrid-missing/rule'
import { rule as testMode } from '../exo-outbound-test-mode/rule'
import { rule } from './rule'

const hybrid = hybridConfiguration({ Domains: '{contoso.com, fabrikam.com}' })
const domains = (...names: string[]) => exported('Get-AcceptedDomain', ...names.map((n) => inCloud(acceptedDomain(n))))
const both = domains('contoso.com', 'fabrikam.com', 'eu.tailspin.com')
const text = (own: Record<string, string>, accepted = both, ...hidden: string[]) =>
  `${hybrid}${accepted}${outboundExports([withoutProperties(outbound(own), ...hidden)])}`
const found = (t: string) => {
  const { state, fails } = judge(rule, t)
  return fails.length > 0 ? fails.map((f) => `${f.severity} ${f.key}`).join() : state
}
const two = { RecipientDomains: '{contoso.com, fabrikam.com}' }

describe('shared domains on the connector', () => {
  it.each([
    ['all', two, [], 'pass'],
    ['one missing', {}, [], 'high fabrikam.com'],
    ['all by AllAcceptedDomains', { AllAcceptedDomains: 'True', RecipientDomains: '{}' }, [], 'pass'],
    ['everything', { RecipientDomains: '{*}' }, [], 'pass'],
    ['with centralized transport', { RouteAllMessagesViaOnPremises: 'True' }, [], 'pass'],
    ['in test mode', { ...two, TestMode: 'True' }, [], 'high contoso.com,high fabrikam.com'],
    ['disabled', { ...two, Enabled: 'False' }, [], 'high contoso.com,high fabrikam.com'],
    ['an entry of nobody', { RecipientDomains: '{contoso.com, fabrikam.com, old.example}' }, [], 'low old.example'],
    [
      'a wildcard of nobody',
      { RecipientDomains: '{contoso.com, fabrikam.com, *.old.example}' },
      [],
      'low *.old.example',
    ],
    ['a wildcard above an own one', { RecipientDomains: '{contoso.com, fabrikam.com, *.tailspin.com}' }, [], 'pass'],
    ['a wildcard of an own one', { RecipientDomains: '{contoso.com, fabrikam.com, *.contoso.com}' }, [], 'pass'],
    ['domains not printed', {}, ['RecipientDomains'], 'not-assessed'],
    ['cut', { RecipientDomains: '{contoso.com, fabrikam.com, eu.tailspin.com, fabrikam.com...}' }, [], 'not-assessed'],
    ['mode not printed', two, ['TestMode'], 'not-assessed'],
    ['transport not printed', {}, ['RouteAllMessagesViaOnPremises'], 'not-assessed'],
  ] as const)('%s: %s', (_, own, hidden, expected) => expect(found(text(own, both, ...hidden))).toBe(expected))

  it('asks for no connector where the wizard set up none', () => {
    const nothing = outboundExports([])
    const minimal = hybridConfiguration({ Domains: '{contoso.com}', Features: '{FreeBusy, MoveMailbox}' })
    const none = `${exported('Get-InboundConnector')}${domains('contoso.com')}${nothing}`
    expect(found(`${minimal}${none}`)).toBe('not-applicable')
    expect(found(`${hybridConfiguration({ Domains: '{contoso.com}' })}${none}`)).toBe('high contoso.com')
    expect(judge(rule, `${minimal}${domains('contoso.com')}${nothing}`)).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-InboundConnector'],
    })
    expect(
      found(`${minimal}${exported('Get-InboundConnector', inboundConnector())}${domains('contoso.com')}${nothing}`),
    ).toBe('high contoso.com')
  })

  it('leaves what only one side knows to another rule, and asks for the other side', () => {
    expect(found(text({}, domains('contoso.com')))).toBe('pass')
    expect(judge(rule, text({}, exported('Get-AcceptedDomain', acceptedDomain('contoso.com'))))).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-AcceptedDomain'],
    })
    const named = exported('Get-AcceptedDomain contoso.com', inCloud(acceptedDomain('contoso.com')))
    expect(judge(rule, text(two, named)).missing).toEqual(['Get-AcceptedDomain'])
  })

  it('calls nothing missing that an export may hide, and reads the whole list of the wizard', () => {
    const connector = exported('Get-OutboundConnector Outbound', outbound())
    expect(judge(rule, `${hybrid}${both}${connector}`).missing).toEqual(['Get-OutboundConnector'])
    const cut = hybridConfiguration({ Domains: '{contoso.com, fabrikam.com, contoso.com, contoso.com...}' })
    const rest = `${both}${outboundExports([outbound(two)])}`
    expect(judge(rule, `${cut}${rest}`)).toMatchObject({ state: 'not-assessed', missing: ['Get-HybridConfiguration'] })
  })
})

it('counts every connector, and needs no whole listing where all is covered', () => {
  const second = outbound({ RecipientDomains: '{fabrikam.com}', Name: 'B', Identity: 'B' })
  expect(found(`${hybrid}${both}${outboundExports([outbound(), second])}`)).toBe('pass')
  expect(found(`${hybrid}${both}${exported('Get-OutboundConnector Outbound', outbound(two))}`)).toBe('pass')
})

it('adds the domain to the list that was found, or takes the entry out', () => {
  const change = (own: Record<string, string>) => {
    const context = contextOf(text(own))
    const [fail] = judge(rule, text(own)).fails
    return fail && rule.fix([fail], context)?.steps[2]?.powershell.split('\n').at(-1)
  }
  const set = "Set-OutboundConnector -Identity 'Outbound to contoso' -RecipientDomains"
  expect(change({})).toBe(`${set} 'contoso.com','fabrikam.com'`)
  expect(change({ RecipientDomains: '{contoso.com, fabrikam.com, OLD.example}' })).toBe(
    `${set} 'contoso.com','fabrikam.com'`,
  )
  expect(change({ RecipientDomains: '{contoso.com, fabrikam.com, old.example, contoso.com...}' })).toBe(
    `${set} <recipient-domains>`,
  )
})

it('adds all that is missing at once: no command undoes what another one added', () => {
  const more = hybridConfiguration({ Domains: '{contoso.com, fabrikam.com, eu.tailspin.com}' })
  const t = `${more}${both}${outboundExports([outbound({ RecipientDomains: '{contoso.com, old.example}' })])}`
  const changes = judge(rule, t).fails.map((f) => rule.fix([f], contextOf(t))?.steps[2]?.powershell.split('\n').at(-1))
  const set = "Set-OutboundConnector -Identity 'Outbound to contoso' -RecipientDomains"
  const added = `${set} 'contoso.com','old.example','fabrikam.com','eu.tailspin.com'`
  expect(changes).toEqual([added, added, `${set} 'contoso.com','fabrikam.com','eu.tailspin.com'`])
})

it('goes under its cause: no connector at all, or one in test mode', () => {
  const leads = (t: string) => {
    const { findings } = analyse(contextOf(t), () => 'line', [rule, hybridMissing, testMode])
    return findings.filter((f) => f.rule === rule.id).map((f) => f.absorbedBy?.split('.')[0] ?? null)
  }
  expect(leads(`${hybrid}${both}${outboundExports()}`)).toEqual([
    'exo-outbound-hybrid-missing',
    'exo-outbound-hybrid-missing',
  ])
  expect(leads(`${hybrid}${both}${outboundExports([], [outbound({ ...two, TestMode: 'True' })])}`)).toEqual([
    'exo-outbound-test-mode',
    'exo-outbound-test-mode',
  ])
  const beside = outboundExports([outbound()], [outbound({ ...two, TestMode: 'True', Name: 'T', Identity: 'T' })])
  expect(leads(`${hybrid}${both}${beside}`)).toEqual(['exo-outbound-test-mode'])
  const entry = outboundExports([outbound({ RecipientDomains: '{contoso.com, fabrikam.com, old.example}' })])
  expect(leads(`${hybrid}${both}${entry}`)).toEqual([null])
})

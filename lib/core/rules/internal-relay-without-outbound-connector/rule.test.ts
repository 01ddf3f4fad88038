import { describe, expect, it } from 'vitest'
import {
  acceptedDomain,
  exported,
  inCloud,
  judge,
  outbound,
  outboundExports,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const relay = (own: Record<string, string> = {}) =>
  inCloud(acceptedDomain('contoso.com', { DomainType: 'InternalRelay', ...own }))
const domains = (...all: readonly Record<string, string>[]) => exported('Get-AcceptedDomain', ...all)
const partner = outbound({
  Name: 'Partner',
  Identity: 'Partner',
  ConnectorType: 'Partner',
  RecipientDomains: '{partner.example}',
})
const asked = (
  domain: Record<string, string>,
  connectors: readonly Record<string, string>[],
  answers: Record<string, string> = { mx: 'exchange-online' },
) => judge(rule, domains(domain) + outboundExports([...connectors]), answers)

describe('a domain', () => {
  it.each([
    ['without a connector', relay(), [partner], 'fail'],
    ['with its connector', relay(), [partner, outbound()], 'pass'],
    ['with a disabled one', relay(), [outbound({ Enabled: 'False' })], 'fail'],
    ['with one in test mode', relay(), [outbound({ TestMode: 'True' })], 'fail'],
    ['with one for rules', relay(), [outbound({ IsTransportRuleScoped: 'True' })], 'fail'],
    [
      'with centralized transport',
      relay(),
      [outbound({ RecipientDomains: '{}', RouteAllMessagesViaOnPremises: 'True' })],
      'pass',
    ],
    ['with all accepted domains', relay(), [outbound({ RecipientDomains: '{}', AllAcceptedDomains: 'True' })], 'pass'],
    ['with an unknown list', relay(), [withoutProperties(outbound(), 'RecipientDomains')], 'not-assessed'],
    ['authoritative', relay({ DomainType: 'Authoritative' }), [partner], 'pass'],
    ['of unknown type', withoutProperties(relay(), 'DomainType'), [partner], 'not-assessed'],
  ])('%s: %s', (_, domain, connectors, state) => expect(asked(domain, connectors).state).toBe(state))

  it.each([
    [{}, 'not-assessed', ['Resolve-DnsName -Type MX']],
    [{ mx: 'on-premises' }, 'pass', []],
    [{ mx: 'gateway' }, 'pass', []],
    [{ mx: 'on-premises', 'mx:contoso.com': 'exchange-online' }, 'fail', []],
  ])('%j: %s', (answers, state, missing) =>
    expect(asked(relay(), [partner], answers as Record<string, string>)).toMatchObject({ state, missing }))

  it('needs no answer where a connector takes it', () => expect(asked(relay(), [outbound()], {}).state).toBe('pass'))
})

describe('lists', () => {
  const none = outboundExports([partner])
  it('of the servers are not asked', () =>
    expect(
      judge(rule, domains(acceptedDomain('contoso.com', { DomainType: 'InternalRelay' })) + none, {
        mx: 'exchange-online',
      }),
    ).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-AcceptedDomain'],
      fails: [],
    }))
  it('of some domains let nothing pass', () =>
    expect(
      judge(rule, exported('Get-AcceptedDomain contoso.com', relay({ DomainType: 'Authoritative' })) + none).state,
    ).toBe('not-assessed'))
  it('of some connectors let nothing fail', () =>
    expect(
      judge(rule, domains(relay()) + exported('Get-OutboundConnector Partner', partner), { mx: 'exchange-online' }),
    ).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-OutboundConnector'],
    }))
})

import { describe, expect, it } from 'vitest'
import { contextOf, exported, judge, outbound, outboundExports, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const named = (name: string, own: Record<string, string> = {}) =>
  outbound({ ConnectorType: 'Partner', ...own, Name: name, Identity: name })
const asked = (...connectors: Record<string, string>[]) => judge(rule, outboundExports(connectors))
const b = { RecipientDomains: '{fabrikam.com, CONTOSO.com}' }
const central = { RouteAllMessagesViaOnPremises: 'True' }

describe('two connectors for the same recipients', () => {
  it.each([
    ['equal', b, 'fail'],
    ['other domains', { RecipientDomains: '{fabrikam.com}' }, 'pass'],
    ['subdomains', { RecipientDomains: '{*.contoso.com}' }, 'pass'],
    ['disabled', { ...b, Enabled: 'False' }, 'pass'],
    ['in test mode', { ...b, TestMode: 'True' }, 'pass'],
    ['for rules', { ...b, IsTransportRuleScoped: 'True' }, 'pass'],
    ['one of centralized transport', { ...b, ...central }, 'pass'],
    ['cut, and equal in what is left', { RecipientDomains: '{contoso.com, a.com, b.com, c.com...}' }, 'fail'],
    ['cut', { RecipientDomains: '{z.com, a.com, b.com, c.com...}' }, 'not-assessed'],
  ] as const)('%s: %s', (_, own, state) => expect(asked(named('A'), named('B', own)).state).toBe(state))

  it.each([
    'Enabled',
    'TestMode',
    'IsTransportRuleScoped',
    'RecipientDomains',
    'RouteAllMessagesViaOnPremises',
  ])('is open without %s', (property) => {
    expect(asked(named('A'), withoutProperties(named('B', { RecipientDomains: '{x.com}' }), property)).state).toBe(
      'not-assessed',
    )
    expect(asked(withoutProperties(named('A'), property)).state).toBe('pass')
  })

  it('is one finding for two, with what they share', () => {
    const { fails } = asked(
      named('B', { RecipientDomains: '{x.com, contoso.com, *}' }),
      named('A', { RecipientDomains: '{*, contoso.com}' }),
    )
    expect(fails.map((f) => [f.key, f.severity, f.confidence, f.params.domains, f.params.all])).toEqual([
      ['a & b', 'medium', 'likely', 2, 'yes'],
    ])
    expect(fails[0]?.objects.map((o) => o.id)).toEqual(['A', 'B'])
    expect(asked(named('A'), named('B'), named('C')).fails.map((f) => f.key)).toEqual(['a & b', 'a & c'])
    expect(asked(named('A'), named('B', central), named('C'), named('D', central)).fails.map((f) => f.key)).toEqual([
      'a & c',
      'b & d',
    ])
  })

  it('passes only with the plain listing', () => {
    const one = exported('Get-OutboundConnector A', named('A'))
    expect(judge(rule, one)).toMatchObject({ state: 'not-assessed', missing: ['Get-OutboundConnector'] })
    expect(judge(rule, exported('Get-OutboundConnector', named('A'))).state).toBe('pass')
    expect(judge(rule, outboundExports()).state).toBe('not-applicable')
  })

  it('keeps the connector for hybrid mail, else the one that checks more, whatever their names', () => {
    const changed = (...two: Record<string, string>[]) => {
      const text = outboundExports(two)
      const [fail] = judge(rule, text).fails
      return fail && rule.fix([fail], contextOf(text))?.steps[2]?.powershell.match(/-Identity '(.)'/)?.[1]
    }
    const hybrid = { ConnectorType: 'OnPremises', TlsSettings: '' }
    const strict = { TlsSettings: 'DomainValidation' }
    const certificate = { TlsSettings: 'CertificateValidation' }
    expect(changed(named('A', strict), named('B', hybrid))).toBe('A')
    expect(changed(named('A', hybrid), named('B', strict))).toBe('B')
    expect(changed(named('A', certificate), named('B', strict))).toBe('A')
    expect(changed(named('A', { TlsSettings: '' }), named('B', { TlsSettings: 'EncryptionOnly' }))).toBe('A')
    expect(changed(named('A', strict), named('B', certificate))).toBe('B')
    expect(changed(named('A', strict), named('B', strict))).toBe('B')
  })

  it('takes the domains from the second, asks where its list was cut, and switches it off where nothing is left', () => {
    const change = (own: Record<string, string>) => {
      const text = outboundExports([named('A'), named('B', own)])
      const [fail] = judge(rule, text).fails
      return fail && rule.fix([fail], contextOf(text))?.steps[2]?.powershell.split('\n').at(-1)
    }
    expect(change(b)).toBe("Set-OutboundConnector -Identity 'B' -RecipientDomains 'fabrikam.com'")
    expect(change({})).toBe("Set-OutboundConnector -Identity 'B' -Enabled $false")
    expect(change({ RecipientDomains: '{contoso.com, a.com, b.com, c.com...}' })).toContain('<recipient-domains>')
  })
})

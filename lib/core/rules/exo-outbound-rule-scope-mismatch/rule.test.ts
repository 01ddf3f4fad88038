import { describe, expect, it } from 'vitest'
import {
  contextOf,
  exported,
  inCloud,
  judge,
  outbound,
  outboundExports,
  transportRule,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const scoped = (own: Record<string, string> = {}) =>
  outbound({ IsTransportRuleScoped: 'True', Name: 'Service', Identity: 'Service', ...own })
const routing = (own: Record<string, string> = {}) =>
  inCloud(transportRule('Route', { RouteMessageOutboundConnector: 'Service', ...own }))
const rules = (...all: Record<string, string>[]) => exported('Get-TransportRule', ...all)
const asked = (connector: Record<string, string>, r: Record<string, string>) =>
  judge(rule, `${outboundExports([], [], [connector])}${rules(r)}`)
const found = ({ state, fails }: ReturnType<typeof asked>) =>
  [...fails.map((f) => `${f.severity} ${f.params.kind}`), state][0]

describe('a rule and its connector', () => {
  it.each([
    ['fitting', scoped(), routing(), 'pass'],
    ['spelt otherwise', scoped(), routing({ RouteMessageOutboundConnector: 'SERVICE' }), 'pass'],
    ['missing', scoped({ Enabled: 'False' }), routing({ RouteMessageOutboundConnector: 'Other' }), 'high missing'],
    ['disabled', scoped({ Enabled: 'False' }), routing(), 'high disabled'],
    ['for all mail', scoped({ IsTransportRuleScoped: 'False' }), routing(), 'medium unscoped'],
    ['unused: rule disabled', scoped(), routing({ State: 'Disabled' }), 'low unused'],
    ['unused: rule does something else', scoped(), routing({ RouteMessageOutboundConnector: '' }), 'low unused'],
    ['unused and disabled', scoped({ Enabled: 'False' }), routing({ State: 'Disabled' }), 'not-applicable'],
    [
      'not for rules, and none',
      scoped({ IsTransportRuleScoped: 'False' }),
      routing({ State: 'Disabled' }),
      'not-applicable',
    ],
    ['enabled not printed', withoutProperties(scoped(), 'Enabled'), routing(), 'not-assessed'],
    ['scope not printed', withoutProperties(scoped(), 'IsTransportRuleScoped'), routing(), 'not-assessed'],
    ['state not printed', scoped(), withoutProperties(routing(), 'State'), 'not-assessed'],
    ['action not printed', scoped(), withoutProperties(routing(), 'RouteMessageOutboundConnector'), 'not-assessed'],
  ] as const)('%s: %s', (_, connector, r, expected) => expect(found(asked(connector, r))).toBe(expected))

  it('calls nothing missing without all exports', () => {
    const other = rules(routing({ RouteMessageOutboundConnector: 'Other' }))
    const plain = exported('Get-OutboundConnector', outbound())
    expect(judge(rule, `${plain}${other}`)).toMatchObject({ state: 'not-assessed', missing: ['Get-OutboundConnector'] })
  })

  it('calls nothing unused without all rules of Exchange Online', () => {
    const connectors = outboundExports([], [], [scoped()])
    const named = exported('Get-TransportRule Other', routing({ RouteMessageOutboundConnector: '' }))
    expect(judge(rule, `${connectors}${named}`)).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-TransportRule'],
    })
    const servers = exported('Get-TransportRule', transportRule('A'))
    expect(judge(rule, `${connectors}${servers}`).state).toBe('not-assessed')
  })

  it('changes what is at fault', () => {
    const change = (connector: Record<string, string>, r: Record<string, string>) => {
      const text = `${outboundExports([], [], [connector])}${rules(r)}`
      const [fail] = judge(rule, text).fails
      return fail && rule.fix([fail], contextOf(text))?.steps[2]?.powershell.split('\n').at(-1)
    }
    const set = (what: string) => `Set-OutboundConnector -Identity 'Service' ${what}`
    expect(change(scoped({ Enabled: 'False' }), routing())).toBe(set('-Enabled $true'))
    expect(change(scoped({ IsTransportRuleScoped: 'False' }), routing())).toBe(set('-IsTransportRuleScoped $true'))
    expect(change(scoped(), routing({ State: 'Disabled' }))).toBe(set('-Enabled $false'))
    expect(change(scoped({ Enabled: 'False' }), routing({ RouteMessageOutboundConnector: 'Other' }))).toBe(
      "Set-TransportRule -Identity 'Route' -RouteMessageOutboundConnector <outbound-connector>",
    )
  })
})

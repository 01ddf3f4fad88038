import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const bound = (Bindings: string, own: Record<string, string> = {}) =>
  receiveConnector({ Bindings: `{${Bindings}}`, ...own }, 'EX01', 'Relay')
const told = { 'local-address:EX01': '10.0.0.5' }
const state = (bindings: string, answers: Record<string, string> = told, own: Record<string, string> = {}) =>
  judge(rule, receiveExport(bound(bindings, own)), answers).state

describe(rule.id, () => {
  it.each([
    ['its own', '10.0.0.5:25', told, 'pass'],
    ['all addresses', '0.0.0.0:25, [::]:25', {}, 'pass'],
    ['loopback', '127.0.0.1:25, [::1]:25', {}, 'pass'],
    ['another', '10.0.0.6:25', told, 'fail'],
    ['another beside its own', '10.0.0.5:25, 10.0.0.6:25', told, 'fail'],
    ['nothing told', '10.0.0.6:25', {}, 'not-assessed'],
    ['told of another server', '10.0.0.6:25', { 'local-address:EX02': '10.0.0.6' }, 'fail'],
    ['told of a load balancer', '10.0.0.6:25', { 'tag:10.0.0.6': 'load-balancer' }, 'fail'],
    ['told of some Exchange server', '10.0.0.6:25', { ...told, 'tag:10.0.0.6': 'exchange' }, 'not-assessed'],
    ['its second one', '10.0.0.6:25', { ...told, 'local-address:EX01.contoso.local': '10.0.0.6' }, 'pass'],
    ['a cut list', '10.0.0.5:25...', told, 'not-assessed'],
    ['a cut list that proves it', '10.0.0.6:25...', told, 'fail'],
  ])('%s: %s', (_, bindings, answers, expected) => {
    expect(state(bindings, answers as Record<string, string>)).toBe(expected)
  })

  it('asks for the addresses, or for the connector', () => {
    expect(judge(rule, receiveExport(bound('10.0.0.6:25'))).missing).toEqual(['Get-NetworkConnectionInfo'])
    for (const name of ['Bindings', 'Enabled'])
      expect(judge(rule, receiveExport(withoutProperties(bound('10.0.0.6:25'), name)), told).missing).toEqual([
        'Get-ReceiveConnector',
      ])
    expect(state('10.0.0.6:25', told, { Enabled: 'False' })).toBe('pass')
  })

  it('puts the told address in, keeps the rest, and asks where it has none', () => {
    const change = (bindings: string, answers: Record<string, string>) => {
      const text = receiveExport(bound(bindings))
      const [fail] = judge(rule, text, answers).fails
      return fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers })?.steps[2]?.powershell
    }
    expect(change('10.0.0.6:25, [::]:587', told)).toContain("-Bindings '10.0.0.5:25','[::]:587'")
    expect(change('10.0.0.6:25, 10.0.0.5:25', told)).toContain("-Bindings '10.0.0.5:25'\n".trim())
    expect(change('[2001:db8::6]:25', { 'local-address:EX01': '2001:db8::5' })).toContain("'[2001:db8::5]:25'")
    expect(change('10.0.0.6:25', { 'local-address:EX02': '10.0.0.6' })).toContain('<bindings>')
  })
})

import { describe, expect, it } from 'vitest'
import { contextOf, exported, judge, outbound, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const asked = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, exported('Get-OutboundConnector', withoutProperties(outbound(own), ...hidden)))

describe('where the smart host is', () => {
  it.each([
    ['{10.20.0.5}', 'fail', 'private'],
    ['{[192.168.1.9]}', 'fail', 'private'],
    ['{203.0.113.9, 127.0.0.1}', 'fail', 'private'],
    ['{fd00::5}', 'fail', 'private'],
    ['{exchange01}', 'fail', 'unqualified'],
    ['{8.8.8.8}', 'pass', undefined],
    ['{mail.contoso.com}', 'pass', undefined],
    ['{}', 'pass', undefined],
    ['{mail.contoso.com...}', 'not-assessed', undefined],
  ] as const)('%s: %s', (hosts, state, kind) => {
    const found = asked({ SmartHosts: hosts })
    expect([found.state, found.fails[0]?.params.kind]).toEqual([state, kind])
  })

  it.each([
    ['{mail.contoso.com, 10.0.0.1}', "-SmartHosts 'mail.contoso.com'"],
    ['{10.0.0.1}', '-SmartHosts <public-smart-hosts>'],
  ])('keeps the hosts that can be reached of %s', (hosts, change) => {
    const text = exported('Get-OutboundConnector', outbound({ SmartHosts: hosts }))
    const [fail] = judge(rule, text).fails
    expect(fail && rule.fix([fail], contextOf(text))?.steps[2]?.powershell).toContain(change)
  })

  it('leaves a disabled connector alone', () =>
    expect(asked({ SmartHosts: '{10.0.0.1}', Enabled: 'False' }).state).toBe('pass'))
  it('asks for what was not printed', () => expect(asked({}, 'SmartHosts').missing).toEqual(['Get-OutboundConnector']))
})

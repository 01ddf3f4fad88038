import { describe, expect, it } from 'vitest'
import {
  contextOf,
  hybridConfiguration,
  judge,
  outbound,
  outboundExports,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const hybrid = hybridConfiguration({ OnPremisesSmartHost: 'mail.contoso.com' })
const old = { SmartHosts: '{old.contoso.com}' }
const second = { Name: 'Second', Identity: 'Second' }
const asked = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, `${hybrid}${outboundExports([withoutProperties(outbound(own), ...hidden)])}`)

describe('the smart host on both sides', () => {
  it.each([
    ['the same', {}, [], 'pass'],
    ['the same among several, spelt otherwise', { SmartHosts: '{a.contoso.com, MAIL.contoso.com}' }, [], 'pass'],
    ['another', old, [], 'fail'],
    ['none', { SmartHosts: '{}', UseMXRecord: 'True' }, [], 'fail'],
    ['not printed', {}, ['SmartHosts'], 'not-assessed'],
    ['disabled', { ...old, Enabled: 'False' }, [], 'not-applicable'],
    ['to a partner', { ...old, ConnectorType: 'Partner' }, [], 'not-applicable'],
  ] as const)('%s: %s', (_, own, hidden, state) => expect(asked(own, ...hidden).state).toBe(state))

  it('says it is likely, and shows both sides', () => {
    const [fail] = asked(old).fails
    expect(fail).toMatchObject({
      severity: 'medium',
      confidence: 'likely',
      params: { found: 1, hosts: 'old.contoso.com' },
    })
    expect(fail?.evidence.map((e) => e.property)).toEqual(['SmartHosts', 'OnPremisesSmartHost'])
    const [none] = asked({ SmartHosts: '{}' }).fails
    expect(none?.params.found).toBe(0)
  })

  it('needs to know what is wanted', () => {
    const text = (own: Record<string, string>) => `${hybridConfiguration(own)}${outboundExports([outbound()])}`
    expect(judge(rule, text({ OnPremisesSmartHost: '' })).state).toBe('not-applicable')
    expect(judge(rule, text({}))).toMatchObject({ state: 'not-assessed', missing: ['Get-HybridConfiguration'] })
  })

  it('takes one that differs for that of another forest only where there is one more', () => {
    const judged = (text: string, ...connectors: Record<string, string>[]) =>
      judge(rule, `${text}${outboundExports(connectors.map((c) => outbound(c)))}`)
    expect(judged(hybrid, {}, { ...old, ...second })).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-HybridConfiguration'],
    })
    expect(judged(hybrid, old, { ...old, ...second }).fails.length).toBe(2)
    const both = `${hybrid}${hybridConfiguration({ OnPremisesSmartHost: 'b.fabrikam.com', Name: 'B', Identity: 'B' })}`
    expect(judged(both, {}, { ...old, ...second }).state).toBe('fail')
    expect(judged(both, {}, { SmartHosts: '{b.fabrikam.com}', ...second }).state).toBe('pass')
  })

  it('has no command where the hybrid configuration itself leads back into Exchange Online', () => {
    const text = `${hybridConfiguration({ OnPremisesSmartHost: 'contoso-com.mail.protection.outlook.com' })}${outboundExports([outbound()])}`
    const [fail] = judge(rule, text).fails
    expect(fail && rule.fix([fail], contextOf(text))).toBeNull()
  })
})

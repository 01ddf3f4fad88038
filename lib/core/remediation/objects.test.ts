import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { sendConnector, sendExport, withoutProperties } from '../testing/exports-text'
import { powershellProblems } from '../testing/powershell'
import { setProperties } from './objects'
import { bool, list } from './powershell'

const fixed = (own: Record<string, string>, ...hidden: string[]) => {
  const { sendConnectors } = configFrom(sendExport(withoutProperties(sendConnector(own), ...hidden)))
  const plan = { set: () => ({ RequireTLS: bool(true), SmartHosts: list(['a', 'b']) }), minutes: 5 }
  const fix = setProperties(sendConnectors, { ...plan, effect: 'reconnect' })
  return Object.fromEntries(fix?.steps.map((s) => [s.kind, s.powershell]) ?? [])
}

describe('setProperties', () => {
  it('backs up, tries, sets, shows, and sets what was recorded', () => {
    const steps = fixed({ RequireTLS: 'False', SmartHosts: "{[192.0.2.1], o'host}" })
    expect(steps.change).toBe(
      "Set-SendConnector -Identity 'Outbound to Office 365' -RequireTLS $true -SmartHosts 'a','b'",
    )
    expect(steps.try).toBe(`${steps.change} -WhatIf`)
    expect(steps.rollback).toBe(
      "Set-SendConnector -Identity 'Outbound to Office 365' -RequireTLS $false -SmartHosts '[192.0.2.1]','o''host'",
    )
    expect(steps.check).toContain("'Identity','RequireTLS','SmartHosts'")
    for (const step of Object.values(steps)) expect(powershellProblems(step)).toEqual([])
  })

  it('takes from the backup what the export did not show', () => {
    const steps = fixed({}, 'SmartHosts')
    expect(steps.rollback).toMatch(/^\$before = Import-Clixml[\s\S]*-SmartHosts @\(\$before\.SmartHosts/)
  })

  it.each([
    ['35 MB (36,700,160 bytes)', '36700160'],
    ['35 MB (36.700.160 bytes)', '36700160'],
    ['Unlimited', 'unlimited'],
  ])('puts a size back as a number of bytes: %s', (printed, expected) => {
    const { sendConnectors } = configFrom(sendExport(sendConnector({ MaxMessageSize: printed })))
    const plan = { set: () => ({ MaxMessageSize: list(['1']) }), minutes: 5 }
    const fix = setProperties(sendConnectors, { ...plan, effect: 'none' })
    expect(fix?.steps.find((s) => s.kind === 'rollback')?.powershell).toContain(`-MaxMessageSize '${expected}'`)
  })

  it('has nothing to do without objects', () =>
    expect(setProperties([], { set: () => ({}), minutes: 1, effect: 'none' })).toBeNull())
})

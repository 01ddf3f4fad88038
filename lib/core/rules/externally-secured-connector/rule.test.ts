import { describe, expect, it } from 'vitest'
import { brief, verdicts } from '../../testing/check'
import { accessRow, configOf, receiveConnector } from '../../testing/objects'
import { rule } from './rule'

const config = (ranges: readonly string[] | null, cut = false) =>
  configOf({
    receiveConnectors: [
      receiveConnector({
        name: 'App',
        ranges,
        cut,
        auth: ['Tls', 'ExternalAuthoritative'],
        groups: ['ExchangeServers'],
      }),
      receiveConnector({ name: 'Default Frontend EX01' }),
    ],
  })
const level = (ranges: readonly string[] | null, answers = {}) => brief(rule, config(ranges), answers)[0]?.slice(10)

describe(rule.id, () => {
  it.each([
    [['0.0.0.0-255.255.255.255'], 'critical'],
    [['198.51.100.0/27'], 'critical'],
    [['198.51.100.0/28'], 'high'],
    [['10.0.0.1', '203.0.113.10'], 'high'],
    [['10.1.0.0/16'], 'high'],
    [['10.1.0.0/24'], 'medium'],
    [['10.1.0.1'], 'medium'],
    [null, 'medium'],
  ] as const)('%j is %s', (ranges, expected) => expect(level(ranges)).toBe(expected))

  it.each([
    [['0.0.0.0-255.255.255.255'], 'internet', 'any'],
    [['10.0.0.1', '203.0.113.10'], 'partner', 'public'],
    [['10.1.0.0/16'], 'internal', 'private'],
    [['10.1.0.1'], 'internal', 'private'],
  ] as const)('%j is reached from %s', (ranges, exposure, reach) =>
    expect(verdicts(rule, config(ranges))[0]).toMatchObject({ exposure, params: { reach } }))

  it('is a note where a person vouches for each of at most five single internal hosts', () => {
    const answers = { 'confirmed:10.1.0.1': 'yes', 'confirmed:10.1.0.2': 'yes' }
    expect(level(['10.1.0.1', '10.1.0.2'], answers)).toBe('info')
    expect(level(['10.1.0.1', '10.1.0.3'], answers)).toBe('medium')
    expect(level(['10.1.0.1-10.1.0.2'], answers)).toBe('medium')
    const hosts = [1, 2, 3, 4, 5, 6].map((n) => `10.1.0.${n}`)
    const all = Object.fromEntries(hosts.map((h) => [`confirmed:${h}`, 'yes']))
    expect([level(hosts.slice(0, 5), all), level(hosts, all)]).toEqual(['info', 'medium'])
    const [cut] = verdicts(rule, config(['10.1.0.1'], true), answers)
    expect(cut).toMatchObject({ severity: 'medium', couldRaise: [{ cmdlet: 'Get-ReceiveConnector' }] })
  })

  it('does not offer an anonymous relay where strangers could use it', () => {
    const change = (ranges: readonly string[]) => {
      const of = config(ranges)
      const [verdict] = verdicts(rule, of)
      if (verdict?.state !== 'fail') throw new Error('expected a failure')
      return rule.fix([verdict], { config: of, asOf: new Date(0), answers: {} })?.steps[2]?.powershell ?? ''
    }
    expect(change(['10.1.0.1'])).toContain('Add-ADPermission')
    expect(change(['203.0.113.10'])).not.toContain('Add-ADPermission')
    expect(change(['203.0.113.10'])).toContain("-PermissionGroups 'AnonymousUsers'")
    expect(change(['10.0.0.0/8'])).toContain('<trusted-hosts>')
    expect(change(['198.51.100.0/24'])).toContain('<trusted-hosts>')
  })

  it('leaves a relay right alone that was there before, and takes it from strangers', () => {
    const steps = (ranges: readonly string[], rows: boolean) => {
      const { receiveConnectors } = config(ranges)
      const adPermissions = receiveConnectors[0] && rows ? [accessRow(receiveConnectors[0])] : []
      const of = configOf({ receiveConnectors, adPermissions })
      const [verdict] = verdicts(rule, of)
      if (verdict?.state !== 'fail') throw new Error('expected a failure')
      const fix = rule.fix([verdict], { config: of, asOf: new Date(0), answers: {} })
      return ['change', 'rollback'].map((kind) => fix?.steps.find((s) => s.kind === kind)?.powershell ?? '')
    }
    const [change, rollback] = steps(['10.1.0.1'], true)
    expect(change).not.toContain('ADPermission')
    expect(rollback).not.toContain('ADPermission')
    const [open, back] = steps(['203.0.113.10'], true)
    expect(open).toContain('Remove-ADPermission')
    expect(back).toContain('Add-ADPermission')
    expect(steps(['10.1.0.1'], false)[1]).toContain('Leave the next line out')
  })
})

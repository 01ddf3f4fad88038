import { describe, expect, it } from 'vitest'
import { brief, verdicts } from '../../testing/check'
import { accessRow, block, type ConnectorSpec, configOf, receiveConnector } from '../../testing/objects'
import { rule } from './rule'

const secured = { auth: ['ExternalAuthoritative'], groups: ['ExchangeServers'] }
const relay: ConnectorSpec = { name: 'Relay', ranges: ['10.0.0.1', '40.92.0.0/15'], ...secured }
const front: ConnectorSpec = { name: 'Default Frontend EX01' }
const setup = (...specs: readonly ConnectorSpec[]) => configOf({ receiveConnectors: specs.map(receiveConnector) })
const first = (...specs: readonly ConnectorSpec[]) => brief(rule, setup(...specs))[0]?.slice(12)

describe(rule.id, () => {
  it('finds the connector that answers Exchange Online', () => {
    expect(first(relay, front)).toBe('critical')
    expect(first({ ...relay, ranges: ['104.47.5.36'] }, front)).toBe('critical')
    expect(first({ ...relay, ranges: ['10.0.0.1'] }, front)).toBe('pass')
    expect(first({ ...relay, bindings: ['0.0.0.0:587'] }, front)).toBe('pass')
  })

  it('leaves connectors for every address to other rules', () => {
    expect(first({ ...relay, ranges: ['0.0.0.0/0'] }, front)).toBe('pass')
  })

  it('passes where another connector takes all of it', () => {
    const cloud = { name: 'Cloud', ranges: ['40.92.0.0/16', '40.93.0.0/16'] }
    expect(first(relay, cloud, front)).toBe('pass')
    expect(first(relay, { ...cloud, ranges: ['40.92.0.0/16'] }, front)).toBe('critical')
  })

  it('does not decide where a sibling or the listing is cut', () => {
    expect(first(relay, front, { name: 'Other', ranges: ['10.0.0.9'], cut: true })).toBe('Get-ReceiveConnector')
    const named = { ...setup(relay, front), exports: [block('receiveConnectors', { listing: 'named' })] }
    expect(brief(rule, named)[0]?.slice(12)).toBe('Get-ReceiveConnector')
    expect(first({ ...relay, cut: true }, front)).toBe('Get-ReceiveConnector')
  })

  it('needs the right to relay', () => {
    const c = receiveConnector({ ...relay, auth: ['Tls'], groups: ['AnonymousUsers', 'Custom'] })
    const receiveConnectors = [c, receiveConnector(front)]
    expect(brief(rule, configOf({ receiveConnectors }))[0]).toBe('EX01\\Relay: Get-ADPermission')
    expect(brief(rule, configOf({ receiveConnectors, adPermissions: [accessRow(c)] }))[0]).toBe('EX01\\Relay: critical')
    const preset = accessRow(c, { rights: ['ms-exch-smtp-submit'] })
    expect(brief(rule, configOf({ receiveConnectors, adPermissions: [preset] }))[0]).toBe('EX01\\Relay: pass')
  })

  it('does not pass by a list of addresses that is out of date', () => {
    const config = setup(
      { ...relay, ranges: ['198.51.100.1'] },
      { ...relay, name: 'Inside', ranges: ['10.0.0.1'] },
      front,
    )
    const later = new Date('2028-01-01T00:00:00Z')
    expect(brief(rule, config)).toEqual([
      'EX01\\Relay: pass',
      'EX01\\Inside: pass',
      'EX01\\Default Frontend EX01: pass',
    ])
    expect(brief(rule, config, {}, later).map((b) => b.endsWith('pass'))).toEqual([false, true, true])
  })

  const fixFor = (spec: ConnectorSpec) => {
    const config = setup(spec, front)
    const [verdict] = verdicts(rule, config)
    if (verdict?.state !== 'fail') throw new Error('expected a failure')
    const steps = rule.fix([verdict], { config, asOf: new Date(0), answers: {} })?.steps ?? []
    return (kind: string) => steps.find((s) => s.kind === kind)?.powershell ?? ''
  }

  it('keeps all other addresses', () => {
    const fix = fixFor({ ...relay, ranges: ['10.0.0.1', '52.96.0.0/12'] })
    expect(fix('change')).toContain("-RemoteIPRanges '10.0.0.1','52.96.0.0-52.99.255.255','52.104.0.0-52.111.255.255'")
    expect(fix('rollback')).toContain("-RemoteIPRanges '10.0.0.1','52.96.0.0/12'")
  })

  it('switches a connector off that is there for nothing else', () => {
    expect(fixFor({ ...relay, ranges: ['40.92.0.0/15'] })('change')).toContain('-Enabled $false')
  })
})

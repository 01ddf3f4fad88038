import { describe, expect, it } from 'vitest'
import { brief, verdicts } from '../../testing/check'
import { accessRow, type ConnectorSpec, configOf, receiveConnector } from '../../testing/objects'
import { rule } from './rule'

const relay: ConnectorSpec = { name: 'Relay', ranges: ['198.51.100.0/24'], groups: ['AnonymousUsers', 'Custom'] }

function run(spec: ConnectorSpec, ...rows: Parameters<typeof accessRow>[1][]) {
  const c = receiveConnector(spec)
  const front = receiveConnector({ name: 'Default Frontend EX01' })
  return configOf({ receiveConnectors: [c, front], adPermissions: rows.map((r) => accessRow(c, r)) })
}
const first = (...args: Parameters<typeof run>) => brief(rule, run(...args))[0]

describe(rule.id, () => {
  it('goes by the ranges', () => {
    expect(first(relay, {})).toBe('EX01\\Relay: high')
    expect(first({ ...relay, ranges: ['0.0.0.0/0'] }, {})).toBe('EX01\\Relay: critical')
    expect(first({ ...relay, ranges: ['10.0.0.0/8'] }, {})).toBe('EX01\\Relay: pass')
  })

  it('is decided by private ranges even without the access list', () => {
    expect(first({ ...relay, ranges: ['10.0.0.0/8'] })).toBe('EX01\\Relay: pass')
    expect(first(relay)).toBe('EX01\\Relay: Get-ADPermission')
    expect(first({ ...relay, groups: ['AnonymousUsers'] })).toBe('EX01\\Relay: Get-ADPermission')
  })

  it('takes the proven level of a cut list and says what could raise it', () => {
    const [verdict] = verdicts(rule, run({ ...relay, cut: true }, {}))
    expect(verdict).toMatchObject({ state: 'fail', severity: 'high', couldRaise: [{ cmdlet: 'Get-ReceiveConnector' }] })
    expect(first({ ...relay, ranges: ['10.0.0.1'], cut: true }, {})).toBe('EX01\\Relay: Get-ReceiveConnector')
  })

  it('leaves built-in connectors to their own rule, and does not go silent on one that it cannot place', () => {
    expect(brief(rule, run(relay, {}))[1]).toBe('EX01\\Default Frontend EX01: pass')
    const c = receiveConnector({ name: 'Internet', role: null, groups: ['AnonymousUsers', 'Custom'] })
    const config = configOf({ receiveConnectors: [c], adPermissions: [accessRow(c)] })
    expect(brief(rule, config)).toEqual(['EX01\\Internet: critical'])
  })
})

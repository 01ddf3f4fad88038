import { describe, expect, it } from 'vitest'
import { brief, verdicts } from '../../testing/check'
import { accessRow, type ConnectorSpec, configOf, receiveConnector } from '../../testing/objects'
import { powershellProblems } from '../../testing/powershell'
import { rule } from './rule'

const front: ConnectorSpec = { name: 'Default Frontend EX01', groups: ['AnonymousUsers', 'ExchangeServers'] }
const secured = { auth: ['Tls', 'ExternalAuthoritative'], groups: ['ExchangeServers'] }
const preset = { rights: ['ms-exch-smtp-submit'] }

function run(spec: ConnectorSpec, ...rows: Parameters<typeof accessRow>[1][]) {
  const c = receiveConnector(spec)
  return configOf({ receiveConnectors: [c], adPermissions: rows.map((r) => accessRow(c, r)) })
}

describe(rule.id, () => {
  it('proves the fault by ExternalAuthoritative alone, and passes only with the access list', () => {
    expect(brief(rule, run({ ...front, ...secured }))).toEqual(['EX01\\Default Frontend EX01: critical'])
    expect(brief(rule, run(front))).toEqual(['EX01\\Default Frontend EX01: Get-ADPermission'])
    expect(brief(rule, run(front, preset))).toEqual(['EX01\\Default Frontend EX01: pass'])
    expect(brief(rule, run(front, preset, {}))).toEqual(['EX01\\Default Frontend EX01: critical'])
  })

  it('does not take ExternalAuthoritative without ExchangeServers for more than it is', () => {
    expect(brief(rule, run({ ...front, ...secured, groups: ['AnonymousUsers'] }, preset))).toEqual([
      'EX01\\Default Frontend EX01: pass',
    ])
    expect(brief(rule, run({ ...front, ...secured, groups: null }))).toEqual(['EX01\\Default Frontend EX01: critical'])
  })

  it('is critical where strangers arrive, high behind', () => {
    const hub: ConnectorSpec = { name: 'Default EX01', role: 'HubTransport', bindings: ['0.0.0.0:2525'], ...secured }
    const edge: ConnectorSpec = {
      name: 'Default internal receive connector E',
      server: 'E',
      side: 'edge',
      role: null,
      ...secured,
    }
    expect(brief(rule, run(hub))).toEqual(['EX01\\Default EX01: high'])
    expect(brief(rule, run(edge))).toEqual(['E\\Default internal receive connector E: critical'])
  })

  it('says nothing of own connectors, and lets disabled ones rest', () => {
    expect(brief(rule, run({ name: 'Relay', ranges: ['10.0.0.1'], ...secured }))).toEqual([])
    expect(brief(rule, run({ ...front, ...secured, enabled: false }))).toEqual(['EX01\\Default Frontend EX01: pass'])
  })

  it('asks for what it could not see', () => {
    expect(brief(rule, run({ ...front, enabled: null, ...secured }))).toEqual([
      'EX01\\Default Frontend EX01: Get-ReceiveConnector',
    ])
    expect(brief(rule, run({ ...front, auth: null, groups: null }))).toEqual([
      'EX01\\Default Frontend EX01: Get-ADPermission + Get-ReceiveConnector',
    ])
  })

  it('puts the defaults back, and undoes that with the recorded values', () => {
    const config = run({ ...front, ...secured })
    const [verdict] = verdicts(rule, config)
    if (verdict?.state !== 'fail') throw new Error('expected a failure')
    const fix = rule.fix([verdict], { config, asOf: new Date(0), answers: {} })
    const step = (kind: string) => fix?.steps.find((s) => s.kind === kind)?.powershell ?? ''
    expect(step('change')).toContain("-PermissionGroups 'AnonymousUsers','ExchangeServers','ExchangeLegacyServers'")
    expect(step('rollback')).toContain(
      "-AuthMechanism 'Tls','ExternalAuthoritative' -PermissionGroups 'ExchangeServers'",
    )
    expect(powershellProblems(step('change'))).toEqual([])
  })
})

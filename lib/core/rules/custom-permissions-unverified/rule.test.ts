import { describe, expect, it } from 'vitest'
import { brief, verdicts } from '../../testing/check'
import { accessRow, type ConnectorSpec, configOf, receiveConnector } from '../../testing/objects'
import { rule } from './rule'

const custom: ConnectorSpec = { name: 'Relay', groups: ['AnonymousUsers', 'Custom'], ranges: ['10.0.0.1'] }
const config = (spec: ConnectorSpec) => configOf({ receiveConnectors: [receiveConnector(spec)] })

describe(rule.id, () => {
  it('is medium where the public can get at it', () => {
    expect(brief(rule, config(custom))).toEqual(['EX01\\Relay: info'])
    expect(brief(rule, config({ ...custom, ranges: ['198.51.100.1'] }))).toEqual(['EX01\\Relay: medium'])
  })

  it('says that a cut list could raise it', () => {
    const [verdict] = verdicts(rule, config({ ...custom, cut: true }))
    expect(verdict).toMatchObject({
      severity: 'info',
      confidence: 'likely',
      couldRaise: [{ cmdlet: 'Get-ADPermission' }, { cmdlet: 'Get-ReceiveConnector' }],
    })
  })

  it('is settled by the access list, whatever that holds', () => {
    const c = receiveConnector(custom)
    expect(brief(rule, configOf({ receiveConnectors: [c], adPermissions: [accessRow(c)] }))).toEqual([
      'EX01\\Relay: pass',
    ])
  })

  it('does not pass without PermissionGroups', () => {
    expect(brief(rule, config({ ...custom, groups: null }))).toEqual(['EX01\\Relay: Get-ReceiveConnector'])
  })
})

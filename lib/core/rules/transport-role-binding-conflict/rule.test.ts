import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const frontend = receiveConnector()
const relay = (own: Record<string, string> = {}, name = 'Relay') =>
  receiveConnector(
    { Bindings: '{0.0.0.0:25}', RemoteIPRanges: '{10.0.0.1}', TransportRole: 'HubTransport', ...own },
    'EX01',
    name,
  )
const judged = (...connectors: readonly Record<string, string>[]) => judge(rule, receiveExport(...connectors))

describe(rule.id, () => {
  it.each([
    ['both enabled', {}, {}, 'fail', 'high', 'both'],
    ['one disabled', { Enabled: 'False' }, {}, 'fail', 'medium', 'one'],
    ['the other disabled', {}, { Enabled: 'False' }, 'fail', 'medium', 'one'],
    ['both disabled', { Enabled: 'False' }, { Enabled: 'False' }, 'pass', undefined, undefined],
    ['one role', { TransportRole: 'FrontendTransport' }, {}, 'pass', undefined, undefined],
    ['two ports', { Bindings: '{0.0.0.0:2525}' }, {}, 'pass', undefined, undefined],
  ])('%s: %s', (_, own, other, state, severity, enabled) => {
    const found = judged({ ...frontend, ...other }, relay(own))
    expect([found.state, found.fails[0]?.severity, found.fails[0]?.params.enabled]).toEqual([state, severity, enabled])
  })

  it('counts what is not known of Enabled as little as it proves', () => {
    const vague = withoutProperties(relay(), 'Enabled')
    const [fail] = judged(frontend, vague).fails
    expect(fail).toMatchObject({
      severity: 'medium',
      params: { enabled: 'unknown' },
      couldRaise: [{ cmdlet: 'Get-ReceiveConnector' }],
    })
    expect(judged({ ...frontend, Enabled: 'False' }, vague).state).toBe('not-assessed')
  })

  it.each(['TransportRole', 'Bindings'])('does not pass without %s', (name) => {
    expect(judged(frontend, withoutProperties(relay(), name)).state).toBe('not-assessed')
  })

  it('does not pass on some connectors of a server, nor without its name', () => {
    const named = receiveExport(frontend).replace(
      'Get-ReceiveConnector',
      'Get-ReceiveConnector "EX01\\Default Frontend EX01"',
    )
    expect(judge(rule, named).state).toBe('not-assessed')
    const edge = withoutProperties(
      receiveConnector({}, 'EDGE01', 'Default internal receive connector EDGE01'),
      'TransportRole',
    )
    expect(judged(edge).state).toBe('pass')
  })

  it('changes the connector that setup did not make; of two own ones the one of the hub', () => {
    const change = (...connectors: readonly Record<string, string>[]) => {
      const text = receiveExport(...connectors)
      const [fail] = judge(rule, text).fails
      return (
        fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers: {} })?.steps[2]?.powershell
      )
    }
    const toFrontend = "-Identity 'EX01\\Relay' -TransportRole 'FrontendTransport'"
    expect(change(frontend, relay())).toContain(toFrontend)
    expect(change(relay(), frontend)).toContain(toFrontend)
    const own = relay({ TransportRole: 'FrontendTransport' }, 'Other')
    expect(change(own, relay())).toContain(toFrontend)
    expect(change(relay(), own)).toContain(toFrontend)
    const hub = relay({ Bindings: '{0.0.0.0:2525, [::]:2525}' }, 'Default EX01')
    expect(change(hub, relay({ TransportRole: 'FrontendTransport', Bindings: '{0.0.0.0:2525}' }))).toContain(
      "-Identity 'EX01\\Relay' -TransportRole 'HubTransport'",
    )
    expect(judged(frontend, relay()).fails[0]?.key).toBe('relay | default frontend')
  })
})

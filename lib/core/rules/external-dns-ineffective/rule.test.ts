import { describe, expect, it } from 'vitest'
import {
  exported,
  judge,
  sendConnector,
  sendExport,
  transportService,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const connector = (own: Record<string, string> = {}, ...hidden: string[]) =>
  sendExport(
    withoutProperties(
      sendConnector({ UseExternalDNSServersEnabled: 'True', SourceTransportServers: '{EX01}', ...own }),
      ...hidden,
    ),
  )
const service = (server: string, own: Record<string, string>, ...hidden: string[]) =>
  exported('Get-TransportService', withoutProperties(transportService(server, own), ...hidden))
const good = { ExternalDNSAdapterEnabled: 'False', ExternalDNSServers: '{192.0.2.53}' }

describe('external DNS servers', () => {
  it.each([
    ['used', good, [], 'pass', undefined],
    ['adapter on', { ...good, ExternalDNSAdapterEnabled: 'True' }, [], 'fail', 'adapter'],
    ['list empty', { ...good, ExternalDNSServers: '{}' }, [], 'fail', 'empty'],
    ['list not printed', good, ['ExternalDNSServers'], 'not-assessed', undefined],
    ['adapter not printed', good, ['ExternalDNSAdapterEnabled'], 'not-assessed', undefined],
    ['adapter not printed, list empty', { ExternalDNSServers: '{}' }, ['ExternalDNSAdapterEnabled'], 'fail', 'empty'],
  ] as const)('%s: %s', (_, own, hidden, state, cause) => {
    const found = judge(rule, connector() + service('EX01', own, ...hidden))
    expect([found.state, found.fails[0]?.params.cause]).toEqual([state, cause])
  })

  it.each([
    ['disabled', { Enabled: 'False' }, [], 'not-applicable'],
    ['not asked for', { UseExternalDNSServersEnabled: 'False' }, [], 'not-applicable'],
    ['not printed', {}, ['UseExternalDNSServersEnabled'], 'not-assessed'],
    ['sources not printed', {}, ['SourceTransportServers'], 'not-assessed'],
  ] as const)('%s: %s', (_, own, hidden, state) =>
    expect(judge(rule, connector(own, ...hidden) + service('EX01', good)).state).toBe(state))

  it('looks at every source, and asks for those that are not there', () => {
    const two = connector({ SourceTransportServers: '{EX01, EX02}' })
    const found = judge(
      rule,
      two + service('EX01', good) + service('EX02', { ...good, ExternalDNSAdapterEnabled: 'True' }),
    )
    expect(found.fails[0]?.objects.map((o) => o.id)).toEqual(['Outbound to Office 365', 'EX02'])
    expect(judge(rule, two + service('EX01', good))).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-TransportService'],
    })
    expect(judge(rule, two)).toMatchObject({ state: 'not-assessed', missing: ['Get-TransportService'] })
  })
})

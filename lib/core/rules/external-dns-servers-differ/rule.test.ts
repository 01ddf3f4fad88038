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
      sendConnector({ UseExternalDNSServersEnabled: 'True', SourceTransportServers: '{EX01, EX02}', ...own }),
      ...hidden,
    ),
  )
const service = (server: string, dns: string | null) =>
  exported(
    'Get-TransportService',
    dns === null
      ? withoutProperties(transportService(server), 'ExternalDNSServers')
      : transportService(server, { ExternalDNSServers: dns }),
  )
const asked = (a: string | null, b: string | null) => judge(rule, connector() + service('EX01', a) + service('EX02', b))

describe('external DNS servers of the sources', () => {
  it.each([
    ['{192.0.2.1}', '{192.0.2.1}', 'pass'],
    ['{192.0.2.1, 192.0.2.2}', '{192.0.2.2, 192.0.2.1}', 'pass'],
    ['{}', '{}', 'pass'],
    ['{192.0.2.1}', '{192.0.2.2}', 'fail'],
    ['{192.0.2.1}', '{}', 'fail'],
    ['{192.0.2.1}', null, 'not-assessed'],
    ['{192.0.2.1}', '{192.0.2.1...}', 'not-assessed'],
  ] as const)('%s and %s: %s', (a, b, state) => expect(asked(a, b).state).toBe(state))

  it.each([
    ['one source', { SourceTransportServers: '{EX01}' }, [], 'not-applicable'],
    ['disabled', { Enabled: 'False' }, [], 'not-applicable'],
    ['not asked for', { UseExternalDNSServersEnabled: 'False' }, [], 'not-applicable'],
    ['not printed', {}, ['UseExternalDNSServersEnabled'], 'not-assessed'],
    ['sources not printed', {}, ['SourceTransportServers'], 'not-assessed'],
  ] as const)('%s: %s', (_, own, hidden, state) =>
    expect(
      judge(rule, connector(own, ...hidden) + service('EX01', '{192.0.2.1}') + service('EX02', '{192.0.2.2}')).state,
    ).toBe(state))

  it('asks for the servers that are not there', () =>
    expect(judge(rule, connector() + service('EX01', '{192.0.2.1}'))).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-TransportService'],
    }))

  it('does not wait for a third server where two differ', () => {
    const three = connector({ SourceTransportServers: '{EX01, EX02, EX03}' })
    const found = judge(rule, three + service('EX01', '{192.0.2.1}') + service('EX02', '{192.0.2.2}'))
    expect(found.fails[0]?.params).toMatchObject({
      server: 'EX01',
      other: 'EX02',
      dns: '192.0.2.1',
      otherDns: '192.0.2.2',
    })
  })
})

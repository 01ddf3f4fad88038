import { expect, it } from 'vitest'
import { analyse } from '../../analyse'
import { configFrom } from '../../testing/config-from'
import {
  hybridConfiguration,
  judge,
  outboundConnector,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule as legacy } from '../tls-domain-capability-legacy/rule'
import { rule } from './rule'

const capable = { TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }
const server = (name: string, own: Record<string, string> = {}) => receiveConnector(own, name)
const both = hybridConfiguration({ ReceivingTransportServers: '{EX01, EX02}' })

it('judges the servers that the hybrid configuration names, as one finding', () => {
  const text = `${both}${receiveExport(server('EX01', capable), server('EX02'), server('EX03'))}`
  const { fails } = judge(rule, text)
  expect(fails.map((f) => [f.severity, f.objects.map((o) => o.id)])).toEqual([['high', ['EX02']]])
  const none = judge(rule, `${both}${receiveExport(server('EX01'), server('EX02'))}`)
  expect(none.fails.map((f) => [f.key, f.objects[0].id])).toEqual([
    ['', 'EX01'],
    ['', 'EX02'],
  ])
})

it.each([
  ['disabled', { ...capable, Enabled: 'False' }],
  ['on another port', { ...capable, Bindings: '{0.0.0.0:2525}' }],
  ['pinned', { TlsDomainCapabilities: '{<I>CN=CA<S>CN=mail.protection.outlook.com:AcceptCloudServicesMail}' }],
])('does not count a capability that is %s', (_, own) => {
  expect(judge(rule, `${hybridConfiguration()}${receiveExport(server('EX01', own))}`).state).toBe('fail')
})

it('asks for what it needs', () => {
  const missing = judge(rule, `${both}${receiveExport(server('EX01', capable))}`)
  expect(missing).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
  const cut = judge(
    rule,
    `${hybridConfiguration()}${receiveExport(withoutProperties(server('EX01'), 'TlsDomainCapabilities'))}`,
  )
  expect(cut).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
  const named = receiveExport(server('EX01')).replace(
    'Get-ReceiveConnector',
    'Get-ReceiveConnector "EX01\\Default Frontend EX01"',
  )
  expect(judge(rule, `${hybridConfiguration()}${named}`).state).toBe('not-assessed')
  expect(judge(rule, receiveExport(server('EX01')))).toMatchObject({ missing: ['Get-HybridConfiguration'] })
})

it('does not apply where Edges receive, and is open where that was not printed', () => {
  const receive = receiveExport(server('EX01'))
  const edges = hybridConfiguration({ EdgeTransportServers: '{EDGE01}', ReceivingTransportServers: '{}' })
  expect(judge(rule, `${edges}${receive}`).state).toBe('not-applicable')
  const unknown = hybridConfiguration({ EdgeTransportServers: 'System.Object[]' })
  expect(judge(rule, `${unknown}${receive}`).state).toBe('not-assessed')
})

it('without a hybrid configuration fails only if no server at all has one', () => {
  const hybrid = sendExport(sendConnector())
  expect(judge(rule, `${hybrid}${receiveExport(server('EX01'), server('EX02'))}`).fails.length).toBe(2)
  expect(judge(rule, `${hybrid}${receiveExport(server('EX01', capable))}`).state).toBe('pass')
  const some = judge(rule, `${hybrid}${receiveExport(server('EX01', capable), server('EX02'))}`)
  expect(some).toMatchObject({ state: 'not-assessed', missing: ['Get-HybridConfiguration'] })
  const edge = shown('Get-ExchangeServer | Format-List', [
    {
      AdminDisplayVersion: 'Version 15.2 (Build 1748.10)',
      ServerRole: 'Edge',
      Fqdn: 'EDGE01.contoso.com',
      Name: 'EDGE01',
    },
  ])
  expect(judge(rule, `${hybrid}${edge}${receiveExport(server('EX01'))}`).state).toBe('not-assessed')
})

it('is critical with centralized transport, and says what could raise it', () => {
  const base = `${hybridConfiguration()}${receiveExport(server('EX01'))}`
  const central = judge(rule, `${base}${outboundConnector({ RouteAllMessagesViaOnPremises: 'True' })}`)
  expect(central.fails.map((f) => [f.severity, f.couldRaise])).toEqual([['critical', undefined]])
  expect(judge(rule, base).fails.map((f) => [f.severity, f.couldRaise?.[0]?.cmdlet])).toEqual([
    ['high', 'Get-OutboundConnector'],
  ])
  expect(judge(rule, `${base}${outboundConnector()}`).fails.map((f) => [f.severity, f.couldRaise])).toEqual([
    ['high', undefined],
  ])
})

it('goes under an old entry on the same server, and only there', () => {
  const pinned = { TlsDomainCapabilities: '{<I>CN=CA<S>CN=mail.protection.outlook.com:AcceptCloudServicesMail}' }
  const config = configFrom(`${both}${receiveExport(server('EX01', pinned), server('EX02'))}`)
  const { findings } = analyse({ config, asOf: new Date(0), answers: {} }, () => 'line', [rule, legacy])
  const shown = findings.map((f) => [f.rule, f.objects.map((o) => o.id).join(), f.absorbedBy?.split('.')[0] ?? null])
  expect(shown.sort()).toEqual([
    ['hybrid-receive-capability-missing', 'EX01', 'tls-domain-capability-legacy'],
    ['hybrid-receive-capability-missing', 'EX02', null],
    ['tls-domain-capability-legacy', 'EX01\\Default Frontend EX01', null],
  ])
})

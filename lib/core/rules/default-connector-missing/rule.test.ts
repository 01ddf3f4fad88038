import { describe, expect, it } from 'vitest'
import { pristineReceiveConnectors } from '../../defaults/receive-connectors'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  judge,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import type { Fail } from '../define-rule'
import { rule } from './rule'

type Printed = Readonly<Record<string, string>>
const five = pristineReceiveConnectors('mailbox', 'EX01', 'EX01.contoso.local')
const but = (name: string, own?: Printed): readonly Printed[] =>
  five.flatMap((c) => (c.Name !== `${name} EX01` ? [c] : own ? [{ ...c, ...own }] : []))
const judged = (connectors: readonly Printed[], more = '') => judge(rule, receiveExport(...connectors) + more)
const off = { Enabled: 'False' }
const proxy = (own: Printed = {}) => sendExport(sendConnector({ FrontendProxyEnabled: 'True', ...own }))

describe(rule.id, () => {
  it.each([
    ['Default', 'high', 'DefaultHub'],
    ['Default Frontend', 'high', 'DefaultFrontend'],
    ['Client Proxy', 'low', 'ClientProxy'],
    ['Client Frontend', 'low', 'ClientFrontend'],
    ['Outbound Proxy Frontend', 'info', 'OutboundProxy'],
  ])('%s: %s', (name, severity, kinds) => {
    for (const own of [undefined, off]) {
      const [fail] = judged(but(name, own)).fails
      expect(fail).toMatchObject({ severity, params: { kinds, connectors: `${name} EX01`, disabled: own ? 1 : 0 } })
    }
  })

  it('passes an untouched server, and a renamed connector', () => {
    expect(judged(five).state).toBe('pass')
    expect(judged(but('Default Frontend', { Name: 'Internet', Identity: 'EX01\\Internet' })).state).toBe('pass')
  })

  it('is high for the outbound proxy while send connectors use it', () => {
    const level = (more: string) =>
      judged(but('Outbound Proxy Frontend'), more).fails.map((f) => [f.severity, f.couldRaise?.length])
    expect(level(proxy())).toEqual([['high', undefined]])
    expect(level(proxy(off))).toEqual([['info', undefined]])
    expect(level(proxy({ FrontendProxyEnabled: 'False' }))).toEqual([['info', undefined]])
    expect(level('')).toEqual([['info', 1]])
  })

  it('is a note where another connector does the same work', () => {
    const twin = (own: Printed) =>
      judged([
        ...but('Default Frontend', off),
        { ...five.find((c) => c.Name === 'Default Frontend EX01'), Name: 'Twin', Identity: 'EX01\\Twin', ...own },
      ]).fails.map((f) => f.severity)
    expect(twin({})).toEqual(['info'])
    expect(twin({ AuthMechanism: 'Tls' })).toEqual(['high'])
    expect(twin({ RemoteIPRanges: '{10.0.0.0/8}' })).toEqual(['high'])
    expect(twin({ Bindings: '{0.0.0.0:26}' })).toEqual(['high'])
    expect(twin({ TransportRole: 'HubTransport' })).toEqual(['high'])
    expect(twin(off)).toEqual(['high'])
  })

  it('takes the worst of several, and names them in that order', () => {
    const [fail] = judged(but('Client Proxy').filter((c) => c.Name !== 'Default EX01')).fails
    expect(fail).toMatchObject({
      severity: 'high',
      params: { kinds: 'DefaultHub ClientProxy', worst: 'DefaultHub', connectorCount: 2 },
    })
  })

  it('does not judge on some connectors of a server, nor without what it reads', () => {
    const named = receiveExport(...but('Default')).replace('Get-ReceiveConnector', 'Get-ReceiveConnector "EX01\\*"')
    expect(judge(rule, named)).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
    expect(judged(five.map((c) => withoutProperties(c, 'Enabled'))).state).toBe('not-assessed')
    const vague = but('Default', { Name: 'Renamed', Identity: 'EX01\\Renamed' }).map((c) =>
      withoutProperties(c, 'Bindings'),
    )
    expect(judged(vague).state).toBe('not-assessed')
  })

  it('leaves out Edges and Exchange 2010, and asks for the version where no role is printed', () => {
    expect(judged(pristineReceiveConnectors('edge', 'EDGE01', 'edge01.contoso.com')).state).toBe('not-applicable')
    const old = pristineReceiveConnectors('2010', 'EX01', 'EX01.contoso.local')
    expect(
      judged(
        old,
        exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion: 'Version 14.3 (Build 123.4)' })),
      ).state,
    ).toBe('not-applicable')
    expect(judged(old).missing).toEqual(['Get-ExchangeServer', 'Get-ReceiveConnector'])
    expect(judged(five, exported('Get-ExchangeServer', exchangeServer(), exchangeServer('EX02'))).state).toBe(
      'not-assessed',
    )
  })

  it('goes above what cannot be right without the connector', () => {
    const [lead] = judged(but('Default Frontend')).fails
    const whenOf = (id: string) => rule.absorbs.find((a) => a.rule === id)?.when
    const absorbed = (builtIn: string) => ({ params: { builtIn } }) as unknown as Fail
    expect(lead && whenOf('exchange-server-auth-removed')?.(lead, absorbed('DefaultFrontend'))).toBe(true)
    expect(lead && whenOf('exchange-server-auth-removed')?.(lead, absorbed('DefaultHub'))).toBe(false)
    expect(lead && whenOf('hybrid-receive-capability-missing')?.(lead, lead)).toBe(true)
    const [hub] = judged(but('Default')).fails
    expect(hub && whenOf('hybrid-receive-capability-missing')?.(hub, hub)).toBe(false)
  })

  it('enables what is off and creates what is gone, but not beside a substitute', () => {
    const fix = (connectors: readonly Printed[]) => {
      const text = receiveExport(...connectors)
      const [fail] = judge(rule, text).fails
      return fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers: {} })
    }
    const enabled = fix(but('Default', off))?.steps.map((s) => s.powershell)
    expect(enabled?.[2]).toContain("Set-ReceiveConnector -Identity 'EX01\\Default EX01' -Enabled $true")
    expect(enabled?.[4]).toContain('-Enabled $false')
    const created = fix(but('Default'))?.steps.map((s) => s.powershell)
    expect(created?.[2]).toContain(
      "New-ReceiveConnector -Name 'Default EX01' -Server 'EX01' -TransportRole 'HubTransport'",
    )
    expect(created?.[2]).toContain("-MaxRecipientsPerMessage '5000'")
    expect(created?.[4]).toContain("Remove-ReceiveConnector -Identity 'EX01\\Default EX01'")
    const copy = { ...five[0], Name: 'Twin', Identity: 'EX01\\Twin' }
    expect(fix([...but('Default', off), copy])).toBeNull()
  })
})

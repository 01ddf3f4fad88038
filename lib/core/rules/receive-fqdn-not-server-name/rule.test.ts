import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  judge,
  receiveConnector,
  receiveExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const hub = { Bindings: '{0.0.0.0:2525, [::]:2525}', TransportRole: 'HubTransport' }
const connector = (Fqdn: string, own: Record<string, string> = {}, server = 'EX01') =>
  receiveConnector({ Fqdn, ...own }, server)
const servers = exported('Get-ExchangeServer', exchangeServer())
const state = (c: Record<string, string>, more = '') => judge(rule, receiveExport(c) + more).state

describe(rule.id, () => {
  it.each([
    ['EX01.contoso.local', '', 'pass'],
    ['ex01.CONTOSO.local.', servers, 'pass'],
    ['EX01', servers, 'pass'],
    ['', servers, 'pass'],
    ['mail.contoso.com', '', 'fail'],
    ['mail.contoso.com', servers, 'fail'],
    ['EX01.contoso.com', servers, 'fail'],
    ['EX01.contoso.com', '', 'pass'],
    ['EX011.contoso.com', '', 'fail'],
  ])('%s %#: %s', (fqdn, more, expected) => expect(state(connector(fqdn), more)).toBe(expected))

  it('lets the name of a host go on where the name of the server is cut by the directory', () => {
    expect(state(connector('exchangeserver01.contoso.com', {}, 'EXCHANGESERVER0'))).toBe('pass')
    expect(state(connector('exchangeserver.contoso.com', {}, 'EXCHANGESERVER0'))).toBe('fail')
  })

  it.each([
    [{ AuthMechanism: 'Tls' }, 'pass'],
    [{ Enabled: 'False' }, 'pass'],
  ])('%j: %s', (own, expected) => expect(state(connector('mail.contoso.com', own))).toBe(expected))

  it('compares the first label on an Edge, which is in no domain', () => {
    const edge = (fqdn: string) =>
      judge(
        rule,
        receiveExport(
          withoutProperties(
            receiveConnector({ Fqdn: fqdn }, 'EDGE01', 'Default internal receive connector EDGE01'),
            'TransportRole',
          ),
        ) + exported('Get-ExchangeServer', exchangeServer('EDGE01', { ServerRole: 'Edge' })),
      ).state
    expect([edge('EDGE01.contoso.com'), edge('mail.contoso.com')]).toEqual(['pass', 'fail'])
  })

  it.each(['Fqdn', 'AuthMechanism', 'Enabled'])('does not pass without %s', (name) => {
    expect(state(withoutProperties(connector('mail.contoso.com'), name))).toBe('not-assessed')
  })

  it('is high where servers talk to each other', () => {
    const severity = (own: Record<string, string>, name?: string) =>
      judge(rule, receiveExport(receiveConnector({ Fqdn: 'mail.contoso.com', ...own }, 'EX01', name))).fails[0]
        ?.severity
    expect(severity(hub, 'Default EX01')).toBe('high')
    const said = (own: Record<string, string>, name?: string) =>
      judge(rule, receiveExport(receiveConnector({ Fqdn: 'mail.contoso.com', ...own }, 'EX01', name))).fails[0]
    expect(said(hub, 'Default EX01')).toMatchObject({
      params: { hub: 'yes' },
      conditions: [{}, {}, {}, { value: 'yes' }],
    })
    expect(said({})).toMatchObject({
      params: { hub: 'no' },
      conditions: [{}, {}, { value: 'unknown' }, { value: 'no' }],
    })
    expect(severity({})).toBe('medium')
    expect(severity({ RemoteIPRanges: '{10.0.0.1}' }, 'Edge')).toBe('medium')
  })

  it('fills in the name: from the servers, from another connector, else the short one', () => {
    const change = (text: string) => {
      const [fail] = judge(rule, text).fails
      return (
        fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers: {} })?.steps[2]?.powershell
      )
    }
    const wrong = connector('mail.contoso.com')
    const other = receiveConnector({ ...hub, Fqdn: 'EX01.fabrikam.local' }, 'EX01', 'Default EX01')
    expect(change(receiveExport(wrong) + servers)).toContain("-Fqdn 'ex01.contoso.local'")
    expect(change(receiveExport(wrong, other))).toContain("-Fqdn 'EX01.fabrikam.local'")
    expect(change(receiveExport(wrong))).toContain("-Fqdn 'EX01'")
  })
})

import { describe, expect, it } from 'vitest'
import {
  contextOf,
  exported,
  inboundConnector,
  inCloud,
  judge,
  outbound,
  outboundExports,
  transportRule,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const routing = (own: Record<string, string> = {}) =>
  inCloud(
    transportRule('Route', {
      ExceptIfHeaderContainsMessageHeader: '',
      ExceptIfHeaderMatchesMessageHeader: '',
      ExceptIfFromScope: '',
      ExceptIfSenderIpRanges: '',
      RouteMessageOutboundConnector: 'Service',
      ...own,
    }),
  )
const service = (own: Record<string, string> = {}) =>
  outbound({
    IsTransportRuleScoped: 'True',
    SmartHosts: '{eu.service.example}',
    TlsDomain: '',
    Name: 'Service',
    Identity: 'Service',
    ...own,
  })
const from = (own: Record<string, string> = {}) =>
  inboundConnector({ TlsSenderCertificateName: '*.service.example', ...own })
const text = (r = routing(), c = service(), i = from()) =>
  `${exported('Get-TransportRule', r)}${outboundExports([], [], [c])}${exported('Get-InboundConnector', i)}`
const state = (...parts: Parameters<typeof text>) => judge(rule, text(...parts)).state

describe('a rule that routes to a service', () => {
  it('is likely to loop where mail comes back and nothing tells it apart', () =>
    expect(judge(rule, text()).fails.map((f) => [f.severity, f.confidence, f.params.inbound])).toEqual([
      ['medium', 'likely', 'Inbound from contoso'],
    ]))

  it.each([
    ['ExceptIfHeaderContainsMessageHeader', 'X-Done'],
    ['ExceptIfHeaderMatchesMessageHeader', 'X-Done'],
    ['ExceptIfFromScope', 'NotInOrganization'],
    ['ExceptIfSenderIpRanges', '{203.0.113.9}'],
  ])('is kept from it by %s', (name, value) => {
    expect(state(routing({ [name]: value }))).toBe('pass')
    expect(state(withoutProperties(routing(), name))).toBe('not-assessed')
  })

  it.each([
    ['disabled', state(routing({ State: 'Disabled' })), 'not-applicable'],
    ['with another action', state(routing({ RouteMessageOutboundConnector: '' })), 'not-applicable'],
    [
      'whose service does not deliver',
      state(routing(), service(), from({ TlsSenderCertificateName: 'x.contoso.com' })),
      'pass',
    ],
    ['whose way back is disabled', state(routing(), service(), from({ Enabled: 'False' })), 'pass'],
    ['whose connector is disabled', state(routing(), service({ Enabled: 'False' })), 'pass'],
    ['whose connector is missing', state(routing(), service({ Name: 'Other', Identity: 'Other' })), 'not-applicable'],
    ['without its state', state(withoutProperties(routing(), 'State')), 'not-assessed'],
    ['without its action', state(withoutProperties(routing(), 'RouteMessageOutboundConnector')), 'not-assessed'],
    ['without its hosts', state(routing(), withoutProperties(service(), 'SmartHosts')), 'not-assessed'],
    [
      'without whether its connector is enabled',
      state(routing(), withoutProperties(service(), 'Enabled')),
      'not-assessed',
    ],
  ])('%s: %s', (_, found, expected) => expect(found).toBe(expected))

  it('has none where the list of all exceptions is empty', () => {
    const cut = withoutProperties(routing(), 'ExceptIfFromScope')
    expect(state({ ...cut, Exceptions: '' })).toBe('fail')
    expect(state({ ...cut, Exceptions: '{Microsoft.Exchange.MessagingPolicies.Rules.Tasks.FromScopePredicate}' })).toBe(
      'not-assessed',
    )
    expect(state({ ...routing({ ExceptIfFromScope: 'NotInOrganization' }), Exceptions: '' })).toBe('pass')
  })

  it('comes back where a person told so of the gateway', () => {
    const told = { 'tag:eu.service.example': 'gateway', 'gateway-next-hop': 'exchange-online' }
    const other = text(routing(), service(), from({ TlsSenderCertificateName: 'x.contoso.com' }))
    expect(judge(rule, other, told).fails.map((f) => [f.params.kind, f.params.inbound])).toEqual([['told', '']])
    expect(judge(rule, other, { ...told, 'gateway-next-hop': 'on-premises' }).state).toBe('pass')
    expect(judge(rule, text(), told).fails[0]?.params.kind).toBe('inbound')
  })

  it('asks for what is not listed', () => {
    const rest = `${exported('Get-TransportRule', routing())}${outboundExports([], [], [service()])}`
    const other = exported('Get-InboundConnector Other', from({ TlsSenderCertificateName: 'x.contoso.com' }))
    expect(judge(rule, `${rest}${other}`)).toMatchObject({ state: 'not-assessed', missing: ['Get-InboundConnector'] })
    const plain = exported('Get-OutboundConnector', outbound())
    const hidden = `${exported('Get-TransportRule', routing())}${plain}${exported('Get-InboundConnector', from())}`
    expect(judge(rule, hidden)).toMatchObject({ state: 'not-assessed', missing: ['Get-OutboundConnector'] })
  })

  it('excepts the addresses of the service, or asks for its header', () => {
    const fixOf = (t: string) => {
      const [fail] = judge(rule, t).fails
      return fail && rule.fix([fail], contextOf(t))
    }
    expect(fixOf(text())?.placeholders.map((p) => p.name)).toEqual(['header-of-the-service', 'value-of-the-header'])
    const known = fixOf(text(routing(), service(), from({ SenderIPAddresses: '{203.0.113.9, 203.0.113.10}' })))
    expect(known?.steps[2]?.powershell).toContain("-ExceptIfSenderIpRanges '203.0.113.9','203.0.113.10'")
  })
})

import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exported,
  internetConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  transportConfig,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const on = { DomainSecureEnabled: 'True' }
const frontEnd = (own: Own = {}) => receiveConnector({ ...on, ...own })
const partner = (own: Own = {}) =>
  receiveConnector(
    { PermissionGroups: 'Partners', DomainSecureEnabled: 'False', RemoteIPRanges: '{203.0.113.10}', ...own },
    'EX01',
    'Partner',
  )
const off = frontEnd({ DomainSecureEnabled: 'False' })
const lists = (send: string, receive = '{}') =>
  exported(
    'Get-TransportConfig',
    transportConfig({ TLSSendDomainSecureList: send, TLSReceiveDomainSecureList: receive }),
  )
const none = lists('{}')
const text = (receive: Own[], send: Own[], rest: string) => receiveExport(...receive) + sendExport(...send) + rest
const out = internetConnector

it.each([
  [
    'a wildcard for sending',
    text([frontEnd()], [out(on)], lists('{*.fabrikam.com}')),
    'high',
    'wildcard',
    '*.fabrikam.com',
  ],
  [
    'a wildcard for receiving',
    text([frontEnd()], [out()], lists('{}', '{a.example, *.b.example}')),
    'high',
    'wildcard',
    '*.b.example',
  ],
  ['partners without proof', text([frontEnd(), partner()], [out()], none), 'medium', 'partners', ''],
  ['nobody who asks', text([off], [out()], lists('{}', '{fabrikam.com}')), 'medium', 'receivers', 'fabrikam.com'],
  [
    'a disabled one that asks',
    text([off, partner({ ...on, Enabled: 'False' })], [out()], lists('{}', '{fabrikam.com}')),
    'medium',
    'receivers',
    'fabrikam.com',
  ],
  [
    'a domain that nobody sends to securely',
    text([frontEnd()], [out()], lists('{fabrikam.com}')),
    'medium',
    'senders',
    'fabrikam.com',
  ],
  [
    'one by smart host',
    text([frontEnd()], [out({ ...on, DNSRoutingEnabled: 'False' })], lists('{fabrikam.com}')),
    'medium',
    'senders',
    'fabrikam.com',
  ],
  [
    'one without TLS',
    text([frontEnd()], [out({ ...on, IgnoreSTARTTLS: 'True' })], lists('{fabrikam.com}')),
    'medium',
    'senders',
    'fabrikam.com',
  ],
  [
    'a disabled one',
    text([frontEnd()], [out({ ...on, Enabled: 'False' })], lists('{fabrikam.com}')),
    'medium',
    'senders',
    'fabrikam.com',
  ],
  [
    'one for another domain',
    text([frontEnd()], [out({ ...on, AddressSpaces: '{SMTP:*.abrikam.com;1}' })], lists('{fabrikam.com}')),
    'medium',
    'senders',
    'fabrikam.com',
  ],
  [
    'one of two domains',
    text([frontEnd()], [out({ ...on, AddressSpaces: '{SMTP:a.example;1}' })], lists('{a.example, b.example}')),
    'medium',
    'senders',
    'b.example',
  ],
  [
    'a front end in between',
    text([frontEnd()], [out({ ...on, FrontendProxyEnabled: 'True' })], none),
    'medium',
    'proxied',
    '',
  ],
])('%s', (_, exports, severity, gap, domains) => {
  const { fails } = judge(rule, exports)
  expect(fails.map((f) => [f.severity, f.params.gap, f.params.gaps, f.params.domains, f.key])).toEqual([
    [severity, gap, 1, domains, ''],
  ])
  expect(fails[0]?.conditions.filter((c) => c.value === 'yes').map((c) => c.key)).toEqual([gap])
})

it.each([
  ['as setup leaves it', text([off], [out()], none)],
  ['on connectors of setup', text([frontEnd({ PermissionGroups: 'AnonymousUsers, Partners' })], [out(on)], none)],
  [
    'partners of setup',
    text([receiveConnector({ PermissionGroups: 'Partners', DomainSecureEnabled: 'False' })], [out()], none),
  ],
  ['partners with proof', text([partner(on)], [out()], none)],
  ['disabled partners', text([off, partner({ Enabled: 'False' })], [out()], none)],
  ['all parts', text([frontEnd()], [out(on)], lists('{fabrikam.com}', '{fabrikam.com}'))],
  [
    'a space for the parent',
    text(
      [frontEnd()],
      [out({ ...on, AddressSpaces: '{SMTP:*.fabrikam.com;1}' })],
      lists('{mail.fabrikam.com, Fabrikam.com}'),
    ),
  ],
  ['a front end and no mutual TLS', text([frontEnd()], [out({ FrontendProxyEnabled: 'True' })], none)],
])('passes %s', (_, exports) => expect(judge(rule, exports).state).toBe('pass'))

const TC = 'Get-TransportConfig'
const RC = 'Get-ReceiveConnector'
const SC = 'Get-SendConnector'
it.each([
  ['the lists', text([off], [out()], ''), [TC]],
  ['the whole list', text([frontEnd()], [out(on)], lists('{a.example...}')), [TC]],
  [
    'one list',
    text([off], [out()], exported(TC, withoutProperties(transportConfig(), 'TLSSendDomainSecureList'))),
    [TC],
  ],
  ['all receive connectors', shown(`${RC} "EX01\\Default Frontend EX01" | fl`, [off]) + sendExport(out()) + none, [RC]],
  ['all send connectors', receiveExport(off) + shown(`${SC} Internet | fl`, [out()]) + none, [SC]],
  ['the groups', text([off, withoutProperties(partner(), 'PermissionGroups')], [out()], none), [RC]],
  ['whether they prove', text([withoutProperties(partner(), 'DomainSecureEnabled')], [out()], none), [RC]],
  ['who asks', text([withoutProperties(off, 'DomainSecureEnabled')], [out()], lists('{}', '{a.example}')), [RC]],
  ['who sends', text([frontEnd()], [withoutProperties(out(), 'DomainSecureEnabled')], lists('{a.example}')), [SC]],
  ['what is proxied', text([frontEnd()], [withoutProperties(out(on), 'FrontendProxyEnabled')], none), [SC]],
])('asks for %s', (_, exports, missing) => {
  expect(judge(rule, exports)).toMatchObject({ state: 'not-assessed', missing })
})

it('may be high where a list is cut', () => {
  const { fails } = judge(rule, text([off, partner()], [out()], lists('{}', '{a.example...}')))
  expect(fails).toMatchObject([{ severity: 'medium', couldRaise: [{ cmdlet: TC }] }])
})

it.each([
  [
    'partners',
    text([frontEnd(), partner({ AuthMechanism: 'None' })], [out()], none),
    ["'EX01\\Partner' -AuthMechanism 'Tls' -DomainSecureEnabled $true"],
  ],
  [
    'receivers',
    text([off, partner({ PermissionGroups: 'AnonymousUsers' })], [out()], lists('{}', '{a.example}')),
    ["'EX01\\Default Frontend EX01' -AuthMechanism 'Tls',"],
  ],
  [
    'senders',
    text(
      [frontEnd()],
      [out({ IgnoreSTARTTLS: 'True', DNSRoutingEnabled: 'False', FrontendProxyEnabled: 'True' })],
      lists('{a.example}'),
    ),
    [
      "'Internet' -DomainSecureEnabled $true -IgnoreSTARTTLS $false -DNSRoutingEnabled $true -FrontendProxyEnabled $false",
    ],
  ],
  [
    'proxied',
    text([frontEnd()], [out({ ...on, FrontendProxyEnabled: 'True' })], none),
    ["'Internet' -FrontendProxyEnabled $false"],
  ],
  [
    'wildcard',
    text([frontEnd()], [out(on)], lists('{*.a.example}', '{*.b.example}')),
    ['Set-TransportConfig -TLSSendDomainSecureList <send-domains> -TLSReceiveDomainSecureList <receive-domains>'],
  ],
])('completes %s', (_, exports, parts) => {
  const [first] = judge(rule, exports).fails
  const fixed = first && rule.fix([first], { config: configFrom(exports), asOf: new Date(), answers: {} })
  for (const part of parts) expect(fixed?.steps[2]?.powershell).toContain(part)
})

it('asks partners alone where that is enough', () => {
  const exports = text([off, partner()], [out()], lists('{}', '{a.example}'))
  const [first] = judge(rule, exports).fails
  const change = first && rule.fix([first], { config: configFrom(exports), asOf: new Date(), answers: {} })?.steps[2]
  expect(change?.powershell).toContain('EX01\\Partner')
  expect(change?.powershell).not.toContain('Default Frontend')
})

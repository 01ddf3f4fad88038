import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  acceptedDomain,
  exported,
  hybridConfiguration,
  inCloud,
  internetConnector,
  judge,
  outbound,
  outboundExports,
  receiveConnector,
  receiveExport,
  remoteDomain,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const INITIAL = 'contoso.onmicrosoft.com'
const ENTRY = '{mail.protection.outlook.com:AcceptCloudServicesMail}'
const receive = (own: Own = {}) => receiveExport(receiveConnector({ TlsDomainCapabilities: ENTRY, ...own }))
const accepted = (...names: readonly string[]) =>
  exported('Get-AcceptedDomain', ...['contoso.mail.onmicrosoft.com', ...names].map((n) => acceptedDomain(n)))
const remote = (...all: readonly Own[]) => exported('Get-RemoteDomain', remoteDomain('*'), ...all)
const trusted = (domain: string, value = 'True') => remoteDomain(domain, { TrustedMailInboundEnabled: value })

/** Connectors that lead to no tenant. */
const internet = sendExport(internetConnector())

describe('trust', () => {
  it.each([
    ['by its remote domain', accepted() + remote(trusted(INITIAL)), 'pass'],
    ['by a wildcard', accepted() + remote(trusted('*.onmicrosoft.com')), 'pass'],
    ['by an accepted domain', accepted(INITIAL) + remote(), 'pass'],
    ['for another domain only', accepted() + remote(trusted('contoso.mail.onmicrosoft.com')), 'fail'],
    ['switched off', accepted() + remote(trusted(INITIAL, 'False')), 'fail'],
    ['of the cloud only', accepted() + remote() + exported('Get-RemoteDomain', inCloud(trusted(INITIAL))), 'fail'],
    [
      'not printed',
      accepted() + remote(withoutProperties(remoteDomain(INITIAL), 'TrustedMailInboundEnabled')),
      'not-assessed',
    ],
    [
      'in a part of the list',
      accepted() + shown('Get-RemoteDomain Default | Format-List', [remoteDomain('*')]),
      'not-assessed',
    ],
    [
      'some accepted domains',
      shown('Get-AcceptedDomain X | Format-List', [acceptedDomain('contoso.mail.onmicrosoft.com')]) + remote(),
      'not-assessed',
    ],
    ['unknown tenant', exported('Get-AcceptedDomain', acceptedDomain('contoso.com')) + remote(), 'not-assessed'],
  ])('%s: %s', (_, text, state) => expect(judge(rule, receive() + internet + text).state).toBe(state))

  it('asks for the send connectors, which may lead to one more tenant', () =>
    expect(judge(rule, receive() + accepted() + remote(trusted(INITIAL)))).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-SendConnector'],
    }))

  it('is likely, once for the organisation', () =>
    expect(judge(rule, receive() + accepted() + remote()).fails).toMatchObject([
      {
        key: '',
        confidence: 'likely',
        severity: 'high',
        objects: [{ kind: 'domain', id: INITIAL }],
        params: { remote: 'no', cmt: 'unknown' },
      },
    ]))
})

describe('hybrid mail', () => {
  const rest = accepted() + remote()
  it.each([
    ['not recognised', receive({ TlsDomainCapabilities: '{}' }) + outboundExports(), 'not-applicable'],
    ['recognised by a disabled connector', receive({ Enabled: 'False' }) + outboundExports(), 'not-applicable'],
    [
      'no hybrid',
      shown('Get-ReceiveConnector -Server EX01 | Format-List', [receiveConnector()]) + sendExport(internetConnector()),
      'not-applicable',
    ],
    [
      'not recognised, cloud not exported',
      receive({ TlsDomainCapabilities: '{}' }) + hybridConfiguration(),
      'not-assessed',
    ],
    [
      'capabilities not printed',
      receiveExport(withoutProperties(receiveConnector(), 'TlsDomainCapabilities')),
      'not-assessed',
    ],
    ['no receive connectors', outboundExports(), 'not-assessed'],
    ['everything comes here', outboundExports([outbound({ RouteAllMessagesViaOnPremises: 'True' })]), 'fail'],
  ])('%s: %s', (_, text, state) => expect(judge(rule, text + rest).state).toBe(state))

  it.each([
    ['True', 'critical', 'yes', false],
    ['False', 'high', 'no', false],
  ])('centralized %s: %s', (RouteAllMessagesViaOnPremises, severity, cmt, raise) => {
    const [fail] = judge(rule, receive() + rest + outboundExports([outbound({ RouteAllMessagesViaOnPremises })])).fails
    expect([fail?.severity, fail?.params.cmt, fail?.couldRaise !== undefined]).toEqual([severity, cmt, raise])
  })

  it('may be critical while nobody knows', () =>
    expect(judge(rule, receive() + rest).fails[0]?.couldRaise?.map((m) => m.cmdlet)).toEqual(['Get-OutboundConnector']))
})

it.each([
  [
    remote(),
    [
      "New-RemoteDomain -Name 'Hybrid Domain - contoso.onmicrosoft.com' -DomainName 'contoso.onmicrosoft.com'",
      "Set-RemoteDomain -Identity 'Hybrid Domain - contoso.onmicrosoft.com' -TrustedMailInboundEnabled $true",
    ],
  ],
  [remote(trusted(INITIAL, 'False')), [`Set-RemoteDomain -Identity '${INITIAL}' -TrustedMailInboundEnabled $true`]],
])('uses the remote domain that is there', (domains, expected) => {
  const text = receive() + accepted() + domains
  const [first] = judge(rule, text).fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date(), answers: {} })
  expect(fix?.steps[2]?.powershell.split('\n').filter((l) => !l.startsWith('#'))).toEqual(expected)
})

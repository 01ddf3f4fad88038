import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  acceptedDomain,
  exported,
  hybridConfiguration,
  inCloud,
  internetConnector,
  judge,
  receiveConnector,
  receiveExport,
  remoteDomain,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const [A, B] = ['contoso.mail.onmicrosoft.com', 'old.mail.onmicrosoft.com']
const target = (domain: string, value = 'True') => remoteDomain(domain, { TargetDeliveryDomain: value })
const list = (...all: readonly Own[]) => exported('Get-RemoteDomain', remoteDomain('*'), ...all)
const send = sendExport(sendConnector())
const accepted = (...names: readonly string[]) => exported('Get-AcceptedDomain', ...names.map((n) => acceptedDomain(n)))

describe('in a hybrid', () => {
  it.each([
    ['once', list(target(A)), 'pass', undefined],
    ['not at all', list(target(A, 'False')), 'fail', 'none'],
    ['no remote domain for it', list(), 'fail', 'none'],
    ['of the cloud', list() + exported('Get-RemoteDomain', inCloud(target(A))), 'fail', 'none'],
    ['on a domain that is none of a tenant', list(target('contoso.com')), 'fail', 'none'],
    ['also for another tenant', list(target(A), target(B)) + accepted('contoso.com'), 'fail', 'several'],
    ['only for another tenant', list(target(A, 'False'), target(B)) + accepted('contoso.com'), 'fail', 'both'],
    ['for two tenants', list(target(A), target(B)) + accepted(A, B), 'pass', undefined],
    ['for one of two tenants', list(target(A)) + accepted(A, B), 'fail', 'none'],
    ['another tenant, accepted domains not exported', list(target(A), target(B)), 'not-assessed', undefined],
    ['not printed', list(withoutProperties(target(A), 'TargetDeliveryDomain')), 'not-assessed', undefined],
    ['set in a part of the list', shown('Get-RemoteDomain X | Format-List', [target(A)]), 'not-assessed', undefined],
    [
      'not set in a part of the list',
      shown('Get-RemoteDomain X | Format-List', [remoteDomain('*')]),
      'not-assessed',
      undefined,
    ],
  ])('%s: %s', (_, text, state, problem) => {
    const found = judge(rule, send + text)
    expect([found.state, found.fails[0]?.params.problem]).toEqual([state, problem])
  })

  it('asks for what is open', () => {
    expect(judge(rule, send + list(target(A), target(B))).missing).toEqual(['Get-AcceptedDomain'])
    expect(judge(rule, send + list(withoutProperties(target(A), 'TargetDeliveryDomain'))).missing).toEqual([
      'Get-RemoteDomain',
    ])
  })

  it('whose tenant nobody names, any is enough', () => {
    expect(judge(rule, hybridConfiguration() + list(target(A))).state).toBe('not-assessed')
    expect(judge(rule, hybridConfiguration() + accepted(A) + list(target(A))).missing).toEqual(['Get-SendConnector'])
    expect(judge(rule, hybridConfiguration() + list()).fails).toMatchObject([{ params: { named: 'no', without: '' } }])
    expect(judge(rule, send + list()).fails).toMatchObject([{ params: { named: 'yes', without: A } }])
  })
})

it.each([
  ['no hybrid', sendExport(internetConnector()) + receiveExport(receiveConnector()), 'not-applicable'],
  ['nothing tells', '', 'not-assessed'],
])('%s: %s', (_, text, state) => expect(judge(rule, text + list()).state).toBe(state))

it.each([
  [
    list(),
    [
      `New-RemoteDomain -Name 'Hybrid Domain - ${A}' -DomainName '${A}'`,
      `Set-RemoteDomain -Identity 'Hybrid Domain - ${A}' -TargetDeliveryDomain $true`,
    ],
  ],
  [list(target(A, 'False')), [`Set-RemoteDomain -Identity '${A}' -TargetDeliveryDomain $true`]],
  [
    list(target(A), target(B)) + accepted('contoso.com'),
    [`Set-RemoteDomain -Identity '${B}' -TargetDeliveryDomain $false`],
  ],
])('sets what is missing and clears the rest', (domains, expected) => {
  const text = send + domains
  const [first] = judge(rule, text).fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date(), answers: {} })
  expect(fix?.steps[2]?.powershell.split('\n').filter((l) => !l.startsWith('#'))).toEqual(expected)
})

import { describe, expect, it } from 'vitest'
import {
  acceptedDomain,
  exported,
  hybridConfiguration,
  inCloud,
  internetConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
} from '../../testing/exports-text'
import { rule } from './rule'

const ROUTING = 'contoso.mail.onmicrosoft.com'
const here = (...names: readonly string[]) => exported('Get-AcceptedDomain', ...names.map((n) => acceptedDomain(n)))
const there = (...names: readonly string[]) =>
  exported('Get-AcceptedDomain', ...names.map((n) => inCloud(acceptedDomain(n))))
const hybrid = (Domains = '{contoso.com}') => hybridConfiguration({ Domains })

/** Connectors that lead to no tenant. */
const internet = sendExport(internetConnector())

describe('a shared domain', () => {
  it.each([
    ['on both sides', here('contoso.com') + there('contoso.com'), 'pass', undefined],
    ['below a wildcard', here('*.com') + there('contoso.com'), 'pass', undefined],
    ['not here', here('fabrikam.com') + there('contoso.com'), 'fail', 'medium'],
    ['not there', here('contoso.com') + there('fabrikam.com'), 'fail', 'medium'],
    ['nowhere', here('fabrikam.com') + there('fabrikam.com'), 'fail', 'medium'],
    ['there, servers not exported', there('contoso.com'), 'not-assessed', undefined],
    ['here, cloud not exported', here('contoso.com'), 'not-assessed', undefined],
    ['not here, cloud not exported', here('fabrikam.com'), 'fail', 'medium'],
    [
      'not among some of them',
      exported('Get-AcceptedDomain fabrikam.com', acceptedDomain('fabrikam.com')) + there('contoso.com'),
      'not-assessed',
      undefined,
    ],
  ])('%s: %s %s', (_, lists, state, severity) => {
    const found = judge(rule, hybrid() + internet + lists)
    expect([found.state, found.fails[0]?.severity]).toEqual([state, severity])
  })

  it('says on which side', () => {
    const [fail] = judge(rule, hybrid() + here('contoso.com') + there('fabrikam.com')).fails
    expect(fail).toMatchObject({ key: 'contoso.com', side: 'exchange-online', params: { here: 'no', there: 'yes' } })
    expect(judge(rule, hybrid() + internet + here('contoso.com')).verdicts).toMatchObject([
      { missing: [{ side: 'exchange-online' }] },
    ])
    expect(judge(rule, hybrid() + internet + there('contoso.com')).verdicts).toMatchObject([
      { missing: [{ side: 'on-premises' }] },
    ])
  })

  it('can be added to the servers, not to the cloud', () => {
    const plan = (text: string) => {
      const [first] = judge(rule, text).fails
      return first && rule.fix([first], { config: {} as never, asOf: new Date(), answers: {} })
    }
    expect(plan(hybrid() + here('contoso.com') + there('fabrikam.com'))).toBeNull()
    expect(plan(hybrid() + here('fabrikam.com') + there('contoso.com'))?.steps[2]?.powershell).toContain(
      "New-AcceptedDomain -Name 'contoso.com'",
    )
  })
})

describe('a routing domain', () => {
  const send = sendExport(sendConnector())
  it.each([
    ['not here', here('contoso.com') + there('contoso.com', ROUTING), 'high', false],
    ['not there', here('contoso.com', ROUTING) + there('contoso.com'), 'medium', false],
    ['not there, servers not exported', there('contoso.com'), 'medium', true],
  ])('%s: %s', (_, lists, severity, raise) => {
    const [fail] = judge(rule, hybrid() + send + lists).fails
    expect([fail?.severity, fail?.couldRaise !== undefined]).toEqual([severity, raise])
  })
  it('is looked for without the hybrid configuration, which is asked for', () => {
    const text = send + here('contoso.com', ROUTING) + there('contoso.com', ROUTING)
    expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-HybridConfiguration'] })
    expect(judge(rule, send + here('contoso.com') + there('contoso.com', ROUTING)).state).toBe('fail')
  })
})

it.each([
  ['no hybrid', sendExport(internetConnector()) + receiveExport(receiveConnector()), 'not-applicable'],
  ['a hybrid configuration that was cut', hybrid('{contoso.com...}') + there('contoso.com'), 'not-assessed'],
  ['nothing else', '', 'not-assessed'],
  ['no send connectors', hybrid() + there('contoso.com'), 'not-assessed'],
  ['all', hybrid() + there('contoso.com') + internet, 'pass'],
])('%s: %s', (_, text, state) => expect(judge(rule, here('contoso.com') + text).state).toBe(state))

it('takes a file without its command for a part of the list', () => {
  const text = here('fabrikam.com').replace(/^.*Get-AcceptedDomain.*$/m, '')
  expect(judge(rule, text + hybrid() + internet + there('contoso.com'))).toMatchObject({
    state: 'not-assessed',
    fails: [],
  })
})

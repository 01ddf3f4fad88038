import { describe, expect, it } from 'vitest'
import { runAudit } from '../../audit'
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
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const inbound = { TrustedMailInboundEnabled: 'True' }
const here = (...all: readonly Own[]) => exported('Get-RemoteDomain', ...all)
const there = (...all: readonly Own[]) => exported('Get-RemoteDomain', ...all.map(inCloud))
const accepted = exported('Get-AcceptedDomain', acceptedDomain('contoso.com'))
const acceptedThere = exported('Get-AcceptedDomain', inCloud(acceptedDomain('cloud.contoso.com')))
const noHybrid = sendExport(internetConnector()) + receiveExport(receiveConnector())

describe('a flag', () => {
  it.each([
    ['*', inbound, 'critical'],
    ['*', { TrustedMailOutboundEnabled: 'True' }, 'high'],
    ['*', { IsInternal: 'True' }, 'high'],
    ['fabrikam.com', inbound, 'high'],
    ['fabrikam.com', { TrustedMailOutboundEnabled: 'True' }, 'high'],
    ['*.fabrikam.com', { IsInternal: 'True' }, 'high'],
    ['*', {}, undefined],
    ['contoso.com', inbound, undefined],
    ['*.contoso.com', inbound, undefined],
    ['cloud.contoso.com', inbound, undefined],
    ['contoso.onmicrosoft.com', inbound, undefined],
    ['contoso.mail.onmicrosoft.com', { IsInternal: 'True' }, undefined],
    ['shared.example', inbound, undefined],
  ])('%s %j: %s', (domain, own, severity) => {
    const text = here(remoteDomain(domain, own)) + there(remoteDomain('*')) + accepted + acceptedThere
    const found = judge(rule, text + hybridConfiguration({ Domains: '{shared.example}' }))
    expect([found.state, found.fails[0]?.severity]).toEqual([severity ? 'fail' : 'pass', severity])
  })

  it('counts in Exchange Online too', () =>
    expect(judge(rule, here(remoteDomain('*')) + there(remoteDomain('*', inbound))).fails).toMatchObject([
      { side: 'exchange-online', severity: 'critical', confidence: 'likely' },
    ]))

  it('of a partner is medium, of everybody is not', () => {
    const answers = { 'partner:fabrikam.com': 'yes', 'partner:*': 'yes' }
    const levels = judge(
      rule,
      here(remoteDomain('fabrikam.com', inbound), remoteDomain('*', { IsInternal: 'True' })) + noHybrid + accepted,
      answers,
    ).fails
    expect(levels.map((f) => f.severity)).toEqual(['medium', 'high'])
    expect(levels.map((f) => f.couldRaise)).toEqual([undefined, undefined])
  })

  it('may be critical where the one that counts was not printed', () => {
    const hidden = withoutProperties(remoteDomain('*', { IsInternal: 'True' }), 'TrustedMailInboundEnabled')
    expect(judge(rule, here(hidden)).fails).toMatchObject([
      { severity: 'high', couldRaise: [{ cmdlet: 'Get-RemoteDomain' }] },
    ])
  })
})

describe('whose domain it is', () => {
  const foreign = here(remoteDomain('fabrikam.com', inbound))
  const asked = (text: string) => {
    const { state, missing } = judge(rule, text + there(remoteDomain('*')))
    return [state, missing]
  }
  it('needs the accepted domains of both sides', () => {
    expect(asked(foreign + accepted)).toEqual(['not-assessed', ['Get-AcceptedDomain']])
    expect(asked(foreign + acceptedThere)).toEqual(['not-assessed', ['Get-AcceptedDomain']])
    expect(asked(foreign + accepted + acceptedThere)).toEqual(['fail', []])
    expect(asked(foreign + accepted + acceptedThere + hybridConfiguration({ Domains: '{contoso.com...}' }))).toEqual([
      'not-assessed',
      ['Get-HybridConfiguration'],
    ])
  })
  it('needs those of the servers only where there is no tenant', () =>
    expect(judge(rule, foreign + accepted + noHybrid).state).toBe('fail'))
  it('does not matter without a flag', () =>
    expect(judge(rule, here(remoteDomain('fabrikam.com')) + noHybrid).state).toBe('pass'))
})

it.each([
  ['a flag', here(withoutProperties(remoteDomain('*'), 'IsInternal')) + noHybrid],
  ['the name', here(withoutProperties(remoteDomain('a.example', inbound), 'DomainName')) + noHybrid],
  ['the rest of the list', shown('Get-RemoteDomain Default | Format-List', [remoteDomain('*')]) + noHybrid],
  ['the other side', here(remoteDomain('*'))],
  ['this side', there(remoteDomain('*'))],
])('asks for %s', (_, text) =>
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-RemoteDomain'] }))

it('explains the back door only as critical', () => {
  const door = receiveExport(
    receiveConnector({ TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }),
  )
  const absorbed = (own: Own) => {
    const bytes = new TextEncoder().encode(door + here(remoteDomain('*', own)))
    const { findings } = runAudit([{ name: 'a.txt', bytes }], { now: new Date('2026-11-21T00:00:00Z') }).report
    return findings.find((f) => f.rule === 'hybrid-backdoor-foreign-tenants')?.absorbedBy?.startsWith(rule.id) ?? false
  }
  expect([absorbed(inbound), absorbed({ IsInternal: 'True' })]).toEqual([true, false])
})

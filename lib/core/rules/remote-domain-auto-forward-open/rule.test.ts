import { describe, expect, it } from 'vitest'
import {
  exported,
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
const on = { AutoForwardEnabled: 'True' }
const off = { AutoForwardEnabled: 'False' }
const here = (own: Own) => exported('Get-RemoteDomain', remoteDomain('*', own))
const there = (own: Own) => exported('Get-RemoteDomain', inCloud(remoteDomain('*', own)))
const policies = (...modes: readonly string[]) =>
  exported(
    'Get-HostedOutboundSpamFilterPolicy',
    ...modes.map((AutoForwardingMode, i) => ({ AutoForwardingMode, Name: `P${i}`, Identity: `P${i}` })),
  )
const noHybrid = sendExport(internetConnector()) + receiveExport(receiveConnector())

describe('on the servers', () => {
  it.each([
    ['on', here(on) + noHybrid, 'fail', 'low'],
    ['off', here(off) + noHybrid, 'pass', undefined],
    [
      'only for one domain',
      exported('Get-RemoteDomain', remoteDomain('*', off), remoteDomain('partner.example', on)) + noHybrid,
      'pass',
      undefined,
    ],
    [
      'not printed',
      exported('Get-RemoteDomain', withoutProperties(remoteDomain('*'), 'AutoForwardEnabled')) + noHybrid,
      'not-assessed',
      undefined,
    ],
    [
      'only another domain',
      shown('Get-RemoteDomain Partner | Format-List', [remoteDomain('partner.example')]) + noHybrid,
      'not-assessed',
      undefined,
    ],
    ['off, and perhaps a tenant', here(off), 'not-assessed', undefined],
  ])('%s: %s %s', (_, text, state, severity) => {
    const found = judge(rule, text)
    expect([found.state, found.fails[0]?.severity]).toEqual([state, severity])
  })
})

describe('in Exchange Online', () => {
  it.each([
    ['no policy', there(on), 'fail', 'info', 'unknown'],
    ['a policy that allows it', there(on) + policies('Automatic', 'On'), 'fail', 'medium', 'yes'],
    ['policies that do not', there(on) + policies('Automatic', 'Off'), 'pass', undefined, undefined],
    [
      'some policies',
      there(on) +
        exported('Get-HostedOutboundSpamFilterPolicy P0', { AutoForwardingMode: 'Off', Name: 'P0', Identity: 'P0' }),
      'fail',
      'info',
      'unknown',
    ],
    [
      'a policy without its mode',
      there(on) + exported('Get-HostedOutboundSpamFilterPolicy', { Name: 'P0', Identity: 'P0' }),
      'fail',
      'info',
      'unknown',
    ],
    ['off', there(off) + policies('On'), 'pass', undefined, undefined],
    [
      'not printed',
      exported('Get-RemoteDomain', withoutProperties(inCloud(remoteDomain('*')), 'AutoForwardEnabled')),
      'not-assessed',
      undefined,
      undefined,
    ],
  ])('%s: %s %s', (_, text, state, severity, policy) => {
    const found = judge(rule, here(off) + text)
    expect([found.state, found.fails[0]?.severity, found.fails[0]?.params.policy]).toEqual([state, severity, policy])
    expect(found.fails[0]?.couldRaise?.[0]?.cmdlet).toBe(
      policy === 'unknown' ? 'Get-HostedOutboundSpamFilterPolicy' : undefined,
    )
  })

  it('is a finding of its own', () =>
    expect(judge(rule, here(on) + there(on)).fails).toMatchObject([
      { key: '*', side: 'on-premises', conditions: [{ key: 'forwards' }] },
      { key: '*', side: 'exchange-online', conditions: [{ key: 'forwards' }, { key: 'policy' }] },
    ]))

  it('asks for the side that is missing', () => {
    expect(judge(rule, there(off)).verdicts.filter((v) => v.state === 'not-assessed')).toMatchObject([
      { missing: [{ cmdlet: 'Get-RemoteDomain', side: 'on-premises' }] },
    ])
    expect(judge(rule, here(off)).verdicts.filter((v) => v.state === 'not-assessed')).toMatchObject([
      { missing: [{ cmdlet: 'Get-RemoteDomain', side: 'exchange-online' }] },
    ])
  })
})

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
  remoteDomain,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const hybrid = { AllowedOOFType: 'InternalLegacy', IsInternal: 'True', TNEFEnabled: 'True' }
const remote = (domain: string, own: Own = {}) => remoteDomain(domain, { ...hybrid, ...own })
const here = (...all: readonly Own[]) => exported('Get-RemoteDomain', remoteDomain('*'), ...all)
const there = (...all: readonly Own[]) => exported('Get-RemoteDomain', ...[remoteDomain('*'), ...all].map(inCloud))
const accepted = exported('Get-AcceptedDomain', ...['a.example', 'b.example'].map((d) => acceptedDomain(d)))
const A = remote('a.example')

describe('in Exchange Online', () => {
  it.each([
    [{}, 'pass', ''],
    [{ AllowedOOFType: 'External' }, 'fail', 'AllowedOOFType'],
    [{ IsInternal: 'False' }, 'fail', 'IsInternal'],
    [{ TNEFEnabled: 'False' }, 'fail', 'TNEFEnabled'],
    [{ TNEFEnabled: '' }, 'fail', 'TNEFEnabled'],
    [{ AllowedOOFType: 'internallegacy' }, 'pass', ''],
    [{ IsInternal: 'False', TNEFEnabled: '' }, 'fail', 'IsInternal, TNEFEnabled'],
    [{ AutoForwardEnabled: 'False' }, 'pass', ''],
  ])('%j: %s', (own, state, properties) => {
    const found = judge(rule, here() + there(A, remote('b.example', own)) + accepted)
    expect([found.state, found.fails[0]?.params.properties ?? '']).toEqual([state, properties])
  })

  it('tells what differs and what does not', () =>
    expect(judge(rule, here() + there(A, remote('b.example', { IsInternal: 'False' })) + accepted).fails).toMatchObject(
      [
        {
          key: '',
          side: 'exchange-online',
          severity: 'low',
          objects: [{ id: 'a.example' }, { id: 'b.example' }],
          params: { values: 'a.example: true; b.example: false', side: 'cloud' },
          conditions: [{ value: 'no' }, { value: 'yes' }, { value: 'no' }],
        },
      ],
    ))

  const other = remote('b.example', { IsInternal: 'False' })
  it.each([
    ['a domain of somebody else', there(A, remote('c.example', { IsInternal: 'False' })) + accepted, 'not-applicable'],
    ['one domain', there(A) + accepted, 'not-applicable'],
    [
      'domains of the hybrid configuration',
      there(A, other) + hybridConfiguration({ Domains: '{a.example, b.example}' }),
      'fail',
    ],
    ['accepted domains not exported', there(A, other), 'not-assessed'],
    [
      'a routing domain beside',
      there(A, remote('contoso.mail.onmicrosoft.com', { IsInternal: 'False' })) +
        exported('Get-AcceptedDomain', ...['a.example', 'contoso.mail.onmicrosoft.com'].map((d) => acceptedDomain(d))),
      'not-applicable',
    ],
    [
      'a value that was not printed',
      there(A, withoutProperties(remote('b.example'), 'IsInternal')) + accepted,
      'not-assessed',
    ],
    ['a value that was not printed, and another', there(A, withoutProperties(other, 'TNEFEnabled')) + accepted, 'fail'],
    [
      'a domain without its name',
      there(A, remote('b.example'), withoutProperties(remote('x'), 'DomainName')) + accepted,
      'not-assessed',
    ],
    ['some of them', shown('Get-RemoteDomain X | Format-List', [inCloud(A)]) + accepted, 'not-assessed'],
  ])('%s: %s', (_, text, state) => expect(judge(rule, here() + text).state).toBe(state))
})

describe('on the servers', () => {
  const both = (own: Own) =>
    here(
      remote('a.mail.onmicrosoft.com'),
      remote('b.mail.onmicrosoft.com', own),
      remote('a.onmicrosoft.com', { IsInternal: 'False' }),
    ) + there()
  it.each([
    ['alike', both({}), 'pass'],
    ['not alike', both({ AllowedOOFType: 'External' }), 'fail'],
    ['one', here(remote('a.mail.onmicrosoft.com')) + there(), 'not-applicable'],
    [
      'alike, cloud not exported',
      here(remote('a.mail.onmicrosoft.com'), remote('b.mail.onmicrosoft.com')),
      'not-assessed',
    ],
    [
      'no tenant',
      here(remote('a.mail.onmicrosoft.com'), remote('b.mail.onmicrosoft.com')) +
        sendExport(internetConnector()) +
        receiveExport(receiveConnector()),
      'not-applicable',
    ],
  ])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))
})

import { describe, expect, it } from 'vitest'
import { configOf } from '../testing/objects'
import { parseQuestion } from './question'
import { traceJson } from './schema'
import { trace } from './trace'

const asked = (more: Parameters<typeof parseQuestion>[0]) => parseQuestion({ from: '203.0.113.7', ...more })

it('the null sender is a sender, no recipient', () => {
  expect(asked({ mailFrom: '<>', rcptTo: '' })).toMatchObject({ question: { mailFrom: '', rcptTo: null } })
  expect(asked({ rcptTo: '<>' })).toMatchObject({ problems: [{ field: 'rcptTo', problem: 'mail-address' }] })
})

// RFC 4291, 2.5.5.2: such an address stands for a node with IPv4 only, and the session is one of IPv4.
it.each([
  '::ffff:10.0.0.7',
  '::FFFF:a00:7',
  '[::ffff:10.0.0.7]',
  '0:0:0:0:0:ffff:10.0.0.7',
])('%s is an address of IPv4', (from) => {
  expect(asked({ from, localIp: from })).toMatchObject({
    question: { from: '10.0.0.7', localIp: '10.0.0.7', origin: 'on-premises' },
  })
})

it('an address of IPv6 stays as it was written', () =>
  expect(asked({ from: '::fffe:10.0.0.7' })).toMatchObject({ question: { from: '::fffe:10.0.0.7' } }))

describe('a message that begins in a mailbox', () => {
  const missing = { problems: [{ field: 'rcptTo', problem: 'recipient-missing' }] }

  it.each([
    { origin: 'on-premises' },
    { origin: 'on-premises', to: 'EX01' },
    { origin: 'exchange-online' },
    { origin: 'exchange-online', to: 'Exchange Online' },
  ])('needs a recipient: %j', (q) => {
    expect(parseQuestion(q)).toMatchObject(missing)
    expect(parseQuestion({ ...q, rcptTo: 'b@contoso.com' })).toHaveProperty('question')
  })

  it.each([
    { origin: 'internet' },
    { origin: 'other-tenant' },
    { origin: 'exchange-online', to: 'EX01' },
    { origin: 'on-premises', from: '10.0.0.7' },
  ])('a session does not: %j', (q) => expect(parseQuestion(q)).toHaveProperty('question'))

  it('one that cannot be read is not missing', () =>
    expect(parseQuestion({ origin: 'on-premises', rcptTo: 'nobody' })).toMatchObject({
      problems: [{ field: 'rcptTo', problem: 'mail-address' }],
    }))
})

// The answer repeats the question: what it says of a beginning that nobody asked for is not part of it.
it.each([
  [{ from: '203.0.113.7' }, undefined],
  [{ from: '40.92.0.1' }, undefined],
  [{ from: '203.0.113.7', origin: 'internet' }, 'internet'],
  [{ from: '203.0.113.7', origin: 'other-tenant' }, 'other-tenant'],
  [{ origin: 'internet' }, 'internet'],
] as const)('%j: the origin is printed as it was asked', (q, origin) => {
  const parsed = parseQuestion(q)
  if (!('question' in parsed)) throw new Error(JSON.stringify(parsed.problems))
  const world = { config: configOf({}), asOf: new Date('2026-11-22'), answers: {} }
  const { question } = traceJson(trace(world, parsed.question))
  expect(question.origin).toBe(origin)
  expect(Object.keys(question)).not.toContain('isOriginAssumed')
})

import { expect, it } from 'vitest'
import { expectationOf } from './expectation'
import type { Elsewhere, Simulation } from './simulate'
import { startersOf } from './starters'
import type { Disposition } from './types'

type Parts = {
  confidence?: 'certain' | 'likely' | 'unknown'
  branches?: readonly Disposition[]
  elsewhere?: readonly Disposition[]
  change?: Partial<Simulation>
  lastDecision?: string
}

/** As much of a simulation as an expectation looks at. */
function answered(disposition: Disposition, parts: Parts = {}): Simulation {
  const { confidence = 'certain', branches = [], elsewhere = [], change = {}, lastDecision = 'x' } = parts
  const step = {
    ...{ stage: 'recipient' as const, decision: lastDecision, confidence },
    ...{ because: [], notChosen: [], missing: [] },
  }
  const way = (d: Disposition) => ({
    ...{ disposition: d, confidence, reply: null, authAs: 'unknown' as const, cycle: [] },
    hops: [{ node: { kind: 'server' as const, id: 'EX01' }, steps: [step] }],
  })
  return {
    ...{ choices: { servers: [], moreServers: 0, certificates: [], domains: [] } as never, examples: [], problems: [] },
    trace: {
      ...{ ...way(disposition), question: { to: 'EX01', port: 25, tls: 'starttls', auth: 'none' } },
      branches: branches.map((d) => ({ ...way(d), reason: 'r', params: {} })),
    },
    elsewhere: elsewhere.map(
      (d, i): Elsewhere => ({
        ...{ server: `EX1${i}`, disposition: d, confidence: 'certain', isTakenAnyway: false },
      }),
    ),
    ...{ span: null, moreServers: 0 },
    ...change,
  }
}
const stateOf = (expected: Disposition, ...all: Simulation[]) => expectationOf(expected, all).state

it('is kept by the same answer and broken by another', () => {
  expect(stateOf('rejected', answered('rejected'))).toBe('kept')
  expect(stateOf('rejected', answered('relayed'))).toBe('broken')
  expect(stateOf('accepted', answered('relayed'))).toBe('broken')
  expect(stateOf('accepted', answered('accepted', { confidence: 'likely' }))).toBe('kept')
})

it('takes whatever stops a message for rejected, and nothing else', () => {
  for (const d of ['queued', 'loop', 'no-route'] as const) {
    expect(stateOf('rejected', answered(d))).toBe('kept')
    expect(stateOf(d, answered('rejected'))).toBe('broken')
  }
})

it('cannot tell where the exports leave it open', () => {
  expect(stateOf('rejected', answered('insufficient-info'))).toBe('cannot-tell')
  expect(stateOf('rejected', answered('relayed', { confidence: 'unknown' }))).toBe('cannot-tell')
  expect(stateOf('rejected', answered('rejected', { confidence: 'unknown' }))).toBe('cannot-tell')
  expect(stateOf('rejected', { ...answered('rejected'), trace: null })).toBe('cannot-tell')
  expect(expectationOf('rejected', []).state).toBe('cannot-tell')
})

it('is broken where the message is taken for any domain, though not whether that is relay', () => {
  const anyDomain = answered('insufficient-info', { lastDecision: 'any-domain-not-known' })
  expect(stateOf('rejected', anyDomain)).toBe('broken')
  expect(stateOf('accepted', anyDomain)).toBe('cannot-tell')
})

it('asks every branch where several ways are open', () => {
  const open = (...branches: Disposition[]) => answered('ambiguous', { branches })
  expect(stateOf('rejected', open('rejected', 'no-route'))).toBe('kept')
  expect(stateOf('rejected', open('rejected', 'relayed'))).toBe('cannot-tell')
  expect(stateOf('rejected', open('accepted', 'relayed'))).toBe('broken')
  expect(stateOf('rejected', open('accepted', 'insufficient-info'))).toBe('cannot-tell')
  expect(stateOf('ambiguous', open('accepted', 'relayed'))).toBe('kept')
})

it('asks every server and every part of a range', () => {
  const everywhere = answered('rejected', { elsewhere: ['rejected', 'relayed'] })
  expect(expectationOf('rejected', [everywhere])).toMatchObject({
    ...{ state: 'broken', answer: { server: 'EX11', disposition: 'relayed' } },
  })
  expect(stateOf('rejected', answered('rejected', { elsewhere: ['insufficient-info'] }))).toBe('cannot-tell')
  expect(stateOf('rejected', answered('rejected'), answered('accepted'))).toBe('broken')
  const more = { change: { moreServers: 3 } }
  expect(stateOf('rejected', answered('rejected', more))).toBe('cannot-tell')
  expect(stateOf('rejected', answered('relayed', more))).toBe('broken')
  const span = { range: '10.0.0.0/8', isWhole: false, differs: [], more: 4 }
  expect(stateOf('rejected', answered('rejected', { change: { span } }))).toBe('cannot-tell')
})

it('starts with what the exports can be asked', () => {
  expect(startersOf([])).toEqual([])
  const starters = startersOf([
    { kind: 'stranger-relay', form: { from: '203.0.113.7', to: 'EX01', rcpt: 'example.net' } },
    { kind: 'cloud', form: { cert: 'exchange-online', to: 'EX01', rcpt: 'contoso.com' } },
  ])
  expect(starters.map((s) => [s.kind, s.expected, s.form.to])).toEqual([
    ['no-relay', 'rejected', ''],
    ['cloud-arrives', 'accepted', 'EX01'],
  ])
})

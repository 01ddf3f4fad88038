import { describe, expect, it } from 'vitest'
import { aBlock, aFinding, anObject, anOutcome, aReport, aSource } from '../testing/report-builder'
import { compareFindings } from './findings'

const rule = 'relay-on-default-connector'
const on = (server: string) => ({ kind: 'receiveConnector', id: `${server}\\Relay`, server })
const finding = (server: string, change = {}) =>
  aFinding({ id: `${rule}.${server}`, rule, objects: [on(server)], ...change })
const connector = (server: string) => anObject(`${server}\\Relay`, { Bindings: ['0.0.0.0:25'] })
const exported = (...servers: string[]) =>
  servers.map((server, i) =>
    aSource({ id: `s${i + 1}`, name: `${server}.txt`, blocks: [aBlock({ server, lines: [1, 9] })] }),
  )
const ids = (list: readonly { id: string }[]) => list.map((f) => f.id)

describe('a finding that is found no more', () => {
  const then = aReport({
    findings: [finding('EX01'), finding('EX02')],
    outcomes: [anOutcome(rule, 'fail')],
    sources: exported('EX01', 'EX02'),
    inventory: { receiveConnectors: [connector('EX01'), connector('EX02')] },
  })

  it('is fixed where its object was looked at again', () => {
    const now = aReport({
      outcomes: [anOutcome(rule, 'pass')],
      sources: exported('EX01', 'EX02'),
      inventory: { receiveConnectors: [connector('EX01'), connector('EX02')] },
    })
    expect(ids(compareFindings(then, now).fixed)).toEqual(['relay-on-default-connector.EX01', `${rule}.EX02`])
  })

  it('is fixed where a whole list shows that its object is gone', () => {
    const now = aReport({
      outcomes: [anOutcome(rule, 'pass')],
      sources: exported('EX01', 'EX02'),
      inventory: { receiveConnectors: [connector('EX02')] },
    })
    expect(compareFindings(then, now).fixed).toHaveLength(2)
  })

  it('is not fixed where its server was left out, although the check was done', () => {
    const now = aReport({
      outcomes: [anOutcome(rule, 'pass')],
      sources: exported('EX01'),
      inventory: { receiveConnectors: [connector('EX01')] },
    })
    const { fixed, noLongerAssessed } = compareFindings(then, now)
    expect(ids(fixed)).toEqual([`${rule}.EX01`])
    expect(noLongerAssessed).toMatchObject([{ finding: { id: `${rule}.EX02` }, reason: 'objects' }])
  })

  it.each(['not-assessed', 'crashed'] as const)('is not fixed where the check is %s', (state) => {
    const now = aReport({ ...then, outcomes: [anOutcome(rule, state)], findings: [] })
    const { fixed, noLongerAssessed } = compareFindings(then, now)
    expect(fixed).toEqual([])
    expect(noLongerAssessed.map((a) => a.reason)).toEqual(['check', 'check'])
  })

  it('is not fixed where the check could not look at its server', () => {
    const missing = [{ cmdlet: 'Get-ADPermission', side: 'on-premises' as const, servers: ['ex02.contoso.local'] }]
    const now = aReport({
      outcomes: [anOutcome(rule, 'fail', missing)],
      sources: exported('EX01', 'EX02'),
      inventory: { receiveConnectors: [connector('EX01'), connector('EX02')] },
    })
    const { fixed, noLongerAssessed } = compareFindings(then, now)
    expect(ids(fixed)).toEqual([`${rule}.EX01`])
    expect(noLongerAssessed).toMatchObject([{ finding: { id: `${rule}.EX02` }, reason: 'check' }])
    // It was missing then as well, and the finding was made all the same.
    const also = aReport({ ...now, findings: then.findings })
    expect(compareFindings({ ...also, outcomes: now.outcomes }, now).fixed).toHaveLength(2)
  })

  it('is newly assessed the other way round, not new', () => {
    const now = aReport({
      outcomes: [anOutcome(rule, 'pass')],
      sources: exported('EX01'),
      inventory: { receiveConnectors: [connector('EX01')] },
    })
    const changes = compareFindings(now, then)
    expect(ids(changes.new)).toEqual([`${rule}.EX01`])
    expect(changes.newlyAssessed).toMatchObject([{ finding: { id: `${rule}.EX02` }, reason: 'objects' }])
  })
})

describe('a finding of both audits', () => {
  const parts = {
    outcomes: [anOutcome(rule, 'fail')],
    sources: exported('EX01', 'EX02'),
    inventory: { receiveConnectors: [connector('EX01'), connector('EX02')] },
  }
  const reported = (change: object) => aReport({ ...parts, findings: [aFinding({ id: 'f', rule, ...change })] })
  const one = reported({ objects: [on('EX01')] })
  const two = reported({ objects: [on('EX01'), on('EX02')] })

  it('is worse with a further object, better without one', () => {
    expect(compareFindings(one, two)).toMatchObject({ worse: [{ added: ['EX02\\Relay'] }], better: [], unchanged: 0 })
    expect(compareFindings(two, one)).toMatchObject({ better: [{ removed: ['EX02\\Relay'] }], worse: [], unchanged: 0 })
  })

  it('is worse at a higher level, better at a lower one', () => {
    const low = reported({ severity: 'low', objects: [on('EX01')] })
    expect(compareFindings(low, one).worse).toMatchObject([{ before: { severity: 'low' } }])
    expect(compareFindings(one, low).better).toMatchObject([{ before: { severity: 'high' } }])
    expect(compareFindings(one, one).unchanged).toBe(1)
  })

  it('is neither where the other object was not exported', () => {
    const without = { ...parts, sources: exported('EX01'), inventory: { receiveConnectors: [connector('EX01')] } }
    const less = aReport({ ...without, findings: one.findings })
    expect(compareFindings(two, less)).toMatchObject({ better: [], unchanged: 1 })
    expect(compareFindings(less, two)).toMatchObject({ worse: [], unchanged: 1 })
  })
})

it('a finding about a server is fixed only where something of the server was looked at, or the server is gone', () => {
  const about = aFinding({
    id: 'c',
    rule: 'certificate-without-smtp-service',
    objects: [{ kind: 'server', id: 'EX02', server: 'EX02' }],
  })
  const then = aReport({ findings: [about], outcomes: [anOutcome(about.rule, 'fail')], sources: [] })
  const outcomes = [anOutcome(about.rule, 'pass')]
  const apart = (now: Parameters<typeof aReport>[0]) => compareFindings(then, aReport({ outcomes, ...now }))
  expect(apart({ sources: [] }).noLongerAssessed).toHaveLength(1)
  const servers = aSource({ blocks: [aBlock({ cmdlet: 'Get-ExchangeServer', collection: 'servers' })] })
  expect(apart({ sources: [servers], inventory: { servers: [anObject('EX01', {})] } }).fixed).toHaveLength(1)
  const listed = { servers: [anObject('EX01', {}), anObject('EX02', {})] }
  expect(apart({ sources: [servers], inventory: listed }).noLongerAssessed).toHaveLength(1)
})

it('what is part of another finding now, or accepted, is still there', () => {
  const f = finding('EX01')
  const then = aReport({ findings: [f], outcomes: [anOutcome(rule, 'fail')] })
  const inOther = aReport({ ...then, findings: [{ ...f, absorbedBy: 'x' }] })
  const accepted = aReport({ ...then, findings: [{ ...f, accepted: { reason: 'r', until: null } }] })
  for (const now of [inOther, accepted])
    expect(compareFindings(then, now)).toMatchObject({ fixed: [], new: [], noLongerAssessed: [], unchanged: 0 })
})

import { describe, expect, it } from 'vitest'
import { questionNumbers } from '../rules/define-rule'
import { aBlock, aFinding, anOutcome, aReport, aSource } from '../testing/report-builder'
import { questionRows } from './questions'
import { verdict } from './verdict'

const answers = (a: 'none-found' | 'cannot-tell') => questionNumbers.map((question) => ({ question, answer: a }))

describe('verdict', () => {
  it('leads with the worst proven path and counts exactly what its link lists', () => {
    const report = aReport({
      findings: [
        aFinding({ id: 'a.1', severity: 'critical', confidence: 'likely' }),
        aFinding({ id: 'a.2', severity: 'high', question: 2 }),
        aFinding({ id: 'a.3', severity: 'high', question: 2, exposure: 'internal' }),
        aFinding({ id: 'a.4', severity: 'high', question: 2, absorbedBy: 'a.3' }),
        aFinding({ id: 'a.5', severity: 'medium', question: 2 }),
        aFinding({ id: 'a.6', severity: 'high', question: 2, confidence: 'likely' }),
      ],
      outcomes: [
        anOutcome('x', 'not-assessed'),
        anOutcome('y', 'fail'),
        anOutcome('z', 'fail', [{ cmdlet: 'Get-A', side: 'on-premises', servers: [] }]),
      ],
      answers: [
        { question: 1, answer: 'none-found' },
        { question: 2, answer: 'yes' },
        { question: 3, answer: 'cannot-tell' },
      ],
    })
    expect(verdict(report)).toMatchObject({
      lead: { kind: 'proven', question: 2, severity: 'high', reach: 'outside', count: 2 },
      notFound: '1',
      notAssessed: 1,
      checks: 3,
      partly: 1,
      worst: { id: 'a.2' },
    })
  })
  it('says "inside" only where nobody outside is concerned', () => {
    const report = aReport({ findings: [aFinding({ exposure: 'internal' })] })
    expect(verdict(report).lead).toMatchObject({ reach: 'inside' })
  })
  it('calls nothing proven that is only likely', () => {
    const report = aReport({ findings: [aFinding({ severity: 'critical', confidence: 'likely' })] })
    expect(verdict(report).lead).toMatchObject({ kind: 'likely', count: 1 })
  })
  it('is quiet where only tidying up is left', () => {
    const findings = [aFinding({ severity: 'low' }), aFinding({ id: 'b.1', severity: 'info' })]
    expect(verdict(aReport({ findings, answers: answers('none-found') }))).toMatchObject({
      lead: { kind: 'quiet' },
      notFound: '123',
    })
  })
  it('does not call a blind audit quiet', () => {
    expect(verdict(aReport({ answers: answers('cannot-tell') })).lead).toEqual({ kind: 'blind' })
  })
  it('knows when only Exchange Online was uploaded, and when nothing could be read', () => {
    const cloud = aSource({ blocks: [aBlock({ side: 'exchange-online', collection: 'inboundConnectors' })] })
    expect(verdict(aReport({ sources: [cloud] })).lead).toEqual({ kind: 'only-exchange-online' })
    expect(verdict(aReport({ sources: [aSource({ status: 'unknown-format', blocks: [] })] })).lead).toEqual({
      kind: 'nothing-readable',
      files: 1,
    })
  })
})

describe('questionRows', () => {
  it('counts faults and notes apart and names what would answer more', () => {
    const missing = (cmdlet: string) => ({ cmdlet, side: 'on-premises' as const, servers: [] })
    const report = aReport({
      findings: [
        aFinding({ id: 'a.1' }),
        aFinding({ id: 'a.2', severity: 'info', proof: 'inferred' }),
        aFinding({ id: 'a.3', absorbedBy: 'a.1' }),
      ],
      outcomes: [
        anOutcome('r1', 'not-assessed', [missing('Get-B'), missing('Get-A')]),
        anOutcome('r2', 'not-assessed', [missing('Get-B'), missing('Get-B')]),
        anOutcome('r3', 'not-assessed', [missing('Get-C')]),
      ],
      answers: [{ question: 1, answer: 'yes' }],
    })
    const catalogue = new Map(['r1', 'r2'].map((id) => [id, { id, question: 1 as const, title: { en: id, de: id } }]))
    const rows = questionRows(report, catalogue)
    expect(rows).toHaveLength(6)
    expect(rows[0]).toMatchObject({
      answer: 'yes',
      faults: 1,
      notes: 1,
      basedOn: ['configuration', 'inferred'],
      notAssessed: 2,
      cmdlets: ['Get-B', 'Get-A'],
    })
    expect(rows[0]?.checks).toBe(2)
    expect(rows[1]).toMatchObject({ answer: 'cannot-tell', faults: 0, checks: 0, cmdlets: [] })
  })
})

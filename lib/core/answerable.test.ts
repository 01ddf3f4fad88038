import { describe, expect, it } from 'vitest'
import { answerable } from './answerable'
import type { ReportBlock } from './report/schema'
import { rules } from './rules/index'

const block = (
  collection: ReportBlock['collection'],
  completeness: ReportBlock['completeness'] = 'full',
): ReportBlock => ({
  format: 'format-list',
  cmdlet: null,
  collection,
  certainty: 'certain',
  completeness,
  side: 'on-premises',
  server: null,
  listing: 'all',
  objects: 1,
  lines: [1, 2],
})
/** Rules of the first question that read no more than these three: what they ask for does not change with every new rule. */
const inputs: readonly unknown[] = ['receiveConnectors', 'acceptedDomains', 'adPermissions']
const few = rules.filter((r) => r.question === 1 && [...r.needs, ...r.optional].every((c) => inputs.includes(c)))
const first = (...blocks: readonly ReportBlock[]) => answerable(blocks, few)[0]

describe('answerable', () => {
  it('cannot answer anything from nothing, and says what to bring', () => {
    const all = answerable([])
    expect(all.map((a) => a.question)).toEqual([1, 2, 3, 4, 5, 6])
    expect(all.every((a) => a.answer === 'no')).toBe(true)
    expect(first()?.missing.map((m) => m.cmdlet)).toEqual([
      'Get-ReceiveConnector',
      'Get-ADPermission',
      'Get-AcceptedDomain',
    ])
    expect(all[0]?.missing[0]?.cmdlet).toBe('Get-ReceiveConnector')
  })

  it('grows with the files', () => {
    expect(first(block('receiveConnectors'))?.answer).toBe('partly')
    const whole = first(block('receiveConnectors'), block('acceptedDomains'), block('adPermissions'))
    expect(whole).toEqual({ question: 1, answer: 'yes', missing: [] })
  })

  it('does not count tables and lists of names', () => {
    expect(first(block('receiveConnectors', 'table'), block('receiveConnectors', 'identity-only'))?.answer).toBe('no')
  })

  it.each([
    ['a few columns', { completeness: 'projection' }],
    ['cut lists', { gaps: true }],
    ['one connector that was named', { listing: 'named' }],
  ] as const)('asks once more where an export has %s', (_, more) => {
    const others = [block('acceptedDomains'), block('adPermissions')]
    expect(first({ ...block('receiveConnectors'), ...more }, ...others)).toEqual({
      question: 1,
      answer: 'partly',
      missing: [{ cmdlet: 'Get-ReceiveConnector', side: 'on-premises', servers: [] }],
    })
  })

  it('asks for the servers that are known and have not been exported', () => {
    const certificates = { ...block('certificates'), server: 'EX01' }
    const connectors = ['EX01', 'EX02', 'EX03'].map((server) => ({ ...block('receiveConnectors'), server }))
    const edge = { ...block('receiveConnectors'), server: 'EDGE01', side: 'edge' as const }
    const asked = answerable([certificates, ...connectors, edge]).flatMap((a) => a.missing)
    expect(asked).toContainEqual({ cmdlet: 'Get-ExchangeCertificate', side: 'on-premises', servers: ['EX02', 'EX03'] })
    expect(asked).toContainEqual({ cmdlet: 'Get-ExchangeCertificate', side: 'edge', servers: ['EDGE01'] })
    expect(asked.map((m) => m.cmdlet)).not.toContain('Get-ReceiveConnector')
  })

  it('does not count what commands would make', () =>
    expect(first({ ...block('receiveConnectors'), intended: true })?.answer).toBe('no'))

  it('does not count what was not recognised', () => expect(first(block(null))?.answer).toBe('no'))
})

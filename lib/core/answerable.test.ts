import { describe, expect, it } from 'vitest'
import { answerable } from './answerable'
import type { ReportBlock } from './report/schema'

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
const first = (...blocks: readonly ReportBlock[]) => answerable(blocks)[0]

describe('answerable', () => {
  it('cannot answer anything from nothing, and says what to bring', () => {
    const all = answerable([])
    expect(all.map((a) => a.question)).toEqual([1, 2, 3, 4, 5, 6])
    expect(all.every((a) => a.answer === 'no')).toBe(true)
    expect(first()?.missing.map((m) => m.cmdlet)).toEqual([
      'Get-ReceiveConnector',
      'Get-AcceptedDomain',
      'Get-ADPermission',
    ])
  })

  it('grows with the files', () => {
    expect(first(block('receiveConnectors'))?.answer).toBe('partly')
    const whole = first(block('receiveConnectors'), block('acceptedDomains'), block('adPermissions'))
    expect(whole).toEqual({ question: 1, answer: 'yes', missing: [] })
  })

  it('does not count tables and lists of names', () => {
    expect(first(block('receiveConnectors', 'table'), block('receiveConnectors', 'identity-only'))?.answer).toBe('no')
  })

  it('does not count what was not recognised', () => expect(first(block(null))?.answer).toBe('no'))
})

import { describe, expect, it } from 'vitest'
import type { AuditRow } from '@/lib/server/audits'
import { environmentLines } from './environment-lines'

const audit = (id: string, environmentId: string, day: number, more: Partial<AuditRow> = {}): AuditRow => ({
  ...{ id, environmentId, environmentName: environmentId, name: id, status: 'done' as const },
  createdAt: new Date(Date.UTC(2026, 0, day)),
  ...{ analysedAt: null, asOf: null, certificateEnd: null, notAssessed: 0, answers: {}, progress: null, error: null },
  counts: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
  ...{ isSample: false, revision: 1, revisionOf: null, sources: 1, originalsDeletedAt: null, createdBy: null },
  ...more,
})
const counts = (critical: number, high: number) => ({ critical, high, medium: 0, low: 0, info: 0 })
const named = (...ids: string[]) => ids.map((id) => ({ id, name: id.toUpperCase() }))

describe('environmentLines', () => {
  it('takes the two newest analysed audits of each, and counts all', () => {
    const audits = [
      audit('a4', 'a', 9, { status: 'draft' }),
      audit('a3', 'a', 8),
      audit('b1', 'b', 7),
      audit('a2', 'a', 6, { status: 'failed' }),
      audit('a1', 'a', 5),
      audit('a0', 'a', 4),
    ]
    const [a, b] = environmentLines(named('a', 'b'), audits).sort((one, two) => (one.id < two.id ? -1 : 1))
    expect(a).toMatchObject({ name: 'A', audits: 5, latest: { id: 'a3' }, before: { id: 'a1' } })
    expect(b).toMatchObject({ audits: 1, latest: { id: 'b1' }, before: null })
  })

  it('has those without an audit as well, at the end', () => {
    const lines = environmentLines(named('empty', 'clean'), [audit('c', 'clean', 1)])
    expect(lines.map(({ id, audits }) => [id, audits])).toEqual([
      ['clean', 1],
      ['empty', 0],
    ])
  })

  it('puts the worst first: critical before high, then the oldest audit', () => {
    const audits = [
      audit('1', 'high', 1, { counts: counts(0, 9) }),
      audit('2', 'critical', 2, { counts: counts(1, 0) }),
      audit('3', 'newer', 4, { counts: counts(0, 1) }),
      audit('4', 'older', 3, { counts: counts(0, 1) }),
    ]
    const lines = environmentLines(named('newer', 'older', 'high', 'critical'), audits)
    expect(lines.map(({ id }) => id)).toEqual(['critical', 'high', 'older', 'newer'])
  })
})

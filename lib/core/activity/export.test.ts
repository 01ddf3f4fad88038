import { parse } from 'papaparse'
import { describe, expect, it } from 'vitest'
import { verifyChain } from './chain'
import { type ActivityEntry, emptyLog, entryHash } from './entry'
import {
  activityCsvEnd,
  activityCsvLine,
  activityCsvStart,
  activityJsonEnd,
  activityJsonLine,
  parseActivityExport,
} from './export'

const what = {
  ...{ seq: 1, at: '2026-11-22T06:00:00.000Z', actorKind: 'user', actorId: 'u1', actorName: '=HYPERLINK("x")\u2028"' },
  ...{ action: 'exported', environmentId: null, auditId: 'abc123', object: '-2+3', details: { b: 'ä\n', a: 1 } },
  address: '2001:db8::1',
}
const hash = entryHash(what, emptyLog.hash)
const entry: ActivityEntry = { ...what, previousHash: emptyLog.hash, hash }
const head = { seq: 1, hash }
const whole = activityJsonLine(entry) + activityJsonEnd(head, true)

describe('an exported log', () => {
  it('is read back as it was', () => {
    const read = parseActivityExport(whole)
    expect(read).toEqual({ entries: [entry], end: { head, complete: true }, badLine: null })
    expect(verifyChain(read.entries, { head }).fault).toBeNull()
    expect(parseActivityExport(`\ufeff${whole.replaceAll('\n', '\r\n')}`)).toEqual(read) // sent through Windows
  })

  it('shows that its end is missing', () => {
    expect(parseActivityExport(activityJsonLine(entry))).toMatchObject({ end: null, badLine: null })
  })

  it.each([
    ['', 'x\n'],
    ['{"seq":1}\n', ''],
    [`${JSON.stringify({ ...entry, more: 1 })}\n`, ''],
    ['', activityJsonLine(entry)],
    ['', activityJsonEnd(head, true)],
  ])('names the line that is none of it: %j … %j', (before, after) => {
    expect(parseActivityExport(before + whole + after).badLine).toBe(before ? 1 : 3)
  })

  it('holds no formulas for spreadsheets', () => {
    const text = activityCsvStart() + activityCsvLine(entry, 'de') + activityCsvEnd(head)
    const [names = [], row = [], last = []] = parse<string[]>(text.slice(1), { skipEmptyLines: true }).data
    const cell = (name: string) => row[names.indexOf(name)]
    expect(cell('actorName')).toBe(`'${what.actorName}`)
    expect(cell('object')).toBe("'-2+3")
    expect(cell('what')).toBe('Exportiert')
    expect(cell('details')).toBe('{"a":1,"b":"ä\\n"}')
    expect([row.length, last.length]).toEqual([names.length, names.length])
    expect([last[0], last.at(-1)]).toEqual(['1', hash])
  })
})

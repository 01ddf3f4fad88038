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
    expect(activityCsvStart()).toMatch(/^\ufeffseq,at,actorKind,[\w,]+,hash\r\n$/i)
    expect(activityCsvLine(entry, 'de')).toBe(
      `1,2026-11-22T06:00:00.000Z,user,"'=HYPERLINK(""x"")\u2028""",u1,exported,,abc123,'-2+3,Exportiert,` +
        `"{""a"":1,""b"":""ä\\n""}",2001:db8::1,${emptyLog.hash},${hash}\r\n`,
    )
    expect(activityCsvEnd(head)).toBe(`1,,,,,,,,,head,,,,${hash}\r\n`)
  })
})

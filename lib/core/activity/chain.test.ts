import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical'
import { verifyChain } from './chain'
import { type ActivityEntry, emptyLog, entryHash, type UnchainedEntry } from './entry'

const happened = (seq: number): UnchainedEntry => ({
  seq,
  at: new Date(1_795_000_000_000 + seq).toISOString(),
  actorKind: 'user',
  actorId: 'u1',
  actorName: 'Ada',
  action: 'exported',
  environmentId: 'e1',
  auditId: null,
  object: `o${seq}`,
  details: { format: 'csv', rows: seq },
  address: '192.0.2.1',
})

function logOf(entries: readonly UnchainedEntry[]): ActivityEntry[] {
  let previousHash = emptyLog.hash
  return entries.map((entry) => {
    const hash = entryHash(entry, previousHash)
    const chained = { ...entry, previousHash, hash }
    previousHash = hash
    return chained
  })
}

const length = 9
const log = logOf(Array.from({ length }, (_, i) => happened(i + 1)))
const headOf = (entries: readonly ActivityEntry[]) => {
  const { seq, hash } = entries.at(-1) ?? emptyLog
  return { seq, hash }
}
const seqs = log.map((entry) => entry.seq)
const faultOf = (entries: readonly ActivityEntry[]) => verifyChain(entries, { head: headOf(log) }).fault

describe('a chain of entries', () => {
  it('is whole as it was made', () => {
    expect(verifyChain(log, { head: headOf(log) })).toEqual({
      ...{ fault: null, entries: length, head: headOf(log), noticed: [] },
    })
    expect(verifyChain([])).toMatchObject({ fault: null, head: emptyLog })
  })

  it('may go on from the noted entry', () => {
    expect(verifyChain(log, { head: headOf(log.slice(0, 4)) }).fault).toBeNull()
  })

  const changes: Partial<ActivityEntry>[] = [
    { at: '2026-01-01T00:00:00.000Z' },
    { actorKind: 'system' },
    { actorId: null },
    { actorName: 'Eve' },
    { action: 'signed-in' },
    { environmentId: null },
    { auditId: 'abc123' },
    { object: null },
    { details: { format: 'csv', rows: 1000 } },
    { address: '' },
    { previousHash: '1'.repeat(64) },
    { hash: '1'.repeat(64) },
  ]
  it.each(changes)('shows that %j was changed', (change) => {
    for (const seq of seqs)
      expect(faultOf(log.map((e) => (e.seq === seq ? { ...e, ...change } : e)))).toEqual({ kind: 'changed', seq })
  })

  it('shows which entry is missing', () => {
    for (const seq of seqs.slice(0, -1)) expect(faultOf(log.filter((e) => e.seq !== seq))).toEqual({ kind: 'gap', seq })
  })

  it('shows where it was cut', () => {
    for (const seq of seqs) expect(faultOf(log.slice(0, seq - 1))).toEqual({ kind: 'cut', seq })
  })

  it('shows entries in another order, and twice', () => {
    for (const seq of seqs.slice(0, -1)) {
      const swapped = log.map((e) => log[e.seq === seq ? seq : e.seq === seq + 1 ? seq - 1 : e.seq - 1] ?? e)
      expect(faultOf(swapped)).toEqual({ kind: 'order', seq })
    }
    expect(faultOf([...log, ...log.slice(2, 3)])).toEqual({ kind: 'order', seq: 3 })
  })

  it('shows an entry whose hash was made anew', () => {
    for (const seq of seqs.slice(0, -1)) {
      const forged = log.map((e) => (e.seq === seq ? { ...e, address: '', hash: '' } : e))
      const at = forged[seq - 1]
      if (at) at.hash = entryHash(at, at.previousHash)
      expect(faultOf(forged)).toEqual({ kind: 'unlinked', seq: seq + 1 })
    }
  })

  it('shows a chain that was made anew as a whole', () => {
    const forged = logOf(log.map((e) => ({ ...happened(e.seq), actorName: 'Eve' })))
    expect(verifyChain(forged).fault).toBeNull() // alone it cannot be told
    expect(faultOf(forged)).toEqual({ kind: 'replaced', seq: length })
  })

  it('may leave entries out of an extract, but nothing else', () => {
    const some = log.filter((e) => e.seq % 3 !== 0)
    const isExtract = true
    expect(verifyChain(some, { isExtract, head: headOf(log) }).fault).toBeNull()
    const changed = some.map((e) => (e.seq === 5 ? { ...e, object: 'x' } : e))
    expect(verifyChain(changed, { isExtract }).fault).toEqual({ kind: 'changed', seq: 5 })
    expect(verifyChain([...some].reverse(), { isExtract }).fault).toEqual({ kind: 'order', seq: 7 })
  })

  it('tells where the server noticed damage itself', () => {
    const told = logOf([happened(1), { ...happened(2), action: 'log-damaged' }, happened(3)])
    expect(verifyChain(told)).toMatchObject({ fault: null, noticed: [2] })
  })
})

describe('canonical JSON', () => {
  it('has one spelling for one value', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'ä"' }], a: true, x: undefined })).toBe(
      '{"a":true,"b":[1,{"c":"ä\\"","d":null}]}',
    )
  })

  it('tells values apart', () => {
    const values = [null, 'null', 0, '0', false, [], {}, '', [null], { '': null }, [[]], { a: 1 }, { a: '1' }]
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length)
  })
})

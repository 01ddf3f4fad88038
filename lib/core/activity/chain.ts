import { type ActivityEntry, emptyLog, entryHash, type LogHead } from './entry'

/**
 * - `gap`: the entry `seq` is missing
 * - `order`: `seq` stands where another one belongs
 * - `changed`: the entry is not what its hash was made from
 * - `unlinked`: the entry does not follow the one before it: one of the two was put in the place of another
 * - `cut`: the log ends before `seq`, which once was there
 * - `replaced`: the entry `seq` is another one than was noted as the newest
 */
export type ChainFaultKind = 'gap' | 'order' | 'changed' | 'unlinked' | 'cut' | 'replaced'
export type ChainFault = { readonly kind: ChainFaultKind; readonly seq: number }

/** What became of a check. `noticed` are the entries by which the server said itself that it had found the log damaged. */
export type ChainResult = {
  readonly fault: ChainFault | null
  readonly entries: number
  readonly head: LogHead
  readonly noticed: readonly number[]
}

/** What is known beforehand: the newest entry as it was noted elsewhere, and whether entries are left out on purpose. */
export type ChainExpectation = { readonly head?: LogHead | null; readonly isExtract?: boolean }

function faultOf(entry: ActivityEntry, before: LogHead, expected: ChainExpectation): ChainFault | null {
  const { seq } = entry
  if (seq <= before.seq) return { kind: 'order', seq }
  const isNext = seq === before.seq + 1
  if (!isNext && !expected.isExtract) return { kind: 'gap', seq: before.seq + 1 }
  if (entryHash(entry, entry.previousHash) !== entry.hash) return { kind: 'changed', seq }
  if (isNext && entry.previousHash !== before.hash) return { kind: 'unlinked', seq }
  if (expected.head?.seq === seq && expected.head.hash !== entry.hash) return { kind: 'replaced', seq }
  return null
}

/** Checks a log entry by entry, so that it need not fit into the memory. Only the first fault is told: what follows it follows from it. */
export function chainCheck(expected: ChainExpectation = {}): {
  readonly next: (entry: ActivityEntry) => void
  readonly end: () => ChainResult
} {
  let head = emptyLog
  let entries = 0
  let fault: ChainFault | null = null
  const noticed: number[] = []
  return {
    next(entry) {
      entries++
      if (entry.action === 'log-damaged') noticed.push(entry.seq)
      // what seemed to be missing comes later after all
      if (fault?.kind === 'gap' && entry.seq === fault.seq) fault = { kind: 'order', seq: entry.seq }
      if (fault) return
      fault = faultOf(entry, head, expected)
      head = { seq: entry.seq, hash: entry.hash }
    },
    end() {
      const isCut = expected.head && !expected.isExtract && head.seq < expected.head.seq
      return { fault: fault ?? (isCut ? { kind: 'cut', seq: head.seq + 1 } : null), entries, head, noticed }
    },
  }
}

/** Checks a whole log at once; see `chainCheck`. */
export function verifyChain(entries: Iterable<ActivityEntry>, expected: ChainExpectation = {}): ChainResult {
  const check = chainCheck(expected)
  for (const entry of entries) check.next(entry)
  return check.end()
}

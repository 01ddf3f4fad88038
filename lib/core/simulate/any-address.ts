import type { Segment } from '../mailflow/connector-selection'
import { publicParts } from '../mailflow/ranges'
import { segmentAt, selectionIndex } from '../mailflow/selection-index'
import { serverKey } from '../mailflow/server-names'
import { type Config, type IpRange, sizeOf } from '../model'
import type { Address } from './types'

/** Of a network that is in no organisation (RFC 5737). */
const USUAL: Address = { family: 4, value: 0xcb007107n }

const found = new WeakMap<Config, Map<string, Address>>()

/**
 * An address for “the Internet”: one of those public addresses that most of the others share their connector with, so that no
 * narrower public range contains it. Worked out once for a listener.
 */
export function anyInternetAddress(config: Config, server: string, port: number, local: Address | null): Address {
  const known = found.get(config) ?? new Map<string, Address>()
  found.set(config, known)
  const key = `${serverKey(server)} ${port} ${local?.value ?? '*'}`
  const address = known.get(key) ?? choose(selectionIndex(config, server, port, 4, local).segments)
  known.set(key, address)
  return address
}

/** Segments of one answer, as far as that is a connector. */
const answerOf = (s: Segment): unknown =>
  s.selection.state === 'winner' ? s.selection.connector : s.selection.state === 'none' ? 'none' : s

const bySize = (a: IpRange, b: IpRange): number => (sizeOf(a) > sizeOf(b) ? -1 : sizeOf(a) < sizeOf(b) ? 1 : 0)
/** The largest pieces decide; a list of single hosts cuts the rest into many small ones. */
const ENOUGH = 64

function choose(segments: readonly Segment[]): Address {
  const largest = [...segments].sort((a, b) => bySize(a.range, b.range)).slice(0, ENOUGH)
  const groups = new Map<unknown, IpRange[]>()
  for (const s of largest) groups.set(answerOf(s), [...(groups.get(answerOf(s)) ?? []), ...publicParts([s.range])])
  const total = (parts: readonly IpRange[]) => parts.reduce((sum, r) => sum + sizeOf(r), 0n)
  const [widest] = [...groups].sort(([, a], [, b]) => (total(a) > total(b) ? -1 : 1))
  const usual = segmentAt(segments, USUAL.value)
  if (widest === undefined || (usual !== undefined && answerOf(usual) === widest[0])) return USUAL
  const [part] = [...widest[1]].sort(bySize)
  return part === undefined ? USUAL : { family: 4, value: part.lo + (sizeOf(part) > 1n ? 1n : 0n) }
}

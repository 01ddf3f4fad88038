import type { Config } from '../model'
import type { HopResult, Packet, World } from './types'

/** `carries`: the next packet is brought by the client of this one. */
type Result = { readonly made: HopResult; readonly carries: boolean }
type Kept = {
  readonly asOf: number
  readonly answers: World['answers']
  readonly results: Map<object, Map<string, Result>>
  size: number
}

/** Results that are kept for a world: no question about it needs more of them again. */
const MAX_KEPT = 50_000

/** Everything of a packet but who brings it. */
const keyOf = ({ client: _, localAddress, ...rest }: Packet): string =>
  `${localAddress?.family} ${localAddress?.value} ${JSON.stringify(rest)}`

/**
 * What happens at a place where it does not matter who brings the packet, worked out once: all addresses that one connector answers
 * have the same way from there. `of`: the object that decides besides the packet, `also`: what else does.
 */
export function oncePerPacket<T extends object>(
  make: (packet: Packet, world: World, of: T) => HopResult,
): (packet: Packet, world: World, of: T, also?: string) => HopResult {
  const worlds = new WeakMap<Config, Kept>()
  return (packet, world, of, also = '') => {
    const kept = keptFor(worlds, world)
    const ofThis = kept.results.get(of) ?? new Map<string, Result>()
    kept.results.set(of, ofThis)
    const key = `${also} ${keyOf(packet)}`
    const found = ofThis.get(key)
    if (found !== undefined) return broughtBy(found, packet)
    const made = make(packet, world, of)
    // Branches hold packets of their own.
    if (made.branches === undefined) {
      ofThis.set(key, { made, carries: made.next?.client === packet.client })
      kept.size++
    }
    return made
  }
}

function keptFor(worlds: WeakMap<Config, Kept>, { config, asOf, answers }: World): Kept {
  const before = worlds.get(config)
  const at = asOf.getTime()
  if (before?.asOf === at && before.answers === answers && before.size < MAX_KEPT) return before
  const made: Kept = { asOf: at, answers, results: new Map(), size: 0 }
  worlds.set(config, made)
  return made
}

const broughtBy = ({ made, carries }: Result, { client }: Packet): HopResult =>
  carries && made.next !== undefined ? { ...made, next: { ...made.next, client } } : made

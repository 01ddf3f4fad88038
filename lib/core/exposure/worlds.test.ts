import { describe, expect, it } from 'vitest'
import { selectionIndex } from '../mailflow/selection-index'
import { type Config, formatIp, type IpFamily } from '../model'
import { accessRow, block, configOf, receiveConnector } from '../testing/objects'
import { exposureOf } from './exposure'

/*
 * Organisations of which not everything was exported, held against every way they may really be: a connector whose Enabled is not
 * known is on or off, one whose list of ranges was cut has a further range there or not. What holds in all of these worlds is the
 * answer; where they differ it must be unknown. Nothing here is shared with the code under test.
 */

function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Pair = readonly [lo: bigint, hi: bigint]
type Made = {
  readonly name: string
  readonly enabled: boolean | null
  readonly local: string
  readonly ranges: readonly Pair[]
  readonly cut: boolean
  readonly relays: boolean
}
type Kind = {
  readonly family: IpFamily
  readonly any: string
  readonly locals: readonly string[]
  readonly top: bigint
}

const kinds: readonly Kind[] = [
  { family: 4, any: '0.0.0.0', locals: ['0.0.0.0', '10.0.0.5'], top: (1n << 32n) - 1n },
  { family: 6, any: '[::]', locals: ['[::]', '[2001:db8::5]'], top: (1n << 128n) - 1n },
]
/** A hundred and ninety-two addresses in the middle of the space: everything touches there. */
const base = (kind: Kind): bigint => (kind.family === 4 ? 0xcb007100n : 0x20010db8n << 96n)

function makeRange(next: (below: number) => number, kind: Kind): Pair {
  if (next(6) === 0) return [0n, kind.top]
  const at = base(kind) + BigInt(next(128))
  const size = [1n, 1n, 2n, 8n, 32n, 64n][next(6)] ?? 1n
  const lo = next(2) === 0 ? (at / size) * size : at
  return [lo, lo + size - 1n]
}

const makeServer = (next: (below: number) => number, kind: Kind): Made[] =>
  Array.from({ length: 2 + next(4) }, (_, i) => ({
    name: `C${i}`,
    enabled: ([true, true, true, true, false, null] as const)[next(6)] ?? null,
    local: kind.locals[next(4) === 0 ? 1 : 0] ?? kind.any,
    ranges: Array.from({ length: 1 + next(3) }, () => makeRange(next, kind)),
    cut: next(7) === 0,
    relays: next(3) === 0,
  }))

/** Every way the connectors of a listener may really be at an address: each with the smallest range that holds it there. */
function* worldsAt(
  bound: readonly Made[],
  address: bigint,
  all = bound,
): Generator<readonly { c: Made; range: Pair }[]> {
  const [c, ...rest] = bound
  if (c === undefined) {
    yield []
    return
  }
  const held = c.ranges.filter(([lo, hi]) => lo <= address && address <= hi)
  const smallest = held.reduce<Pair | undefined>((a, b) => (a && a[1] - a[0] <= b[1] - b[0] ? a : b), undefined)
  const ways: (Pair | undefined)[] = c.enabled === false ? [undefined] : [smallest]
  if (c.enabled === null) ways.push(undefined)
  // The hidden part of a cut list: this very address. Exchange refuses a range that another connector has already.
  const taken = all.some(
    (o) => o !== c && o.enabled === true && o.ranges.some(([lo, hi]) => lo === address && hi === address),
  )
  if (c.cut && c.enabled !== false && !taken) ways.push([address, address])
  for (const others of worldsAt(rest, address, all))
    for (const range of ways) yield range === undefined ? others : [{ c, range }, ...others]
}

/** Who answers in one world: the one whose range lies strictly inside all others, else all that are in the way. */
function answer(world: readonly { c: Made; range: Pair }[]): readonly Made[] {
  const size = ({ range }: { range: Pair }) => range[1] - range[0]
  const isInside = (a: { range: Pair }, b: { range: Pair }) =>
    b.range[0] <= a.range[0] && a.range[1] <= b.range[1] && size(b) > size(a)
  const winner = world.find((a) => world.every((b) => a === b || isInside(a, b)))
  return (winner ? [winner] : world.filter((a) => !world.some((b) => b !== a && isInside(b, a)))).map(({ c }) => c)
}

function configFor(server: readonly Made[], kind: Kind): Config {
  const made = server.map((m) => ({
    m,
    connector: receiveConnector({
      ...{ name: m.name, enabled: m.enabled, bindings: [`${m.local}:25`], cut: m.cut },
      ranges: m.ranges.map(([lo, hi]) => `${formatIp(kind.family, lo)}-${formatIp(kind.family, hi)}`),
    }),
  }))
  return configOf({
    receiveConnectors: made.map(({ connector }) => connector),
    adPermissions: made.flatMap(({ m, connector }) => (m.relays ? [accessRow(connector)] : [])),
    exports: [
      block('receiveConnectors'),
      block('adPermissions', { connectors: made.map(({ connector }) => connector.id), listing: 'named' }),
    ],
  })
}

describe.each(kinds)('exposure and selection of IPv$family equal what holds in all worlds', (kind) => {
  it.each([1, 2, 3, 4])('fifty organisations, part %i', (part) => {
    const differences: string[] = []
    let compared = 0
    let open = 0
    for (let n = 0; n < 50; n++) {
      const server = makeServer(random(part * 7000 + n), kind)
      const config = configFor(server, kind)
      const { listeners } = exposureOf(config)
      const borders = server.flatMap((c) =>
        c.ranges.flatMap(([lo, hi]) => [lo - 1n, lo, lo + 1n, hi - 1n, hi, hi + 1n]),
      )
      const addresses = [...borders, ...Array.from({ length: 192 }, (_, i) => base(kind) - 16n + BigInt(i))]
      for (const local of kind.locals) {
        const bound = server.filter((c) => c.local === local)
        const own = listeners.find((l) => (l.localAddress === null) === (local === kind.any))
        const value = local === kind.any ? null : { value: own?.localAddress ?? 0n }
        const index = selectionIndex(config, 'EX01', 25, kind.family, value)
        for (const address of addresses.filter((a) => a >= 0n && a <= kind.top)) {
          const worlds = [...worldsAt(bound, address)].map(answer)
          const who = new Set(
            worlds.map((w) =>
              w
                .map((c) => c.name)
                .sort()
                .join('+'),
            ),
          )
          const relays = new Set(worlds.map((w) => (w.length === 0 ? 'no' : relayOf(w))))
          const expected = relays.size === 1 ? ([...relays][0] ?? '') : 'unknown'
          const where = `${part}/${n} ${local} ${formatIp(kind.family, address)}`
          const shown = own?.classes.filter((c) => c.ranges.some((r) => r.lo <= address && address <= r.hi)) ?? []
          compared++
          const relay = shown.map((c) => c.relay).join(' and ') || 'no'
          if (relay !== expected) differences.push(`${where}: ${relay}, not ${expected}`)
          if (own === undefined) continue
          const selection = index.at(address)
          const told = selection.state === 'winner' ? selection.connector.name : selection.state === 'none' ? '' : null
          if (told !== null && (who.size > 1 || !who.has(told))) differences.push(`${where}: ${told}, not ${[...who]}`)
          if (told === null) {
            open++
            const named = 'candidates' in selection ? selection.candidates.map((c) => c.name) : []
            for (const c of worlds.flat())
              if (!named.includes(c.name)) differences.push(`${where}: ${c.name} is left out`)
          }
        }
      }
    }
    expect(differences.slice(0, 10)).toEqual([])
    expect(compared).toBeGreaterThan(10_000)
    expect(open).toBeGreaterThan(100)
  }, 60_000)
})

const relayOf = (all: readonly Made[]): string => {
  const said = new Set(all.map((c) => (c.relays ? 'yes' : 'no')))
  return said.size === 1 ? ([...said][0] ?? '') : 'unknown'
}

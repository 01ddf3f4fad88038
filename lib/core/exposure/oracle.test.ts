import { describe, expect, it } from 'vitest'
import type { Selection } from '../mailflow/connector-selection'
import { selectionIndex } from '../mailflow/selection-index'
import { formatIp } from '../model'
import { accessRow, block, configOf, receiveConnector } from '../testing/objects'
import { exposureOf } from './exposure'
import type { ExposureClass } from './types'

/** A generator of its own: the same organisations on every run. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Pair = readonly [lo: number, hi: number]
type Made = {
  readonly name: string
  readonly enabled: boolean
  readonly port: number
  readonly ranges: readonly Pair[]
  readonly anonymous: boolean
  readonly secured: boolean
  /** null: no access list was exported. */
  readonly relayRow: 'allow' | 'deny' | 'none' | null
  readonly custom: boolean
}

const dotted = (n: number) => [24, 16, 8, 0].map((s) => (n >>> s) & 255).join('.')
const blocks = [0x0a000000, 0x0a010000, 0xc0a80000, 0xcb007100, 0x34640000]

function makeRange(next: (below: number) => number): Pair {
  const base = (blocks[next(blocks.length)] ?? 0) >>> 0
  const kind = next(10)
  if (kind === 0) return [0, 0xffffffff]
  if (kind < 4) {
    const one = base + next(64)
    return [one, one]
  }
  const size = 2 ** (1 + next(kind < 8 ? 5 : 12))
  const lo = kind % 2 === 0 ? base + Math.floor(next(64) / size) * size : base + next(64)
  return [lo, lo + size - 1]
}

function makeServer(next: (below: number) => number): Made[] {
  return Array.from({ length: 1 + next(7) }, (_, i) => {
    const secured = next(6) === 0
    return {
      name: `C${i}`,
      enabled: next(8) > 0,
      port: next(5) === 0 ? 587 : 25,
      ranges: Array.from({ length: 1 + next(4) }, () => makeRange(next)),
      anonymous: !secured && next(3) > 0,
      secured,
      relayRow: ([null, null, 'none', 'allow', 'deny'] as const)[next(5)] ?? null,
      custom: next(4) === 0,
    }
  })
}

// --- a walk that shares nothing with the code under test ---------------------------------------------------------------

type Told = { readonly who: string; readonly submit: string; readonly relay: string }

function walk(server: readonly Made[], port: number, address: number): Told {
  const containing: { c: Made; lo: number; hi: number }[] = []
  for (const c of server) {
    if (!c.enabled || c.port !== port) continue
    let best: Pair | undefined
    for (const r of c.ranges)
      if (r[0] <= address && address <= r[1] && (best === undefined || r[1] - r[0] < best[1] - best[0])) best = r
    if (best !== undefined) containing.push({ c, lo: best[0], hi: best[1] })
  }
  if (containing.length === 0) return { who: 'nobody', submit: 'no', relay: 'no' }
  // The winner is the one whose range lies strictly inside those of all others.
  const winners = containing.filter((a) =>
    containing.every((b) => a === b || (b.lo <= a.lo && a.hi <= b.hi && b.hi - b.lo > a.hi - a.lo)),
  )
  const told = winners.length === 1 ? winners : rivals(containing)
  const answers = told.map(({ c }) => rights(c))
  const same = (key: 'submit' | 'relay') =>
    answers.every((a) => a[key] === answers[0]?.[key]) ? (answers[0]?.[key] ?? '') : 'unknown'
  return {
    who: told
      .map(({ c }) => c.name)
      .sort()
      .join('+'),
    submit: same('submit'),
    relay: same('relay'),
  }
}

/** The smallest, and all that it does not lie strictly inside of. */
function rivals<T extends { lo: number; hi: number }>(all: readonly T[]): readonly T[] {
  const [smallest] = [...all].sort((a, b) => a.hi - a.lo - (b.hi - b.lo))
  if (smallest === undefined) return []
  return all.filter(
    (b) => b === smallest || !(b.lo <= smallest.lo && smallest.hi <= b.hi && b.hi - b.lo > smallest.hi - smallest.lo),
  )
}

function rights(c: Made): { submit: string; relay: string } {
  if (c.secured) return { submit: 'yes', relay: 'yes' }
  if (!c.anonymous)
    return {
      submit: c.custom && c.relayRow === null ? 'unknown' : 'no',
      relay: c.custom && c.relayRow === null ? 'unknown' : 'no',
    }
  if (c.relayRow === 'allow') return { submit: 'yes', relay: 'yes' }
  if (c.relayRow !== null) return { submit: 'yes', relay: 'no' }
  return { submit: 'yes', relay: c.custom ? 'unknown' : 'presumed-no' }
}

// --- both of them ------------------------------------------------------------------------------------------------------

function configFor(server: readonly Made[]) {
  const made = server.map((c) => ({
    spec: c,
    connector: receiveConnector({
      name: c.name,
      enabled: c.enabled,
      bindings: [`0.0.0.0:${c.port}`],
      ranges: c.ranges.map(([lo, hi]) => (lo === hi ? dotted(lo) : `${dotted(lo)}-${dotted(hi)}`)),
      auth: c.secured ? ['Tls', 'ExternalAuthoritative'] : ['Tls'],
      groups: [
        ...(c.secured ? ['ExchangeServers'] : []),
        ...(c.anonymous ? ['AnonymousUsers'] : []),
        ...(c.custom ? ['Custom'] : []),
      ],
    }),
  }))
  const adPermissions = made.flatMap(({ spec, connector }) =>
    spec.relayRow === 'allow'
      ? [accessRow(connector)]
      : spec.relayRow === 'deny'
        ? [accessRow(connector, { deny: true })]
        : [],
  )
  const listed = made.filter(({ spec }) => spec.relayRow !== null).map(({ connector }) => connector.id)
  return configOf({
    receiveConnectors: made.map((m) => m.connector),
    adPermissions,
    exports: [block('receiveConnectors'), block('adPermissions', { connectors: listed, listing: 'named' })],
  })
}

const borders = (server: readonly Made[]) =>
  server.flatMap((c) => c.ranges.flatMap(([lo, hi]) => [lo - 1, lo, lo + 1, hi - 1, hi, hi + 1]))
const inSpace = (n: number) => n >= 0 && n <= 0xffffffff
const holds = (c: ExposureClass, address: bigint) => c.ranges.some((r) => r.lo <= address && address <= r.hi)
const names = (c: ExposureClass) =>
  (c.connector ? [c.connector] : c.ambiguous)
    .map((x) => x.name)
    .sort()
    .join('+') || 'nobody'

const whoAnswers = (s: Selection): string => {
  if (s.state === 'winner') return s.connector.name
  if (s.state === 'none') return 'nobody'
  return s.candidates
    .map((c) => c.name)
    .sort()
    .join('+')
}

describe('exposure and selection equal a walk over all connectors', () => {
  it.each([1, 2, 3, 4])('fifty organisations, part %i', (part) => {
    const differences: string[] = []
    let compared = 0
    const compare = (where: string, shown: string, expected: string): void => {
      compared++
      if (shown !== expected) differences.push(`${where}: ${shown}, not ${expected}`)
    }
    for (let n = 0; n < 50; n++) {
      const next = random(part * 1000 + n)
      const server = makeServer(next)
      const config = configFor(server)
      const { listeners } = exposureOf(config)
      const fixed = borders(server)
      const addresses = [
        ...fixed,
        ...Array.from({ length: Math.max(0, 2000 - fixed.length) }, () => (blocks[next(5)] ?? 0) + next(8192)),
      ]
      for (const port of [25, 587]) {
        const listener = listeners.find((l) => l.port === port)
        const index = selectionIndex(config, 'EX01', port, 4, null)
        for (const address of addresses.filter(inSpace)) {
          const told = walk(server, port, address)
          const where = `${part}/${n} ${dotted(address)}:${port}`
          const found = listener?.classes.filter((c) => holds(c, BigInt(address))) ?? []
          const shown = found.map((c) => `${names(c)} ${c.submit} ${c.relay}`).join(' and ') || 'nobody no no'
          compare(where, shown, `${told.who} ${told.submit} ${told.relay}`)
          compare(where, whoAnswers(index.at(BigInt(address))), told.who)
        }
      }
    }
    expect(differences).toEqual([])
    expect(compared).toBeGreaterThan(100_000)
  }, 60_000)

  it('covers the whole space of every listener without overlap, with neighbours merged', () => {
    for (let n = 0; n < 40; n++) {
      for (const l of exposureOf(configFor(makeServer(random(9000 + n)))).listeners) {
        const all = l.classes
          .flatMap((c, i) => c.ranges.map((r) => ({ ...r, i })))
          .sort((a, b) => (a.lo < b.lo ? -1 : 1))
        let at = 0n
        for (const [i, r] of all.entries()) {
          expect(formatIp(4, r.lo)).toBe(formatIp(4, at))
          expect(all[i - 1]?.i).not.toBe(r.i)
          at = r.hi + 1n
        }
        expect(at).toBe(1n << 32n)
        expect(l.classes.reduce((sum, c) => sum + c.addresses, 0n)).toBe(1n << 32n)
      }
    }
  })
})

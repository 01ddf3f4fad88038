import { describe, expect, it } from 'vitest'
import { formatIp, parseIpRange } from '../model'
import { accessRow, configOf, receiveConnector } from '../testing/objects'
import { exposureOf } from './exposure'
import { relayAnswer, relayMatrix } from './matrix'

/** A generator of its own: the same organisations on every run. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function organisation(seed: number) {
  const next = random(seed)
  const connectors = Array.from({ length: 2 + next(8) }, (_, i) => {
    const ranges = Array.from({ length: 1 + next(3) }, () =>
      next(4) === 0 ? '0.0.0.0-255.255.255.255' : `10.${next(3)}.${next(4)}.${next(250)}/${20 + next(13)}`,
    )
    const groups = [['AnonymousUsers'], ['ExchangeServers'], ['AnonymousUsers', 'Custom']][next(3)] ?? []
    return receiveConnector({ name: `C${i}`, server: `EX0${next(3)}`, ranges, groups })
  })
  const adPermissions = connectors.flatMap((c) => (next(3) === 0 ? [accessRow(c)] : []))
  return configOf({ receiveConnectors: connectors, adPermissions })
}

/** Single ranges as the matrix prints them, so that nothing of its own sweep is used. */
const isIn = (texts: readonly string[], address: bigint): boolean =>
  texts.some((text) => {
    const r = parseIpRange(text)
    return r !== undefined && r.lo <= address && address <= r.hi
  })

describe('the matrix against the exposure', () => {
  it.each(Array.from({ length: 60 }, (_, i) => i))('says the same at every border: organisation %i', (seed) => {
    const { listeners } = exposureOf(organisation(seed))
    const matrix = relayMatrix(listeners, { siteOf: () => null, identity: null })
    expect(matrix.hidden).toEqual({ listeners: 0, rows: 0 })
    const borders = listeners.flatMap((l) => l.classes.flatMap((c) => c.ranges.flatMap((r) => [r.lo, r.hi])))
    // Rows that print all their ranges; what most addresses share has none, and is the only row of its kind left.
    const listed = matrix.rows.filter((r) => r.name && r.name.ranges.length > 0 && r.name.more === 0)
    const rest = matrix.rows.filter((r) => !listed.includes(r))
    let checked = 0
    for (const address of new Set(borders)) {
      const row = listed.find((r) => isIn(r.name?.ranges ?? [], address)) ?? (rest.length === 1 ? rest[0] : undefined)
      if (row === undefined) continue
      checked++
      for (const [i, column] of matrix.columns.entries())
        for (const server of column.servers) {
          const of = listeners
            .find((l) => l.server === server)
            ?.classes.find((c) => c.ranges.some((r) => r.lo <= address && address <= r.hi))
          if (of === undefined) throw new Error(`${server} has no class for ${formatIp(4, address)}`)
          expect(row.cells[i], `${server} ${formatIp(4, address)}`).toMatchObject(relayAnswer(of))
        }
    }
    expect(checked).toBeGreaterThan(0)
  })
})

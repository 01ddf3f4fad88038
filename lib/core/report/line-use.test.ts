import { describe, expect, it } from 'vitest'
import { aBlock, aSource } from '../testing/report-builder'
import { lineUse } from './line-use'

const source = (ranges: [number, number][], notices: [string, number | undefined, number | undefined][] = []) =>
  aSource({
    blocks: ranges.map((lines) => aBlock({ lines })),
    notices: notices.map(([code, line, count]) => ({
      code: code as 'lines-joined',
      level: 'info' as const,
      ...(line === undefined ? {} : { line }),
      ...(count === undefined ? {} : { params: { count } }),
      message: '',
      remedy: '',
    })),
  })

describe('lineUse', () => {
  it('counts a line once, in however many blocks it is', () => {
    expect(lineUse(source([])).used).toBe(0)
    expect(lineUse(source([[1, 10]])).used).toBe(10)
    expect(
      lineUse(
        source([
          [20, 30],
          [1, 10],
          [5, 12],
          [6, 7],
        ]),
      ).used,
    ).toBe(23)
    expect(
      lineUse(
        source([
          [1, 10],
          [1, 10],
          [11, 11],
        ]),
      ).used,
    ).toBe(11)
  })
  it('counts what was repaired and what could not be read', () => {
    const use = lineUse(
      source(
        [[1, 10]],
        [
          ['lines-joined', 3, undefined],
          ['lines-joined', 5, undefined],
          ['log-line-repaired', 7, 12],
          ['log-line-unreadable', 9, 3],
          ['list-truncated', 2, undefined],
        ],
      ),
    )
    expect(use).toEqual({ used: 10, repaired: 14, unreadable: 3 })
  })
})

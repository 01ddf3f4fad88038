import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstLineOf, lineAt, lineIndex } from './lines'

describe('lineIndex', () => {
  it('agrees with splitting', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('', 'a', 'bc', ' d'), { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        (parts, ended) => {
          const text = parts.join('\n') + (ended ? '\n' : '')
          const expected = text.split('\n')
          if (expected[expected.length - 1] === '') expected.pop()
          const index = lineIndex(text)
          expect(index.count).toBe(expected.length)
          for (const [i, line] of expected.entries()) expect(index.slice(i + 1, i + 1)).toBe(line)
          expect(index.slice(1, index.count)).toBe(expected.join('\n'))
        },
      ),
    )
  })

  it('clips numbers outside', () => {
    const index = lineIndex('a\nb')
    expect([index.slice(0, 99), index.slice(3, 4), index.slice(2, 1)]).toEqual(['a\nb', '', ''])
  })
})

it('firstLineOf skips blank lines and clips', () => {
  expect(firstLineOf('\n  \n  Apples \nPears')).toBe('Apples')
  expect(firstLineOf('x'.repeat(500))).toHaveLength(161)
})

it('lineAt counts the line ends before an offset', () => {
  expect([0, 1, 2, 3, 5].map((o) => lineAt('a\nb\nc', o))).toEqual([1, 1, 2, 2, 3])
})

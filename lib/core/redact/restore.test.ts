import { describe, expect, it } from 'vitest'
import { restoreText } from './restore'

const table = [
  { pseudonym: 'connector-1', original: 'A & B <"x">' },
  { pseudonym: 'EX-1', original: 'MAIL01' },
]

describe('what a guest took away, with its names', () => {
  it('stays the kind of file it is', () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>EX-1 connector-1, EX-12</title></svg>'
    expect(restoreText(drawing, table)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg"><title>MAIL01 A &amp; B &lt;&quot;x&quot;&gt;, EX-12</title></svg>',
    )
    expect(JSON.parse(restoreText('{"id":"EX-1\\\\connector-1"}', table))).toEqual({ id: 'MAIL01\\A & B <"x">' })
    expect(restoreText('# Findings\n\n- `EX-1` relays\n', table)).toBe('# Findings\n\n- `MAIL01` relays\n')
  })
})

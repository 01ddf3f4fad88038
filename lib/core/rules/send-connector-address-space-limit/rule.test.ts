import { describe, expect, it } from 'vitest'
import { judge, sendConnector, sendExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const spaces = (n: number, end = '') =>
  `{${Array.from({ length: n }, (_, i) => `smtp:m${i}.example;1`).join(', ')}${end}}`
const asked = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, sendExport(withoutProperties(sendConnector(own), ...hidden)))

describe('number of address spaces', () => {
  it.each([
    [2000, 'pass', undefined],
    [2001, 'fail', 'medium'],
    [2242, 'fail', 'medium'],
    [2243, 'fail', 'high'],
    [2300, 'fail', 'high'],
  ] as const)('%i: %s', (n, state, severity) => {
    const found = asked({ AddressSpaces: spaces(n) })
    expect([found.state, found.fails[0]?.severity]).toEqual([state, severity])
  })

  it('says how many fit', () => {
    expect(asked({ AddressSpaces: spaces(2240) }).fails[0]?.params).toMatchObject({ spaces: 2240, left: 3, cut: 'no' })
    expect(asked({ AddressSpaces: spaces(2300) }).fails[0]?.params).toMatchObject({ left: 0 })
  })

  it('takes a list that was cut as a lower bound', () => {
    expect(asked({ AddressSpaces: spaces(2100, '...') }).fails[0]?.params).toMatchObject({ cut: 'yes' })
    expect(asked({ AddressSpaces: spaces(16, '...') })).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-SendConnector'],
    })
  })

  it.each([
    ['disabled', { Enabled: 'False', AddressSpaces: spaces(2300) }, [], 'pass'],
    ['not printed', {}, ['AddressSpaces'], 'not-assessed'],
    ['enabled not printed', { AddressSpaces: spaces(2300) }, ['Enabled'], 'not-assessed'],
    ['none', { AddressSpaces: '{}' }, [], 'pass'],
  ] as const)('%s: %s', (_, own, hidden, state) => expect(asked(own, ...hidden).state).toBe(state))
})

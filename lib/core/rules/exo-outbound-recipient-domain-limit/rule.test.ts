import { describe, expect, it } from 'vitest'
import { exported, judge, outbound, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const domains = (n: number, end = '') => `{${Array.from({ length: n }, (_, i) => `m${i}.example`).join(', ')}${end}}`
const asked = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, exported('Get-OutboundConnector', withoutProperties(outbound(own), ...hidden)))

describe('number of recipient domains', () => {
  it.each([
    [999, 'pass', undefined],
    [1000, 'fail', 'medium'],
    [1266, 'fail', 'medium'],
    [1267, 'fail', 'high'],
  ] as const)('%i: %s', (n, state, severity) => {
    const found = asked({ RecipientDomains: domains(n) })
    expect([found.state, found.fails[0]?.severity]).toEqual([state, severity])
  })

  it('says how many fit', () =>
    expect(asked({ RecipientDomains: domains(1260) }).fails[0]?.params).toMatchObject({ domains: 1260, left: 6 }))

  it('takes a list that was cut as a lower bound', () => {
    expect(asked({ RecipientDomains: domains(1300, '...') }).fails[0]).toMatchObject({ severity: 'high' })
    expect(asked({ RecipientDomains: domains(16, '...') }).state).toBe('not-assessed')
  })

  it.each([
    ['disabled', { Enabled: 'False', RecipientDomains: domains(1300) }, [], 'pass'],
    ['not printed', {}, ['RecipientDomains'], 'not-assessed'],
    ['none', { RecipientDomains: '{}' }, [], 'pass'],
  ] as const)('%s: %s', (_, own, hidden, state) => expect(asked(own, ...hidden).state).toBe(state))
})

it('passes nothing by a limit that was looked up too long ago', () => {
  const text = exported('Get-OutboundConnector', outbound({ RecipientDomains: domains(3) }))
  const states = ['2027-10-01', '2027-10-04'].map((day) => judge(rule, text, {}, new Date(day)).state)
  expect(states).toEqual(['pass', 'not-assessed'])
})

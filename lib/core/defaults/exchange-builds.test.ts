import { describe, expect, it } from 'vitest'
import { compareBuilds, enforcementOn, exchangeBuilds, generationOf, isStale } from './exchange-builds'

const day = (text: string) => new Date(`${text}T00:00:00Z`)

describe('generationOf', () => {
  it.each([
    ['15.2.2562.17', 'SE'],
    ['15.2.2561.99', '2019'],
    ['15.2.1748.10', '2019'],
    ['15.1.2507.6', '2016'],
    ['15.0.1497.48', '2013'],
    ['14.3.513.0', '2010'],
    ['8.3.517.0', '2007'],
    ['15.3.1.0', undefined],
    ['6.5.7638.1', undefined],
  ])('%s: %s', (build, name) => expect(generationOf(build)?.name).toBe(name))
})

describe('compareBuilds', () => {
  it.each([
    ['15.2.1748.39', '15.2.1748.39', 0],
    ['15.2.1748.9', '15.2.1748.10', -1],
    ['15.2.1748.40', '15.2.1748.39', 1],
    ['15.2.986.50', '15.2.1748.39', -1],
    ['15.1.2507.61', '15.2.1.1', -1],
    ['14.3', '14.3.0.0', 0],
  ])('%s against %s', (a, b, sign) => expect(Math.sign(compareBuilds(a, b))).toBe(sign))
})

describe('enforcementOn', () => {
  it.each([
    ['15.2.1748.39', 'accepted'],
    ['15.2.1748.38', 'below'],
    ['15.2.1544.48', 'below'],
    ['15.1.2507.61', 'accepted'],
    ['15.1.2507.60', 'below'],
    ['15.2.2562.17', 'accepted'],
    ['15.0.1497.48', 'refused'],
    ['14.3.513.0', 'refused'],
    ['8.3.517.0', 'refused'],
    // Only the cumulative update: its security update may be there.
    ['15.2.1748.10', 'unknown'],
    ['15.1.2507.6', 'unknown'],
    ['16.0.1.1', 'unknown'],
  ])('%s: %s', (build, state) => expect(enforcementOn(build, day('2026-11-21')).state).toBe(state))

  it('asks no more of a build than was asked on that day', () => {
    expect(enforcementOn('15.2.1748.38', day('2026-09-06'))).toEqual({ state: 'unknown', because: 'data' })
    expect(enforcementOn('15.2.1748.38', day('2026-09-07')).state).toBe('below')
    expect(enforcementOn('15.0.1497.48', day('2023-11-30')).state).toBe('unknown')
    expect(enforcementOn('15.0.1497.48', day('2023-12-01')).state).toBe('refused')
  })

  it('lets nothing pass by an old file, and still knows what fails', () => {
    expect(enforcementOn('15.2.1748.39', day('2027-02-05'))).toEqual({ state: 'unknown', because: 'data' })
    expect(enforcementOn('15.2.1748.38', day('2027-02-05')).state).toBe('below')
    expect(enforcementOn('15.2.1748.10', day('2027-02-05'))).toEqual({ state: 'unknown', because: 'update' })
  })
})

it('is stale after its days, not on the last of them', () => {
  const { enforcement } = exchangeBuilds
  const last = Date.parse(enforcement.recordedOn) + enforcement.staleAfterDays * 86_400_000
  expect(isStale(enforcement, new Date(last))).toBe(false)
  expect(isStale(enforcement, new Date(last + 1))).toBe(true)
})

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from './errors'
import { dialects, openTestServer, type TestServer } from './testing/databases'
import { forgive, networkOf, type Throttled, throttle } from './throttle'
import { kinds } from './throttle-kinds'

describe.each(dialects)('throttling on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    await server.client.throttle.deleteMany()
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T08:00:00Z') })
  })
  afterEach(() => vi.useRealTimers())

  const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
  /** Seconds to wait; 0 for a try that was let through. */
  const wait = async (kind: Throttled, ...whom: string[]) => {
    try {
      await throttle(kind, ...whom)
      return 0
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'too-many') throw error
      return Number(error.params.seconds)
    }
  }

  it('lets so many tries through in a window, and tells how long the rest of it is', async () => {
    for (let n = 0; n < kinds['setup code'].tries; n++) expect(await wait('setup code', '192.0.2.1')).toBe(0)
    pass(100)
    expect(await wait('setup code', '192.0.2.1')).toBe(500)
    expect(await wait('setup code', '192.0.2.2')).toBe(0)
    expect(await wait('link token', '192.0.2.1')).toBe(0)
    pass(499.5)
    expect(await wait('setup code', '192.0.2.1')).toBe(1)
    pass(0.5)
    expect(await wait('setup code', '192.0.2.1')).toBe(0)
  })

  it('makes each failure wait longer, up to a limit, and does not count what it refused', async () => {
    const whom = ['anna@contoso.com', '192.0.2.1']
    for (let n = 0; n < 5; n++) expect(await wait('sign-in by pair', ...whom)).toBe(0)
    const waits: number[] = []
    for (let n = 0; n < 12; n++) {
      const seconds = await wait('sign-in by pair', ...whom)
      expect(await wait('sign-in by pair', ...whom)).toBe(seconds)
      waits.push(seconds)
      pass(seconds)
      expect(await wait('sign-in by pair', ...whom)).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
    pass(300 + 3600)
    expect(await wait('sign-in by pair', ...whom)).toBe(0)
    expect(await wait('sign-in by pair', ...whom)).toBe(0)
  })

  it('never keeps the owner of an account out for long', async () => {
    for (let n = 0; n < 200; n++) {
      const seconds = await wait('sign-in by account', 'anna@contoso.com')
      expect(seconds).toBeLessThanOrEqual(8)
      pass(seconds)
    }
  })

  it('forgives failures after a success, and an address only the one try', async () => {
    for (let n = 0; n < 7; n++) await wait('sign-in by pair', 'a', 'b')
    expect(await wait('sign-in by pair', 'a', 'b')).toBe(1)
    await forgive('sign-in by pair', 'a', 'b')
    expect(await wait('sign-in by pair', 'a', 'b')).toBe(0)
    for (let n = 0; n < 10; n++) await wait('setup code', 'a')
    await forgive('setup code', 'a')
    await forgive('setup code', 'nobody')
    expect([await wait('setup code', 'a'), await wait('setup code', 'a')]).toEqual([0, 600])
  })

  it('lets no more through where all come at once', async () => {
    const waits = await Promise.all(Array.from({ length: 40 }, () => wait('setup code', '192.0.2.9')))
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(kinds['setup code'].tries)
    const growing = await Promise.all(Array.from({ length: 40 }, () => wait('second step', 'anna')))
    expect(growing.filter((seconds) => seconds === 0)).toHaveLength(kinds['second step'].free)
  })

  it('tells parts apart, stores neither names nor addresses, and removes what no longer counts', async () => {
    await wait('share password', 'ab', 'c')
    await wait('share password', 'a', 'bc')
    const rows = await server.client.throttle.findMany()
    expect(rows).toHaveLength(2)
    expect(rows.every((row) => /^[0-9a-f]{64}$/.test(row.key))).toBe(true)
    pass(2 * 3600)
    await wait('share password', 'x', 'y')
    expect(await server.client.throttle.count()).toBe(1)
  })
})

describe('the address that is throttled', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('of %j is %j', (address, network) => expect(networkOf(address)).toBe(network))
})

import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from './errors'
import { claim, forgetClaim, isClaimed, prepareSetup } from './setup'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const person = (n: number) => ({
  ...{ name: `Person ${n}`, email: `person${n}@example.org`, passwordHash: 'x', locale: null },
})
const codeOf = (error: unknown): unknown => (error instanceof AppError ? error.code : error)

describe.each(dialects)('claiming a new instance on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    await server.client.user.deleteMany()
    forgetClaim()
  })

  it('keeps the code in a file for the server alone, the same until it is used', async () => {
    const code = await prepareSetup()
    const file = path.join(server.dir, 'setup-code')
    expect(readFileSync(file, 'utf8').trim()).toBe(code)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await prepareSetup()).toBe(code)
    for (const wrong of ['', '-', `${code}X`, (code ?? '').slice(1)])
      expect(await claim({ ...person(0), code: wrong }).catch(codeOf), wrong).toBe('wrong-code')
    expect(await isClaimed()).toBe(false)
  })

  it('lets one of many at once win', async () => {
    const code = (await prepareSetup()) ?? ''
    // Connections are open already: while they are being opened, nothing happens at once.
    await Promise.all(Array.from({ length: 8 }, () => server.client.$transaction((tx) => tx.user.count())))
    const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => claim({ ...person(n), code })))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(tries.flatMap((t) => (t.status === 'rejected' ? [codeOf(t.reason)] : []))).toEqual(
      Array(7).fill('not-found'),
    )
    expect(await server.client.user.count()).toBe(1)
    expect(await claim({ ...person(9), code }).catch(codeOf)).toBe('not-found')
  })
})

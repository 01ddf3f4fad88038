import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ActivityEntry, canonicalJson, logHeadSchema, verifyChain } from '@/lib/core'
import { record, settleActivity, type Who } from './activity'
import { chain } from './activity-chain'
import { activityEntries, activityHead } from './activity-list'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const ada: Who = { kind: 'user', id: 'u1', name: 'Ada', address: '192.0.2.1' }
const hostile = `a\0b\ud800 ${'x'.repeat(1000)}`

describe.each(dialects)('the activity log on %s', (dialect) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer(dialect)
    vi.spyOn(console, 'error').mockImplementation(() => {})
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    vi.useRealTimers()
    await server.close()
  })

  const run = (...statements: string[]) =>
    statements.reduce<Promise<unknown>>(
      (p, sql) => p.then(() => server.client.$executeRawUnsafe(sql)),
      Promise.resolve(),
    )
  const entries = async (): Promise<ActivityEntry[]> => {
    const all: ActivityEntry[] = []
    for await (const entry of activityEntries('everything', {}, 2 ** 31 - 1)) all.push(entry)
    return all
  }
  const file = (name: string) => path.join(server.dir, name)
  const noted = () => logHeadSchema.parse(JSON.parse(readFileSync(file('activity.head'), 'utf8')))
  const verify = async () => verifyChain(await entries(), { head: noted() })
  const actions = async () => (await entries()).map((entry) => entry.action)
  const disarm = () =>
    dialect === 'sqlite'
      ? run('DROP TRIGGER "Activity_no_update"', 'DROP TRIGGER "Activity_no_delete"', 'DROP TRIGGER "Activity_follows"')
      : run('ALTER TABLE "Activity" DISABLE TRIGGER USER')
  const tell = async (count: number) => {
    for (let i = 1; i <= count; i++) await record(ada, 'exported', { object: `o${i}`, details: { format: 'csv', i } })
  }

  it('chains what is recorded, and notes the newest entry', async () => {
    await record(ada, 'signed-in')
    const details = { z: [hostile, 'ä'], a: hostile, n: 3, nothing: null, yes: true }
    await record({ ...ada, kind: 'token', tokenId: 't1' }, 'exported', {
      environmentId: 'e1',
      object: hostile,
      details,
    })
    const [first, second] = await entries()
    expect(first).toMatchObject({ seq: 1, actorName: 'Ada', actorId: 'u1', address: '192.0.2.1', details: {} })
    expect(second).toMatchObject({ seq: 2, actorKind: 'token', environmentId: 'e1', details: { token: 't1', n: 3 } })
    expect(second?.object).toMatch(/^ab\ufffd x{295}$/)
    expect(await verify()).toMatchObject({ fault: null, entries: 2, head: await activityHead() })
    expect(statSync(file('activity.head')).mode & 0o777).toBe(0o600)
  })

  it('loses nothing when much happens at once', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, i) => record(ada, 'exported', { object: `o${i}` })))
    const all = await entries()
    expect(all.map((entry) => entry.seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
    expect(new Set(all.map((entry) => entry.object)).size).toBe(60)
    expect((await verify()).fault).toBeNull()
  })

  it('is whole when another writer is faster', async () => {
    await tell(1)
    const [{ seq: _, hash: __, previousHash: ___, ...what } = {} as ActivityEntry] = await entries()
    await Promise.all([chain(what), chain(what), chain(what)]) // not in turn, as two processes
    expect((await entries()).map((entry) => entry.seq)).toEqual([1, 2, 3, 4])
    expect((await verify()).fault).toBeNull()
  })

  it('cannot be changed by way of the database', async () => {
    await tell(3)
    const before = await entries()
    const insert = (seq: number, previous: string) =>
      `("seq", "at", "actorKind", "actorName", "action", "details", "address", "previousHash", "hash")
       SELECT ${seq}, "at", 'user', 'Eve', 'signed-in', "details", '', '${previous}', 'x' FROM "Activity" WHERE "seq" = 1`
    const attacks = [
      `UPDATE "Activity" SET "actorName" = 'Eve' WHERE "seq" = 2`,
      'DELETE FROM "Activity" WHERE "seq" = 3',
      'DELETE FROM "Activity"',
      `INSERT INTO "Activity" ${insert(9, before[2]?.hash ?? '')}`, // leaves a gap
      `INSERT INTO "Activity" ${insert(4, before[0]?.hash ?? '')}`, // follows another one
      ...(dialect === 'sqlite' ? [`INSERT OR REPLACE INTO "Activity" ${insert(3, before[1]?.hash ?? '')}`] : []),
      ...(dialect === 'postgresql' ? ['TRUNCATE "Activity"', 'TRUNCATE "Activity" CASCADE'] : []),
    ]
    for (const attack of attacks) await expect(run(attack), attack).rejects.toThrow(/Activity/)
    await expect(server.client.activity.deleteMany()).rejects.toThrow()
    expect(canonicalJson(await entries())).toBe(canonicalJson(before))
  })

  it.each([
    [`UPDATE "Activity" SET "actorName" = 'Eve' WHERE "seq" = 2`, { kind: 'changed', seq: 2 }],
    [`UPDATE "Activity" SET "details" = '{"format": "pdf"}' WHERE "seq" = 4`, { kind: 'changed', seq: 4 }],
    ['DELETE FROM "Activity" WHERE "seq" = 3', { kind: 'gap', seq: 3 }],
    ['DELETE FROM "Activity" WHERE "seq" > 2', { kind: 'cut', seq: 3 }],
    ['DELETE FROM "Activity"', { kind: 'cut', seq: 1 }],
  ])('shows what was done past the triggers: %s', async (statement, fault) => {
    await tell(5)
    await disarm()
    await run(statement)
    expect((await verify()).fault).toEqual(fault)
  })

  it('says itself, and for ever, that its end was cut off', async () => {
    await tell(5)
    await disarm()
    await run('DELETE FROM "Activity" WHERE "seq" > 2')
    await tell(1)
    expect(await actions()).toEqual(['exported', 'exported', 'log-damaged', 'exported'])
    expect(await verify()).toMatchObject({ fault: null, noticed: [3] })
    const [, , damage] = await entries()
    expect(damage?.details).toMatchObject({ notedSeq: 5, foundSeq: 2 })
    await tell(1)
    expect((await actions()).filter((action) => action === 'log-damaged')).toHaveLength(1)
  })

  it('takes what the database refused later, in its order and with its time', async () => {
    await tell(1)
    await run('ALTER TABLE "Activity" RENAME TO "Elsewhere"')
    const start = Date.now()
    await record(ada, 'signed-out')
    await record(ada, 'signed-in', { object: 'again' })
    const stop = Date.now()
    expect(statSync(file('activity.waiting')).mode & 0o777).toBe(0o600)
    await run('ALTER TABLE "Elsewhere" RENAME TO "Activity"')
    writeFileSync(file('activity.waiting'), `${readFileSync(file('activity.waiting'), 'utf8')}{"at":"20`) // cut short
    await settleActivity()
    expect(await actions()).toEqual(['exported', 'signed-out', 'signed-in'])
    for (const { at, seq } of await entries()) if (seq > 1) expect(Date.parse(at)).toBeGreaterThanOrEqual(start)
    for (const { at } of await entries()) expect(Date.parse(at)).toBeLessThanOrEqual(stop)
    expect((await verify()).fault).toBeNull()
    await settleActivity()
    expect(await actions()).toHaveLength(3)
  })

  it('fails no action, and tells on standard error what could be kept nowhere', async () => {
    await run('ALTER TABLE "Activity" RENAME TO "Elsewhere"')
    rmSync(server.dir, { recursive: true })
    await record(ada, 'signed-out', { object: 'kept nowhere' })
    expect(JSON.stringify(vi.mocked(console.error).mock.calls)).toContain('kept nowhere')
  })

  it('tells of what is looked at once an hour for each person and object', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const look = (who: Who, auditId: string) => record(who, 'audit-viewed', { auditId })
    const others = { ...ada, id: 'u2' }
    for (const who of [ada, ada, others]) for (const audit of ['a', 'b']) await look(who, audit)
    expect(await entries()).toHaveLength(4)
    vi.setSystemTime(Date.now() + 3_600_001)
    await look(ada, 'a')
    await look(ada, 'a')
    expect(await entries()).toHaveLength(5)
    await record(ada, 'exported')
    await record(ada, 'exported')
    expect(await entries()).toHaveLength(7)
  })
})

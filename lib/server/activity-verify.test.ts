import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activityJsonEnd, activityJsonLine } from '@/lib/core'
import { record, type Who } from './activity'
import { activityEntries, activityHead } from './activity-list'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const ada: Who = { kind: 'user', id: 'u1', name: 'Ada', address: '192.0.2.1' }

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Starts the command line as a shell would, without the settings of this process. */
const verifyLog = (args: readonly string[], env: Record<string, string> = {}): Promise<Run> =>
  new Promise((resolve) => {
    const { DATA_DIR: _, DATABASE_URL: __, ...rest } = process.env
    const options = { env: { ...rest, ...env } }
    execFile(process.execPath, ['bin/postern.mjs', 'verify-log', ...args], options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })

describe.each(dialects)('verify-log on %s', (dialect) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer(dialect)
    for (let i = 1; i <= 5; i++)
      await record(ada, 'exported', {
        environmentId: 'e1',
        object: `o${i}`,
        details: { z: 1, format: 'ä"\n', a: ['x'] },
      })
  })
  afterEach(() => server.close())

  const check = (...args: string[]) =>
    verifyLog(['--format', 'json', ...args], { DATA_DIR: server.dir, DATABASE_URL: server.url })
  const run = (sql: string) => server.client.$executeRawUnsafe(sql)
  const disarm = async () => {
    const triggers = ['no_update', 'no_delete', 'follows'].map((name) => `DROP TRIGGER "Activity_${name}"`)
    for (const sql of dialect === 'sqlite' ? triggers : ['ALTER TABLE "Activity" DISABLE TRIGGER USER']) await run(sql)
  }
  const headNote = () => path.join(server.dir, 'activity.head')
  const exported = async (complete = true) => {
    let text = ''
    for await (const entry of activityEntries('everything', {}, 2 ** 31 - 1)) text += activityJsonLine(entry)
    const file = path.join(server.dir, 'log.jsonl')
    writeFileSync(file, text + activityJsonEnd(await activityHead(), complete))
    return file
  }

  it('finds a log whole while the server has it open', async () => {
    const { code, stdout, stderr } = await check()
    expect([code, stderr]).toEqual([0, ''])
    const head = await activityHead()
    expect(JSON.parse(stdout)).toEqual({
      ...{ status: 'whole', entries: 5, head, fault: null, noticed: [], noted: head, extract: false },
    })
  })

  it.each([
    [`UPDATE "Activity" SET "address" = '' WHERE "seq" = 2`, { kind: 'changed', seq: 2 }],
    [`UPDATE "Activity" SET "at" = '2020-01-01' WHERE "seq" = 3`, { kind: 'changed', seq: 3 }],
    ['DELETE FROM "Activity" WHERE "seq" = 4', { kind: 'gap', seq: 4 }],
    ['DELETE FROM "Activity" WHERE "seq" > 3', { kind: 'cut', seq: 4 }],
  ])('says where it is damaged: %s', async (sql, fault) => {
    await disarm()
    await run(sql)
    const { code, stdout } = await check()
    expect([code, JSON.parse(stdout).fault]).toEqual([1, fault])
  })

  it('does not take a log without its note for whole, and tells of one that was noted elsewhere', async () => {
    const { hash } = await activityHead()
    expect((await check('--head', `5:${hash}`)).code).toBe(0)
    expect(JSON.parse((await check('--head', `4:${hash}`)).stdout).fault).toEqual({ kind: 'replaced', seq: 4 })
    expect(JSON.parse((await check('--head', `7:${hash}`)).stdout).fault).toEqual({ kind: 'cut', seq: 6 })
    rmSync(headNote())
    expect((await check()).code).toBe(1)
    writeFileSync(headNote(), 'x')
    expect((await check()).code).toBe(1)
  })

  it('says that the server noticed a cut, in both languages', async () => {
    await disarm()
    await run('DELETE FROM "Activity" WHERE "seq" > 3')
    await record(ada, 'signed-in')
    const { code, stdout } = await check('--format', 'text', '--lang', 'de')
    expect(code).toBe(1)
    expect(stdout).toContain('Das Aktivitätsprotokoll ist beschädigt.\nEintrag 4: Der Server hat selbst bemerkt')
    expect((await check('--format', 'text')).stdout).toContain('Entry 4: the server itself noticed')
  })

  it('checks an exported log', async () => {
    const file = await exported()
    expect((await check(file)).code).toBe(0)
    const text = readFileSync(file, 'utf8')
    const lines = text.split('\n')
    const damage: [string, unknown][] = [
      [text.replace('"o3"', '"o4"'), { kind: 'changed', seq: 3 }],
      [lines.toSpliced(1, 1).join('\n'), { kind: 'gap', seq: 2 }],
      [lines.toSpliced(4, 1).join('\n'), { kind: 'cut', seq: 5 }],
      [[...lines.slice(1, 2), ...lines.slice(0, 1), ...lines.slice(2)].join('\n'), { kind: 'order', seq: 1 }],
      [lines.toSpliced(2, 1, '{}').join('\n'), { kind: 'changed', seq: 3 }],
      [lines.slice(0, 5).join('\n'), null], // without its end
    ]
    for (const [damaged, fault] of damage) {
      writeFileSync(file, damaged)
      const { code, stdout } = await check(file)
      expect([code, JSON.parse(stdout).fault], JSON.stringify(fault)).toEqual([1, fault])
    }
  })

  it('says of an extract what it can say', async () => {
    const file = await exported(false)
    writeFileSync(file, readFileSync(file, 'utf8').split('\n').toSpliced(1, 2).join('\n'))
    const { code, stdout } = await check(file, '--format', 'text')
    expect([code, stdout]).toEqual([0, expect.stringContaining('No entry of this extract was changed (entries: 3)')])
  })
})

describe('verify-log', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'postern-verify-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('reads the folder that is named, and leaves it as it was', async () => {
    const server = await openTestServer('sqlite')
    await record(ada, 'signed-in')
    await server.client.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)')
    for (const name of ['postern.db', 'activity.head']) copyFileSync(path.join(server.dir, name), path.join(dir, name))
    await server.close()
    const before = readFileSync(path.join(dir, 'postern.db'))
    expect((await verifyLog(['--data-dir', dir])).code).toBe(0)
    expect(readFileSync(path.join(dir, 'postern.db')).equals(before)).toBe(true)
  })

  it('ends with 3 where there is no log', async () => {
    const none = await verifyLog(['--data-dir', dir])
    expect([none.code, none.stdout]).toEqual([3, ''])
    expect(none.stderr).toContain('There is no database')
    writeFileSync(path.join(dir, 'postern.db'), '')
    expect((await verifyLog(['--data-dir', dir])).code).toBe(3)
    writeFileSync(path.join(dir, 'x.jsonl'), 'x')
    expect((await verifyLog([path.join(dir, 'x.jsonl')])).code).toBe(3)
    const nobody = { DATABASE_URL: 'postgresql://app@127.0.0.1:1/x' }
    expect((await verifyLog(['--data-dir', dir], nobody)).code).toBe(3)
  })

  it.each([
    [['a', 'b'], 'one FILE'],
    [['a', '--data-dir', 'b'], 'not both'],
    [['no-such-file'], 'no-such-file'],
    [['--head', '7'], '--head'],
    [['--format', 'csv'], '--format'],
  ])('ends with 2 for %j', async (args, named) => {
    const { code, stdout, stderr } = await verifyLog(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(named)
  })
})

import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'
import Database from 'libsql'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { composedFiles, driftSql } from '../../../scripts/prisma-lib.mjs'
import type { Tx } from '../db'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { insertFindings } from './bulk'
import { migrate } from './migrate.mjs'

type Fields = { fields?: { dataTypeID: number }[] }

/** adapter-pg cannot read PostgreSQL's internal "char" type (oid 18), which introspection selects: call it text. */
class CharPool extends pg.Pool {
  override async query(...args: unknown[]): Promise<never> {
    const result = await (super.query as (...a: unknown[]) => Promise<unknown>)(...args)
    for (const field of (result as Fields | undefined)?.fields ?? []) if (field.dataTypeID === 18) field.dataTypeID = 25
    return result as never
  }
}

/** Lets nobody on before `count` have come; whoever comes later is let through. */
function barrier(count: number): () => Promise<void> {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let come = 0
  return () => {
    if (++come >= count) open()
    return opened
  }
}

async function isWaiting(client: pg.Client): Promise<void> {
  const waiting = 'select 1 from pg_stat_activity where datname = current_database() and wait_event_type = $1'
  await vi.waitFor(async () => expect((await client.query(waiting, ['Lock'])).rowCount).toBe(1), 30_000)
}

describe.each(dialects)('database on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())

  const newAudit = async (id: string) => {
    const environment = await server.client.environment.create({ data: { name: 'Contoso' } })
    return server.client.audit.create({ data: { id, environmentId: environment.id, name: 'a', answers: {} } })
  }

  it('applies migrations once', async () => expect(await migrate(server.url)).toEqual([]))

  it('has the tables that the models describe', async () => {
    const factory =
      dialect === 'sqlite'
        ? new PrismaLibSql({ url: server.url, timeout: 10_000, intMode: 'bigint' })
        : new PrismaPg(new CharPool({ connectionString: server.url, max: 1 }), { disposeExternalPool: true })
    expect((await driftSql(factory, composedFiles('.', dialect))).exitCode).toBe(0)
  })

  it('reads sizes beyond 2^53 and bytes as they were written', async () => {
    const audit = await newAudit('bigint')
    const data = {
      auditId: audit.id,
      name: 'a',
      bytes: 9007199254740993n,
      sha256: 'x',
      inspection: new Uint8Array([0, 255]),
    }
    const { id } = await server.client.upload.create({ data })
    const upload = await server.client.upload.findUniqueOrThrow({ where: { id } })
    expect(upload.bytes).toBe(9007199254740993n)
    expect([...(upload.inspection ?? [])]).toEqual([0, 255])
  })

  it('inserts findings in bulk as single inserts would', async () => {
    const a = await newAudit('bulk01')
    const b = await newAudit('bulk02')
    const finding = (n: number) => ({
      fingerprint: `open-relay.${n}`,
      rule: 'open-relay',
      severity: 'high' as const,
      titleEn: "o'clock ä {}",
      titleDe: '„Titel“',
      absorbedBy: n % 2 ? 'x.1' : null,
      objects: ['EX01\\R"elay\'', 'ä'],
    })
    const findings = Array.from({ length: 12_000 }, (_, n) => finding(n))
    await insertFindings(server.client, a.id, findings)
    await server.client.finding.create({ data: { auditId: b.id, ...finding(7) } })
    expect(await server.client.finding.count({ where: { auditId: a.id } })).toBe(12_000)
    const [bulk, single] = await server.client.finding.findMany({
      where: { fingerprint: 'open-relay.7' },
      orderBy: { auditId: 'asc' },
    })
    expect({ ...bulk, auditId: '' }).toEqual({ ...single, auditId: '' })
  })

  it('deletes everything an audit owns with it', async () => {
    const audit = await newAudit('cascad')
    const upload = await server.client.upload.create({ data: { auditId: audit.id, name: 'a', bytes: 1n, sha256: 'y' } })
    await server.client.job.create({ data: { kind: 'inspect', auditId: audit.id, uploadId: upload.id } })
    await server.client.audit.delete({ where: { id: audit.id } })
    expect(await server.client.upload.count({ where: { auditId: audit.id } })).toBe(0)
    expect(await server.client.job.count({ where: { auditId: audit.id } })).toBe(0)
  })

  if (dialect === 'sqlite')
    it('a transaction is begun again when another process wrote between what it reads and writes', async () => {
      const { id } = await server.client.environment.create({ data: { name: 'before' }, select: { id: true } })
      const other = new Database(server.url.replace(/^file:/, ''), { timeout: 10_000 })
      const seen: string[] = []
      await server.client.$transaction(async (tx) => {
        const { name } = await tx.environment.findUniqueOrThrow({ where: { id } })
        seen.push(name)
        if (seen.length === 1) other.prepare('update "Environment" set name = ? where id = ?').run('other', id)
        await tx.environment.update({ where: { id }, data: { name: `${name} and more` } })
      })
      other.close()
      expect(seen).toEqual(['before', 'other'])
      expect(await server.client.environment.findUnique({ where: { id } })).toMatchObject({ name: 'other and more' })
    })

  // SQLite has one transaction at a time: there is nothing to wait for.
  if (dialect === 'postgresql')
    describe('two transactions that wait for each other', () => {
      const rename = (id: string, name: string) => (tx: Pick<Tx, 'environment'>) =>
        tx.environment.update({ where: { id }, data: { name } })
      const pair = async () => {
        const create = () => server.client.environment.create({ data: { name: 'before' }, select: { id: true } })
        return { a: (await create()).id, b: (await create()).id }
      }
      const nameOf = async (id: string) => (await server.client.environment.findUniqueOrThrow({ where: { id } })).name

      it('both come to their end', async () => {
        const { a, b } = await pair()
        const meeting = barrier(2)
        const tries = { x: 0, y: 0 }
        const swap = (name: 'x' | 'y', first: string, second: string) =>
          server.client.$transaction(async (tx) => {
            tries[name]++
            await rename(first, name)(tx)
            await meeting()
            await rename(second, name)(tx)
            return name
          })
        expect(await Promise.all([swap('x', a, b), swap('y', b, a)])).toEqual(['x', 'y'])
        expect(tries.x + tries.y).toBe(3)
        expect(await nameOf(a)).toBe(await nameOf(b))
      })

      it('also where one is a single write', async () => {
        const { a, b } = await pair()
        const rival = new pg.Client({ connectionString: server.url })
        await rival.connect()
        const take = (id: string) => rival.query('update "Environment" set name = $1 where id = $2', ['rival', id])
        await rival.query('begin')
        await take(b)
        // All rows of both names, oldest first: it has that of `a` when it waits for that of `b`.
        const single = server.client.environment
          .updateMany({ where: { id: { in: [a, b] } }, data: { name: 'single' } })
          .then((written) => written) // it begins when somebody waits
        await isWaiting(rival)
        // Whoever began to wait first is ended first: the single write, since the rival begins now.
        await take(a).then(() => rival.query('commit'))
        await expect(single).resolves.toEqual({ count: 2 })
        expect(await nameOf(a)).toBe('single')
        await rival.end()
      })

      it('is told where it does not end', async () => {
        const conflict = Object.assign(new Error('conflict'), { code: 'P2034' })
        let tries = 0
        const never = server.client.$transaction(async () => {
          tries++
          throw conflict
        })
        await expect(never).rejects.toBe(conflict)
        expect(tries).toBe(5)
      })

      it('another error ends it at once', async () => {
        let tries = 0
        const wrong = server.client.$transaction(async () => {
          tries++
          throw new Error('wrong')
        })
        await expect(wrong).rejects.toThrow('wrong')
        expect(tries).toBe(1)
      })
    })
})

import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composedFiles, driftSql } from '../../../scripts/prisma-lib.mjs'
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
})

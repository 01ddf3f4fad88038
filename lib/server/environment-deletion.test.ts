import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { theServer } from './activity'
import { createDraft, getAudit, startAnalysis } from './audits'
import { blobFiles, blobPath } from './blob-files'
import { dropBlobs, dropOtherBlobs, storeBlob } from './blobs'
import { settings } from './env'
import { contentOf, deleteEnvironment } from './environment-deletion'
import { JobRunner } from './jobs/runner'
import { addUpload } from './sources'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const marker = 'Kranichfeld-Zentrale'
const text = `[PS] C:\\>Get-ReceiveConnector | fl\n\nIdentity : EX01\\${marker}\nName : ${marker}\nServer : EX01\nEnabled : True\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {0.0.0.0-255.255.255.255}\nAuthMechanism : Tls, ExternalAuthoritative\nPermissionGroups : ExchangeServers, AnonymousUsers\nTransportRole : FrontendTransport\n`

describe.each(dialects)('deleting an environment on %s', (dialect) => {
  let server: TestServer
  let runner: JobRunner
  let userId = ''
  beforeAll(async () => {
    server = await openTestServer(dialect)
    runner = new JobRunner(server.client, { leaseMs: 3000, pollMs: 50, retryMs: 10 })
    await runner.start(true)
    const data = { email: 'a@contoso.com', name: 'A', role: 'admin' } as const
    userId = (await server.client.user.create({ data })).id
  })
  afterAll(async () => {
    await runner.stop()
    await server.close()
  })
  beforeEach(async () => {
    await server.client.environment.deleteMany()
    await server.client.apiToken.deleteMany()
    await dropOtherBlobs([])
  })

  const body = (content: string) => new Blob([content]).stream()
  const environment = async (name: string) => (await server.client.environment.create({ data: { name } })).id
  const analysed = async (environmentId: string) => {
    const { id } = await createDraft({ environmentId, name: marker })
    const { sha256 } = await addUpload(id, `${marker}.txt`, body(text), null)
    await startAnalysis(id)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
    return { id, sha256 }
  }
  /** Everything that hangs on an environment, with the marker in every text. */
  async function fill(environmentId: string, auditId: string) {
    const { client } = server
    const found = { environmentId, rule: marker, fingerprint: marker, titleEn: marker, titleDe: marker }
    await client.acceptedRisk.create({ data: { ...found, objects: [marker], severity: 'low', reason: marker } })
    await client.expectation.create({ data: { environmentId, name: marker, question: marker, expected: marker } })
    await client.membership.create({ data: { environmentId, userId } })
    const share = {
      ...({ id: marker, tokenHash: marker, environmentId, auditId, userId, kind: 'map', level: 'full' } as const),
      ...{ target: {}, allows: {}, note: marker, content: Buffer.from(marker), endsAt: new Date() },
    }
    await client.share.create({ data: share })
  }
  const rows = async () => {
    const c = server.client
    const counts = [c.environment, c.audit, c.upload, c.report, c.finding, c.share, c.membership, c.acceptedRisk]
    const all = await Promise.all(
      [...counts, c.expectation, c.job].map((table) => (table.count as () => Promise<number>)()),
    )
    return all.reduce((sum, n) => sum + n, 0)
  }
  const files = () =>
    readdirSync(server.dir, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [path.join(entry.parentPath, entry.name)] : [],
    )
  const holding = (bytes: Uint8Array) => files().filter((file) => readFileSync(file).includes(Buffer.from(bytes)))
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: { code?: string }) => error.code ?? error,
    )

  it('leaves no row, no file and no page of the database that has anything of it', async () => {
    const env = await environment('Short')
    const { id, sha256 } = await analysed(env)
    await fill(env, id)
    const { report } = await server.client.report.findUniqueOrThrow({ where: { auditId: id } })
    const piece = report.subarray(40, 80) // of what is compressed
    if (dialect === 'sqlite') {
      writeFileSync(path.join(server.dir, 'postern.db.before-x-1'), marker)
      expect(holding(Buffer.from(marker)).length).toBeGreaterThan(2)
      expect(holding(piece).length).toBeGreaterThan(0)
    }
    expect(await contentOf(env)).toEqual({ audits: 1, files: 1, shares: 1 })
    await deleteEnvironment(theServer, env, 'Short')
    expect(await rows()).toBe(0)
    expect(existsSync(blobPath(sha256))).toBe(false)
    const [entry] = await server.client.activity.findMany({
      where: { action: 'environment-deleted', environmentId: env },
    })
    expect(entry).toMatchObject({
      object: 'Short',
      details: { audits: 1, files: 1, shares: 1, remaining: 0, scrubbed: true },
    })
    if (dialect !== 'sqlite') return // files of a database server are not ours to read
    expect(holding(Buffer.from(marker))).toEqual([])
    expect(holding(piece)).toEqual([])
  })

  it('leaves other environments alone, and bytes that they have as well', async () => {
    const [one, other] = [await environment('One'), await environment('Other')]
    const { sha256 } = await analysed(one)
    const kept = await analysed(other)
    await fill(other, kept.id)
    const before = await rows()
    await deleteEnvironment(theServer, one, 'One')
    expect(existsSync(blobPath(sha256))).toBe(true)
    expect((await getAudit(kept.id))?.status).toBe('done')
    expect(await contentOf(other)).toEqual({ audits: 1, files: 1, shares: 1 })
    expect(await rows()).toBeLessThan(before)
  })

  it('takes tokens that were for it alone, and takes it from others', async () => {
    const [one, other] = [await environment('One'), await environment('Other')]
    const add = (name: string, environments: string[] | null) =>
      server.client.apiToken.create({
        data: {
          ...{ name, hint: '', tokenHash: name, userId, scopes: [], expiresAt: new Date() },
          ...(environments && { environments }),
        },
      })
    await add('alone', [one])
    await add('both', [one, other])
    await add('other', [other])
    await add('all', null)
    await deleteEnvironment(theServer, one, 'One')
    const tokens = await server.client.apiToken.findMany({ orderBy: { name: 'asc' } })
    expect(tokens.map((token) => [token.name, token.environments])).toEqual([
      ['all', null],
      ['both', [other]],
      ['other', [other]],
    ])
  })

  it('wants the name, and no analysis that runs or waits', async () => {
    const env = await environment('Contoso AG')
    for (const name of ['', 'contoso ag', 'Contoso', 'Contoso AG2'])
      expect(await codeOf(deleteEnvironment(theServer, env, name)), name).toMatch(/wrong-name|bad-request/)
    expect(await codeOf(deleteEnvironment(theServer, 'nowhere', 'Contoso AG'))).toBe('not-found')
    const { id } = await createDraft({ environmentId: env })
    for (const status of ['queued', 'running'] as const) {
      await server.client.audit.update({ where: { id }, data: { status } })
      expect(await codeOf(deleteEnvironment(theServer, env, 'Contoso AG'))).toBe('still-running')
    }
    expect(await server.client.environment.count()).toBe(1)
    await server.client.audit.update({ where: { id }, data: { status: 'draft' } })
    await deleteEnvironment(theServer, env, '  Contoso   AG ')
    expect(await rows()).toBe(0)
  })

  it('takes turns with uploads that another copy of the module stores', async () => {
    const env = await environment('Contoso')
    const { id } = await createDraft({ environmentId: env })
    vi.resetModules()
    const other = await import('./blobs')
    ;(await import('./env')).replaceSettings(settings())
    expect(other.dropBlobs).not.toBe(dropBlobs)
    let row: Promise<unknown> = Promise.resolve()
    const stored = await other.storeBlob(
      body(marker),
      () => {},
      async (blob) => {
        const dropped = dropBlobs([blob.sha256]) // has to wait until there is a row
        const data = { auditId: id, name: 'a', sha256: blob.sha256, bytes: 1n }
        await new Promise((resolve) => setTimeout(resolve, 50))
        await server.client.upload.create({ data })
        row = dropped
        return blob.sha256
      },
    )
    await row
    expect(await blobFiles()).toEqual([blobPath(stored)])
  })

  it('leaves nothing of an upload that was arriving', async () => {
    const env = await environment('Contoso')
    const { id } = await createDraft({ environmentId: env })
    const source = {
      async pull(controller: ReadableStreamDefaultController<Uint8Array>) {
        controller.enqueue(Buffer.from(marker))
        await deleteEnvironment(theServer, env, 'Contoso').catch(() => {})
        controller.close()
      },
    }
    const slow = new ReadableStream<Uint8Array>(source, { highWaterMark: 0 }) // begins when it is read
    expect(await codeOf(addUpload(id, 'a.txt', slow, null))).toBe('not-found')
    expect(await blobFiles()).toEqual([])
    const stored = await storeBlob(
      body(marker),
      () => {},
      async (blob) => blob.sha256,
    )
    expect(await blobFiles()).toEqual([blobPath(stored)])
  })
})

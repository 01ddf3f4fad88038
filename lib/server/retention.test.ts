import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseForm } from '@/lib/core'
import { createDraft, getAudit, loadReport, startAnalysis } from './audits'
import { blobFiles, blobPath } from './blob-files'
import { AppError } from './errors'
import { forever, saveInstance } from './instance'
import { JobRunner } from './jobs/runner'
import { applyRetention, keptUntil, retentionPreview } from './retention'
import { createRevision } from './revisions'
import { simulateAudit } from './simulations'
import { addUpload, listUploads, readSource } from './sources'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs)
const text = `[PS] C:\\>Get-ReceiveConnector | fl\n\nIdentity : EX01\\Relay\nName : Relay\nServer : EX01\nEnabled : True\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {0.0.0.0-255.255.255.255}\nAuthMechanism : Tls, ExternalAuthoritative\nPermissionGroups : ExchangeServers, AnonymousUsers\nTransportRole : FrontendTransport\n`

const codeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  )
  return error instanceof AppError ? error.code : error
}

describe.each(dialects)('retention on %s', (dialect) => {
  let server: TestServer
  let runner: JobRunner
  beforeAll(async () => {
    server = await openTestServer(dialect)
    runner = new JobRunner(server.client, { leaseMs: 3000, pollMs: 50, retryMs: 10 })
    await runner.start(true)
  })
  afterAll(async () => {
    await runner.stop()
    await server.close()
  })
  beforeEach(async () => {
    await saveInstance('retention', { keepOriginalsDays: 30 })
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await server.client.environment.deleteMany()
  })

  const body = (content: string) => new Blob([content]).stream()
  const environment = async (keepOriginalsDays: number | null = null) =>
    (await server.client.environment.create({ data: { name: 'Contoso', keepOriginalsDays } })).id
  const drafted = async (environmentId: string, content: string, name = 'receive.txt') => {
    const { id } = await createDraft({ environmentId })
    const { sha256 } = await addUpload(id, name, body(content), null)
    return { id, sha256 }
  }
  const analysed = async (environmentId: string, content: string) => {
    const made = await drafted(environmentId, content)
    await startAnalysis(made.id)
    await vi.waitFor(async () => expect((await getAudit(made.id))?.status).toBe('done'), 90_000)
    return made
  }
  const told = async (auditId: string) =>
    (await server.client.activity.findMany({ where: { auditId, action: 'originals-deleted' } })).map(
      ({ object, details, actorKind, environmentId }) => ({ object, details, actorKind, environmentId }),
    )
  const storedCore = (auditId: string, coreVersion: string) =>
    server.client.report.update({ where: { auditId }, data: { coreVersion, createdAt: inDays(0) } })

  it('deletes the originals of an audit after its days, and tells what it looked for', async () => {
    const env = await environment()
    const { id, sha256 } = await analysed(env, text)
    const file = blobPath(sha256)
    expect((await keptUntil(id))?.getTime()).toBeCloseTo(inDays(30).getTime(), -5)
    expect(await retentionPreview(inDays(29.9))).toEqual({ audits: 0, files: 0, bytes: 0 })
    expect(await applyRetention(inDays(29.9))).toBe(0)
    expect(existsSync(file)).toBe(true)
    expect(await retentionPreview(inDays(30.1))).toEqual({ audits: 1, files: 1, bytes: text.length })
    const now = inDays(30.1)
    expect(await applyRetention(now)).toBe(1)
    expect(await blobFiles()).toEqual([])
    expect(await told(id)).toEqual([
      {
        object: 'receive.txt',
        details: { sha256, bytes: text.length, remaining: 0, usedBy: 0 },
        actorKind: 'system',
        environmentId: env,
      },
    ])
    expect((await getAudit(id))?.originalsDeletedAt).toEqual(now)
    expect(await keptUntil(id)).toBeNull()
    expect(await listUploads(id)).toMatchObject([{ name: 'receive.txt', sha256 }])
    expect(await applyRetention(inDays(31))).toBe(0)
    expect(await told(id)).toHaveLength(1)
  })

  it('leaves the report, and refuses with a sentence what needs the files', async () => {
    const { id } = await analysed(await environment(), text)
    const report = await loadReport(id)
    await applyRetention(inDays(31))
    expect(await loadReport(id)).toEqual(report)
    expect(report?.findings.length).toBeGreaterThan(0)
    const works = [
      () => readSource(id, 's1', 1, 9),
      () => createRevision(id),
      () => startAnalysis(id),
      () => simulateAudit(id, parseForm({ from: '203.0.113.7' })),
    ]
    for (const work of works) expect(await codeOf(work())).toBe('originals-deleted')
    expect((await getAudit(id))?.status).toBe('done')
  })

  it('uses the report that another version made, as long as it can be read', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { id } = await analysed(await environment(), text)
    await applyRetention(inDays(31))
    const report = await loadReport(id)
    await storedCore(id, 'older')
    expect((await getAudit(id))?.status).toBe('done')
    expect(await loadReport(id)).toEqual(report)
    await server.client.report.update({
      where: { auditId: id },
      data: { report: new Uint8Array(gzipSync('{"old":1}')), createdAt: inDays(1) },
    })
    expect(await loadReport(id)).toBeNull()
    expect((await getAudit(id))?.status).toBe('done')
    expect(await server.client.job.count({ where: { auditId: id, status: { in: ['queued', 'running'] } } })).toBe(0)
  })

  it('keeps bytes that another audit keeps', async () => {
    const { id, sha256 } = await analysed(await environment(), text)
    const other = await analysed(await environment(forever), text)
    await applyRetention(inDays(31))
    expect(existsSync(blobPath(sha256))).toBe(true)
    expect((await readSource(other.id, 's1', 1, 5))?.lines.length).toBe(5)
    expect(await told(id)).toMatchObject([{ details: { remaining: 1, usedBy: 1 } }])
    expect(await told(other.id)).toEqual([])
  })

  it('goes by the environment where that says something else', async () => {
    const soon = await drafted(await environment(2), 'soon')
    const usual = await drafted(await environment(), 'usual')
    const never = await drafted(await environment(forever), 'never')
    const left = async () => [...(await listUploads(soon.id)), ...(await listUploads(usual.id))].map((u) => u.name)
    expect((await keptUntil(never.id)) ?? 'stays').toBe('stays')
    await applyRetention(inDays(3))
    expect(await left()).toHaveLength(1)
    await saveInstance('retention', { keepOriginalsDays: forever })
    await applyRetention(inDays(4000))
    expect(await left()).toHaveLength(1)
    await saveInstance('retention', { keepOriginalsDays: 1 })
    await applyRetention(inDays(1.1))
    expect(await left()).toHaveLength(0)
    expect(await listUploads(never.id)).toHaveLength(1)
  })

  it('empties a draft that nobody has touched, and leaves one with a newer file', async () => {
    const env = await environment()
    const old = await drafted(env, 'old')
    await server.client.audit.update({ where: { id: old.id }, data: { createdAt: inDays(-31) } })
    expect(await applyRetention()).toBe(0)
    await server.client.upload.updateMany({ where: { auditId: old.id }, data: { createdAt: inDays(-31) } })
    expect(await applyRetention()).toBe(1)
    expect(await listUploads(old.id)).toEqual([])
    expect(await told(old.id)).toMatchObject([{ details: { remaining: 0 } }])
    await addUpload(old.id, 'new.txt', body('new'), null)
    expect(await codeOf(startAnalysis(old.id))).toBeNull()
  })

  it('finds what a server left that ended in between, and tells of it then', async () => {
    const { id, sha256 } = await drafted(await environment(), 'half deleted')
    await server.client.audit.update({ where: { id }, data: { status: 'done', originalsDeletedAt: inDays(-1) } })
    expect(existsSync(blobPath(sha256))).toBe(true)
    await applyRetention()
    expect(existsSync(blobPath(sha256))).toBe(false)
    expect(await told(id)).toMatchObject([{ object: 'receive.txt', details: { sha256, remaining: 0 } }])
    await applyRetention()
    expect(await told(id)).toHaveLength(1)
  })

  it('says so where something of it stays on the disk', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { id } = await drafted(await environment(), 'x')
    writeFileSync(path.join(server.dir, 'blobs', 'left.part'), 'x')
    await applyRetention(inDays(31))
    expect(await told(id)).toMatchObject([{ details: { remaining: 1, usedBy: 0 } }])
    expect(said).toHaveBeenCalledWith(expect.stringContaining('left.part'))
  })
})

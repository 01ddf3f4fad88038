import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  createDraft,
  createRevision,
  deleteAudit,
  getAudit,
  loadReport,
  revisionsAround,
  splitDraft,
  startAnalysis,
} from './audits'
import { blobPath } from './blob-files'
import { JobRunner } from './jobs/runner'
import { draftFiles } from './preview'
import { addUpload, listUploads, removeUpload } from './sources'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const receive = (server: string, range: string) =>
  `Name : Relay\nServer : ${server}\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {${range}}\nPermissionGroups : AnonymousUsers\n`

describe.each(dialects)('revisions on %s', (dialect) => {
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

  const body = (content: string) => new Blob([content]).stream()
  const checked = (id: string) => vi.waitFor(async () => expect((await draftFiles(id)).isChecked).toBe(true), 90_000)
  const analysed = async (files: Readonly<Record<string, string>>) => {
    const { id } = await createDraft({ environmentName: 'Contoso', name: 'Spring' })
    for (const [name, content] of Object.entries(files)) await addUpload(id, name, body(content), null)
    await checked(id)
    await done(id)
    return id
  }
  const done = async (id: string) => {
    await startAnalysis(id)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
  }

  it('begins with the files of an analysed audit, which stays as it is', async () => {
    const first = await analysed({ 'a.txt': receive('EX01', '10.0.0.1') })
    const report = await loadReport(first)
    const second = await createRevision(first)
    expect(second).toMatchObject({ status: 'draft', name: 'Spring', revision: 2, revisionOf: first })
    expect((await listUploads(second.id)).map((u) => [u.name, u.status, u.sources.length])).toEqual([
      ['a.txt', 'read', 1],
    ])
    await addUpload(second.id, 'b.txt', body(receive('EX02', '10.0.0.2')), null)
    await checked(second.id)
    await done(second.id)
    expect((await loadReport(second.id))?.inventory.receiveConnectors.map((c) => c.id)).toEqual([
      'EX01\\Relay',
      'EX02\\Relay',
    ])
    expect(await loadReport(first)).toEqual(report)
    const row = await getAudit(second.id)
    expect(row && (await revisionsAround(row)).earlier?.id).toBe(first)
    const old = await getAudit(first)
    expect(old && (await revisionsAround(old)).later.map((a) => a.id)).toEqual([second.id])
    const third = await createRevision(second.id)
    expect(third.revision).toBe(3)
  })

  it('is not named in another environment', async () => {
    const first = await analysed({ 'a.txt': receive('EX01', '10.0.0.1') })
    const second = await createRevision(first)
    const { id: environmentId } = await server.client.environment.create({ data: { name: 'Secret' } })
    await server.client.audit.update({ where: { id: second.id }, data: { environmentId } })
    const [row, old] = [await getAudit(second.id), await getAudit(first)]
    expect(row && (await revisionsAround(row)).earlier).toBeNull()
    expect(old && (await revisionsAround(old)).later).toEqual([])
  })

  it('is begun once, and a draft is its own', async () => {
    const first = await analysed({ 'a.txt': receive('EX01', '10.0.0.1') })
    const draft = await createRevision(first)
    expect((await createRevision(first)).id).toBe(draft.id)
    expect((await createRevision(draft.id)).id).toBe(draft.id)
    await expect(createRevision('zzzzzz')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('keeps bytes as long as one of both needs them', async () => {
    const first = await analysed({ 'a.txt': receive('EX77', '10.7.7.7') })
    const draft = await createRevision(first)
    const [upload] = await listUploads(draft.id)
    const bytes = blobPath(upload?.sha256 ?? '')
    await deleteAudit(first)
    expect(existsSync(bytes)).toBe(true)
    expect((await getAudit(draft.id))?.revisionOf).toBe(first)
    const row = await getAudit(draft.id)
    expect(row && (await revisionsAround(row)).earlier).toBeNull()
    await removeUpload(draft.id, upload?.id ?? '')
    expect(existsSync(bytes)).toBe(false)
  })

  it('reads again what could not be read', async () => {
    const first = await analysed({ 'a.txt': receive('EX01', '10.0.0.1') })
    await server.client.upload.updateMany({ where: { auditId: first }, data: { status: 'failed', inspection: null } })
    const draft = await createRevision(first)
    await checked(draft.id)
    expect((await listUploads(draft.id)).map((u) => u.status)).toEqual(['read'])
  })

  it('keeps two states of one server as two audits', async () => {
    const { id } = await createDraft({ environmentName: 'Contoso', name: 'Both' })
    const texts = {
      'old.txt': receive('EX01', '10.0.0.1'),
      'new.txt': receive('EX01', '10.0.0.2'),
      'c.txt': receive('EX03', '10.0.0.3'),
    }
    for (const [name, content] of Object.entries(texts)) await addUpload(id, name, body(content), null)
    await checked(id)
    const uploads = await listUploads(id)
    const of = (name: string) => uploads.find((u) => u.name === name)?.id ?? ''
    const other = await splitDraft(id, of('old.txt'), of('new.txt'))
    expect((await listUploads(other.id)).map((u) => u.name)).toEqual(['c.txt', 'old.txt'])
    expect((await listUploads(id)).map((u) => u.name)).toEqual(['c.txt', 'new.txt'])
    expect(other).toMatchObject({ status: 'draft', name: 'Both (2)', revision: 1 })
  })
})

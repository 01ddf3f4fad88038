import { createReadStream, readdirSync, statSync, unlinkSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { climbingZip, doctypeXml, goodExport, hugeExport, smallFiles } from '../../../scripts/hostile-files.mjs'
import { createDraft, getAudit, loadReport, loadTopology, startAnalysis } from '../audits'
import { blobPath } from '../blob-files'
import { coreVersion } from '../reports'
import { addUpload, listUploads, readSource } from '../sources'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { JobRunner } from './runner'

const samples = path.resolve(import.meta.dirname, '../../../samples/contoso')

describe.each(dialects)('inspecting and analysing on %s', (dialect) => {
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
  afterEach(() => {
    vi.restoreAllMocks()
    server.change({})
  })

  const body = (content: string | Uint8Array) => new Blob([content as BlobPart]).stream()
  const draftOf = async (files: Readonly<Record<string, string | Uint8Array>>) => {
    const { id } = await createDraft({ environmentName: 'Contoso' })
    for (const [name, content] of Object.entries(files)) await addUpload(id, name, body(content), null)
    return id
  }
  const settled = async (id: string) => {
    await startAnalysis(id)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toMatch(/done|failed/), 90_000)
    return getAudit(id)
  }

  it('says what an upload is before anything is analysed', async () => {
    const id = await draftOf({ 'receive.txt': goodExport(), 'a.zip': climbingZip() })
    await vi.waitFor(async () => {
      for (const upload of await listUploads(id)) expect(upload.status).toBe('read')
    }, 90_000)
    const [archive, plain] = await listUploads(id)
    expect(plain?.sources[0]?.blocks[0]).toMatchObject({ collection: 'receiveConnectors', objects: 1 })
    expect(archive?.sources.map((s) => s.name)).toContain('a.zip!/good/receive.txt')
  })

  it('makes the report, the map and the rows of the sample', async () => {
    const { id } = await createDraft({ environmentName: 'Contoso' })
    for (const entry of readdirSync(samples, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = path.join(entry.parentPath, entry.name)
      const stream = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>
      await addUpload(id, path.relative(samples, file), stream, statSync(file).size)
    }
    const audit = await settled(id)
    const report = await loadReport(id)
    expect(audit).toMatchObject({ status: 'done', error: null, progress: null, asOf: report?.asOf })
    expect(audit?.counts).toEqual(report?.summary.bySeverity)
    expect(audit?.sources).toBe(report?.sources.length)
    expect(audit?.certificateEnd).toBe('2026-12-06T00:59:59')
    expect(report?.findings.length).toBeGreaterThan(0)
    const rows = await server.client.finding.findMany({ where: { auditId: id } })
    expect(rows.map((row) => row.fingerprint).sort()).toEqual(report?.findings.map((f) => f.id).sort())
    expect((await loadTopology(id))?.cards.length).toBeGreaterThan(0)
    const evidence = report?.findings[0]?.evidence[0]
    if (!evidence) throw new Error('a finding without evidence')
    const window = await readSource(id, evidence.source, evidence.lines[0], evidence.lines[1])
    expect(window?.lines.join('\n')).toBe(evidence.text)
    expect(await readSource(id, 's9999', 1, 2)).toBeNull()
  })

  it('gives hostile files their notice and analyses the rest', async () => {
    const id = await draftOf(smallFiles())
    expect((await settled(id))?.status).toBe('done')
    const report = await loadReport(id)
    const codes = (name: string) => report?.sources.find((s) => s.name === name)?.notices.map((n) => n.code)
    expect(report?.sources.find((s) => s.name === 'good.txt')).toMatchObject({ status: 'parsed' })
    expect(report?.inventory.receiveConnectors.map((c) => c.id)).toContain('EX01\\Relay')
    expect(report?.inventory.receiveConnectors.map((c) => c.id)).toContain('EX01\\<script>alert(1)</script>')
    expect(codes('doctype.xml')).toContain('xml-refused')
    expect(codes('many.zip')).toContain('archive-refused')
    expect(codes('cut.zip')).toContain('archive-refused')
    expect(codes('shopping.txt')).toContain('not-recognised')
    expect(codes('picture.txt')).toContain('document-refused')
    expect(report?.sources.find((s) => s.name === 'empty.txt')?.status).toBe('empty')
    expect(JSON.stringify(codes('bomb.zip!/zeros.txt') ?? codes('bomb.zip'))).toMatch(/archive-refused|too-large/)
  })

  it('makes a report of another core again from its sources, judged by the same day', async () => {
    const id = await draftOf({ 'receive.txt': goodExport() })
    await settled(id)
    const first = await loadReport(id)
    await server.client.report.update({
      where: { auditId: id },
      data: { coreVersion: 'older', report: new Uint8Array([1]) },
    })
    const versionOf = async () => (await server.client.report.findUniqueOrThrow({ where: { auditId: id } })).coreVersion
    await getAudit(id)
    await vi.waitFor(async () => expect(await versionOf()).toBe(coreVersion()), 90_000)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
    expect(await loadReport(id)).toEqual(first)
  })

  it('makes a stored report again that does not pass its schema', async () => {
    const id = await draftOf({ 'doctype.xml': doctypeXml() })
    await settled(id)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await server.client.report.update({
      where: { auditId: id },
      data: { report: new Uint8Array([1]), createdAt: new Date() },
    })
    expect(await loadReport(id)).toBeNull()
    await vi.waitFor(async () => expect(await loadReport(id)).not.toBeNull(), 90_000)
  })

  it('checks a large report outside the server, and makes a broken one again', async () => {
    const id = await draftOf({ 'receive.txt': hugeExport(3) })
    await settled(id)
    const first = await loadReport(id)
    expect(first?.inventory.receiveConnectors).toHaveLength(1000)
    const store = (report: Uint8Array<ArrayBuffer>) =>
      server.client.report.update({ where: { auditId: id }, data: { report, createdAt: new Date() } })
    const loose = new Uint8Array(gzipSync(JSON.stringify(first), { level: 0 }))
    expect(loose.length).toBeGreaterThan(1_000_000)
    await store(loose)
    expect(await loadReport(id)).toEqual(first)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await store(new Uint8Array(gzipSync(JSON.stringify({ ...first, report: 2 }), { level: 0 })))
    expect(await loadReport(id)).toBeNull()
    await vi.waitFor(async () => expect(await loadReport(id)).toEqual(first), 90_000)
  })

  it('leaves out a file that takes too much memory, and analyses the rest', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    server.change({ workerMemoryMb: 128 })
    const id = await draftOf({ 'huge.txt': hugeExport(20), 'receive.txt': goodExport() })
    expect((await settled(id))?.status).toBe('done')
    expect((await listUploads(id)).map((u) => u.status)).toEqual(['failed', 'read'])
    const sources = (await loadReport(id))?.sources ?? []
    expect(sources.map((s) => [s.status, s.notices.map((n) => n.code)])).toEqual([
      ['refused', ['too-demanding']],
      ['parsed', []],
    ])
  })

  it('tells a large file of another kind by its beginning, with memory for no more', async () => {
    server.change({ workerMemoryMb: 128 })
    const id = await draftOf({
      'book.txt': 'It was a dark and stormy night.\r\n'.repeat(800_000),
      'receive.txt': goodExport(),
    })
    expect((await settled(id))?.status).toBe('done')
    const sources = (await loadReport(id))?.sources ?? []
    expect(sources.map((s) => [s.status, s.notices.map((n) => n.code)])).toEqual([
      ['unknown-format', ['not-recognised']],
      ['parsed', []],
    ])
    const [upload] = await listUploads(id)
    expect(sources[0]?.sha256).toBe(upload?.sha256)
    expect(await readSource(id, 's1', 1, 1)).toBeNull()
  })

  it('ends an analysis that takes too long, and goes on', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    server.change({ workerTimeoutMs: 1 })
    expect(await settled(await draftOf({ 'receive.txt': goodExport() }))).toMatchObject({ error: 'timed-out' })
    server.change({})
    expect((await settled(await draftOf({ 'receive.txt': goodExport() })))?.status).toBe('done')
  })

  it('fails an analysis whose bytes are gone, after a second try', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const id = await draftOf({ 'receive.txt': 'unique bytes of this test' })
    const [upload] = await listUploads(id)
    unlinkSync(blobPath(upload?.sha256 ?? ''))
    expect(await settled(id)).toMatchObject({ status: 'failed', error: 'crashed' })
    expect(log).toHaveBeenCalled()
    const job = await server.client.job.findFirst({ where: { auditId: id, kind: 'analyse' } })
    expect(job).toMatchObject({ status: 'failed', attempts: 2 })
  })
})

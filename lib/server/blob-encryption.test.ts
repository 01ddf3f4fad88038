import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDraft, deleteAudit, getAudit, loadReport, startAnalysis } from './audits'
import { checkEncryptionKey, encryptPlainBlobs } from './blob-encryption'
import { blobFile, blobFiles, blobPath, plainPath } from './blob-files'
import { readBlob } from './blob-read'
import { dropOtherBlobs, remainsOf, storeBlob } from './blobs'
import { JobRunner } from './jobs/runner'
import { addUpload, readSource } from './sources'
import { openTestServer, type TestServer } from './testing/databases'

const marker = 'Name : Relay of the fax floor\n'
const body = (content: string | Uint8Array) => new Blob([content as BlobPart]).stream()

/** One kind of database is enough: these are files. */
describe('uploads on the disk', () => {
  let server: TestServer
  const encryptionKey = randomBytes(32)
  beforeAll(async () => {
    server = await openTestServer('sqlite')
  })
  afterAll(() => server.close())
  beforeEach(() => server.change({ encryptionKey }))
  afterEach(async () => {
    vi.restoreAllMocks()
    server.change({})
    await server.client.environment.deleteMany()
    await dropOtherBlobs([])
    server.change({ encryptionKey })
    await dropOtherBlobs([])
  })

  const root = () => path.join(server.dir, 'blobs')
  /** Names and contents of everything under data/blobs. */
  const onDisk = () =>
    readdirSync(root(), { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name, readFileSync(path.join(entry.parentPath, entry.name), 'latin1')] : [],
    )
  const store = (content: string) =>
    storeBlob(
      body(content),
      () => {},
      async (blob) => blob.sha256,
    )
  const readBack = (sha256: string) => Buffer.from(readBlob(blobFile(sha256))).toString()

  it('are encrypted while they arrive, under a name that does not tell the content', async () => {
    let whileArriving = ''
    const slow = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from(marker.repeat(10_000))),
      async pull(controller) {
        await vi.waitFor(() => expect(onDisk().join('').length).toBeGreaterThan(100_000))
        whileArriving = onDisk().join('')
        controller.close()
      },
    })
    const sha256 = await storeBlob(
      slow,
      () => {},
      async (blob) => blob.sha256,
    )
    for (const text of [whileArriving, onDisk().join('')]) {
      expect(text.length).toBeGreaterThan(100_000)
      expect(text).not.toContain('fax floor')
      expect(text).not.toContain(sha256)
    }
    expect(readBack(sha256)).toBe(marker.repeat(10_000))
  })

  it('are read by an analysis, whose report shows the lines', async () => {
    const runner = new JobRunner(server.client, { leaseMs: 3000, pollMs: 50, retryMs: 10 })
    await runner.start(true)
    const { id } = await createDraft({ environmentName: 'Contoso' })
    const text = `[PS] C:\\>Get-ReceiveConnector | fl\n\nIdentity : EX01\\Relay\n${marker}Server : EX01\n`
    await addUpload(id, 'receive.txt', body(text), null)
    await startAnalysis(id)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
    expect((await loadReport(id))?.inventory.receiveConnectors).toHaveLength(1)
    expect((await readSource(id, 's1', 1, 9))?.lines.join('\n')).toContain('fax floor')
    expect(onDisk().join('')).not.toContain('fax floor')
    await runner.stop()
  })

  it('are read that came before the key, then encrypted at the next start', async () => {
    server.change({})
    const sha256 = await store(marker)
    server.change({ encryptionKey })
    await checkEncryptionKey()
    expect(readBack(sha256)).toBe(marker)
    expect(await encryptPlainBlobs()).toBe(1)
    expect(existsSync(plainPath(sha256))).toBe(false)
    expect(onDisk().join('')).not.toContain('fax floor')
    expect(readBack(sha256)).toBe(marker)
    expect(await encryptPlainBlobs()).toBe(0)
  })

  it('survive an end at any moment of that', async () => {
    server.change({})
    const sha256 = await store(marker)
    const aside = path.join(server.dir, 'aside')
    copyFileSync(plainPath(sha256), aside)
    server.change({ encryptionKey })
    await encryptPlainBlobs()
    const sealed = blobPath(sha256)
    copyFileSync(aside, plainPath(sha256)) // ended before the plain file went
    expect(readBack(sha256)).toBe(marker)
    expect(await encryptPlainBlobs()).toBe(1)
    unlinkSync(sealed)
    copyFileSync(aside, plainPath(sha256))
    writeFileSync(path.join(root(), 'x.part'), 'half') // ended while the encrypted one was written
    expect(await remainsOf(sha256)).toEqual([plainPath(sha256), path.join(root(), 'x.part')])
    expect(readBack(sha256)).toBe(marker)
    unlinkSync(path.join(root(), 'x.part'))
    unlinkSync(aside)
  })

  it('stay as they are where they were damaged before', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    server.change({})
    const sha256 = await store(marker)
    writeFileSync(plainPath(sha256), 'damaged')
    server.change({ encryptionKey })
    expect(await encryptPlainBlobs()).toBe(0)
    expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(plainPath(sha256)))
    expect(readFileSync(plainPath(sha256), 'utf8')).toBe('damaged')
    expect(readdirSync(root()).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('cannot change places', async () => {
    const [one, two] = [await store('one'), await store('two')]
    const [a, b] = [blobPath(one), blobPath(two)]
    renameSync(a, `${a}.aside`)
    renameSync(b, a)
    renameSync(`${a}.aside`, b)
    expect(() => blobFile(one)).toThrow('header')
    expect(() => blobFile(two)).toThrow('header')
  })

  it('keep a server from starting whose key is missing or another one', async () => {
    await store(marker)
    await checkEncryptionKey()
    server.change({ encryptionKey: randomBytes(32) })
    await expect(checkEncryptionKey()).rejects.toThrow('is another key than the one that 1 uploads')
    server.change({})
    await expect(checkEncryptionKey()).rejects.toThrow('are encrypted. Set POSTERN_ENCRYPTION_KEY')
  })

  it('are no reason to refuse where their text only looks like a header', async () => {
    server.change({})
    await store('POSTERN\u0001'.repeat(20))
    await checkEncryptionKey()
  })

  it('that come twice are kept once, and the first stays the one that is read', async () => {
    const sha256 = await store(marker)
    const before = blobFile(sha256)
    expect(await store(marker)).toBe(sha256)
    expect(await blobFiles()).toEqual([before.path])
    expect(Buffer.from(readBlob(before)).toString()).toBe(marker)
  })

  it('go with their audit, and leave nothing', async () => {
    const { id } = await createDraft({ environmentName: 'Contoso' })
    const { sha256 } = await addUpload(id, 'a.txt', body(marker), null)
    expect(await remainsOf(sha256)).toEqual([blobPath(sha256)])
    await deleteAudit(id)
    expect(await remainsOf(sha256)).toEqual([])
    expect(await blobFiles()).toEqual([])
  })
})

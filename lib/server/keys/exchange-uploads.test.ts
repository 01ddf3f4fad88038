import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { activityPage } from '../activity-list'
import { createDraft, deleteAudit } from '../audits'
import { checkEncryptionKey } from '../blob-encryption'
import { blobFile, blobFiles, newBlobPath, partFiles, readHeader } from '../blob-files'
import { checkOf, keyCheck } from '../blob-format'
import { readBlob } from '../blob-read'
import { newPart, storeBlob } from '../blobs'
import { addUpload } from '../sources'
import { openTestServer, type TestServer } from '../testing/databases'
import { keysCommand } from '../testing/keys'
import { exchangeUploadKey } from './exchange-uploads'

/** One kind of database is enough: these are files. */
describe('another key of the uploads', () => {
  const [old, next] = [randomBytes(32), randomBytes(32)]
  let server: TestServer
  let audit = ''
  beforeEach(async () => {
    server = await openTestServer('sqlite')
    server.change({ encryptionKey: old })
    audit = (await createDraft({ environmentName: 'Contoso' })).id
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    server.change({})
    await server.close()
  })

  const body = (content: Uint8Array | string) => new Blob([content as BlobPart]).stream()
  /** Hash → bytes of uploads that were made now. */
  async function upload(count: number, bytes: number): Promise<Map<string, Buffer>> {
    const known = new Map<string, Buffer>()
    for (let n = 0; n < count; n++) {
      const content = randomBytes(bytes)
      const { sha256 } = await addUpload(audit, `export-${n}.txt`, body(content), null)
      known.set(sha256, content)
    }
    return known
  }
  const isOf = (key: Uint8Array, file: string): boolean => {
    try {
      return checkOf(readHeader(file))?.equals(keyCheck(key)) === true
    } catch {
      return false // it went meanwhile
    }
  }
  const of = async (key: Uint8Array): Promise<string[]> => (await blobFiles()).filter((file) => isOf(key, file))
  function expectReadable(known: ReadonlyMap<string, Buffer>): void {
    for (const [sha256, content] of known)
      expect(Buffer.compare(readBlob(blobFile(sha256)), content), `${content.length} bytes`).toBe(0)
  }

  it('opens all uploads, of any size, and those that lay plain; the old one opens none', async () => {
    server.change({})
    const known = await upload(1, 1000)
    server.change({ encryptionKey: old })
    for (const bytes of [0, 1, 65_535, 65_536, 65_537, 200_000])
      for (const [sha256, content] of await upload(1, bytes)) known.set(sha256, content)
    server.change({ encryptionKey: next })
    writeFileSync(newPart(), 'of a run that was killed')
    expect(await exchangeUploadKey(old)).toEqual({ uploads: 7, damaged: [] })
    expectReadable(known)
    expect(await partFiles()).toEqual([])
    expect(await of(old)).toEqual([])
    expect(await of(next)).toHaveLength(7)
    await expect(checkEncryptionKey()).resolves.toBeUndefined()
    server.change({ encryptionKey: old })
    await expect(checkEncryptionKey()).rejects.toThrow('another key')
    const [entry] = await activityPage('everything', { action: 'keys-exchanged' }, { size: 1 })
    expect(entry).toMatchObject({ object: 'uploads', details: { uploads: 7, damaged: 0 } })
  })

  it('leaves what is damaged as it is and names it, and deletes what nobody needs', async () => {
    const known = await upload(3, 100_000)
    const [file = ''] = await of(old)
    const bytes = readFileSync(file)
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    writeFileSync(file, bytes)
    await storeBlob(
      body('of nobody'),
      () => {},
      async () => null,
    )
    vi.spyOn(console, 'error').mockImplementation(() => {})
    server.change({ encryptionKey: next })
    expect(await exchangeUploadKey(old)).toEqual({ uploads: 2, damaged: [file] })
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(await of(old)).toEqual([file])
    await expect(checkEncryptionKey()).rejects.toThrow('1 uploads')
    await deleteAudit(audit)
    expect(known.size).toBe(3)
  })

  it('deletes an upload only when its new copy has its name', async () => {
    const [sha256 = ''] = (await upload(1, 1000)).keys()
    const [file = ''] = await of(old)
    const bytes = readFileSync(file)
    server.change({ encryptionKey: next })
    writeFileSync(path.dirname(newBlobPath(sha256)), 'in the way')
    vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(await exchangeUploadKey(old)).toEqual({ uploads: 0, damaged: [file] })
    expect(readFileSync(file).equals(bytes)).toBe(true)
    rmSync(path.dirname(newBlobPath(sha256)))
    expect(await exchangeUploadKey(old)).toEqual({ uploads: 1, damaged: [] })
  })

  it('touches nothing where a key is missing, the same, or a third one', async () => {
    const known = await upload(2, 1000)
    const before = await of(old)
    await expect(exchangeUploadKey(old)).rejects.toThrow('the same')
    server.change({})
    await expect(exchangeUploadKey(old)).rejects.toThrow('Set POSTERN_ENCRYPTION_KEY')
    server.change({ encryptionKey: next })
    await expect(exchangeUploadKey(randomBytes(32))).rejects.toThrow('2 uploads have neither')
    server.change({ encryptionKey: old })
    expect(await of(old)).toEqual(before)
    expectReadable(known)
  })

  it('may be killed again and again', async () => {
    const known = await upload(60, 150_000)
    const command = await keysCommand(server)
    const env = {
      POSTERN_OLD_ENCRYPTION_KEY: old.toString('base64'),
      POSTERN_ENCRYPTION_KEY: next.toString('hex'),
    }
    server.change({ encryptionKey: next })
    try {
      for (const least of [1, 15, 30]) {
        const { code, output } = await command.run(['uploads'], env, async (child) => {
          while (child.exitCode === null && (await of(next)).length < least)
            await new Promise((go) => setTimeout(go, 2))
          child.kill('SIGKILL')
        })
        expect(code, output).toBeNull()
        expect((await of(old)).length).toBeGreaterThan(0) // it was killed in the middle
        await expect(checkEncryptionKey()).rejects.toThrow('another key')
      }
      expect((await command.run(['uploads'], env)).code).toBe(0)
    } finally {
      command.close()
    }
    expectReadable(known)
    expect(await of(old)).toEqual([])
    expect(await of(next)).toHaveLength(60)
    expect((await blobFiles()).every((file) => existsSync(file) && path.extname(file) === '.enc')).toBe(true)
  })
})

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { blobFiles, blobPath } from './blob-files'
import { removeParts } from './blobs'
import { createDraft, deleteAudit, startAnalysis } from './drafts'
import { AppError } from './errors'
import { addUpload, displayName, listUploads, removeUpload } from './sources'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const stream = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      controller.close()
    },
  })

/** Sends `chunks`, then breaks as a connection does. */
const broken = (...chunks: string[]) => {
  const left = [...chunks]
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift()
      if (next === undefined) controller.error(new Error('aborted'))
      else controller.enqueue(new TextEncoder().encode(next))
    },
  })
}

const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  )
  return error instanceof AppError ? error.code : error
}

describe.each(dialects)('uploads on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())

  const newDraft = async () => (await createDraft({ environmentName: 'Contoso' })).id
  const partsLeft = () => readdirSync(path.join(server.dir, 'blobs')).filter((name) => name.endsWith('.part'))

  it('keeps the bytes under their hash, a row, and a job to look into them', async () => {
    const id = await newDraft()
    const row = await addUpload(id, 'ex01/receive.txt', stream('Name : ', 'Relay'), 12)
    expect(row).toMatchObject({ name: 'ex01/receive.txt', bytes: 12, status: 'stored', sources: [] })
    expect(readFileSync(blobPath(row.sha256), 'utf8')).toBe('Name : Relay')
    expect(await listUploads(id)).toEqual([row])
    expect(await server.client.job.findMany({ where: { uploadId: row.id } })).toMatchObject([
      { kind: 'inspect', status: 'queued' },
    ])
  })

  it('takes an empty file', async () => {
    const row = await addUpload(await newDraft(), 'empty.txt', stream(), 0)
    expect(row.bytes).toBe(0)
  })

  it.each([
    ['fewer bytes than announced', () => stream('abc'), 4],
    ['more bytes than announced', () => stream('abc'), 2],
    ['a connection that breaks', () => broken('abc'), null],
  ] as const)('refuses %s and keeps nothing', async (_, body, length) => {
    const id = await newDraft()
    expect(await refusal(addUpload(id, 'a', body(), length))).toBe('incomplete')
    expect(await listUploads(id)).toEqual([])
    expect(partsLeft()).toEqual([])
  })

  it('refuses what is announced as too large before a byte is read', async () => {
    server.change({ maxFileBytes: 10 })
    const pull = vi.fn()
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
    expect(await refusal(addUpload(await newDraft(), 'a', body, 11))).toBe('too-large')
    expect(pull).not.toHaveBeenCalled()
  })

  it('stops reading as soon as a file of unknown length is too large', async () => {
    server.change({ maxFileBytes: 10 })
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 4
        controller.enqueue(new Uint8Array(4))
      },
    })
    expect(await refusal(addUpload(await newDraft(), 'a', endless, null))).toBe('too-large')
    expect(sent).toBeLessThan(40)
    expect(partsLeft()).toEqual([])
  })

  it('counts all files of an audit, also those that arrive at the same time', async () => {
    server.change({ maxAuditBytes: 10 })
    const id = await newDraft()
    const results = await Promise.all([1, 2, 3].map((n) => refusal(addUpload(id, `${n}`, stream('abcd'), 4))))
    expect(results.filter((r) => r === 'audit-full')).toHaveLength(1)
    expect(await listUploads(id)).toHaveLength(2)
    server.change({})
  })

  it('gives files of one name different names', async () => {
    const id = await newDraft()
    for (const text of ['a', 'b', 'c']) await addUpload(id, 'dir.d/receive.txt', stream(text), 1)
    await addUpload(id, 'dir.d/noext', stream('d'), 1)
    await addUpload(id, 'dir.d/noext', stream('e'), 1)
    expect((await listUploads(id)).map((u) => u.name)).toEqual([
      'dir.d/noext',
      'dir.d/noext (2)',
      'dir.d/receive (2).txt',
      'dir.d/receive (3).txt',
      'dir.d/receive.txt',
    ])
  })

  it('deletes bytes only with the last upload that has them', async () => {
    const [one, two] = [await newDraft(), await newDraft()]
    const a = await addUpload(one, 'a', stream('shared bytes'), 12)
    await addUpload(two, 'b', stream('shared bytes'), 12)
    await removeUpload(one, a.id)
    expect(existsSync(blobPath(a.sha256))).toBe(true)
    await deleteAudit(two)
    expect(existsSync(blobPath(a.sha256))).toBe(false)
    expect(await blobFiles()).not.toContain(blobPath(a.sha256))
  })

  it('refuses changes once the analysis has started', async () => {
    const id = await newDraft()
    const upload = await addUpload(id, 'a', stream('a'), 1)
    await startAnalysis(id)
    expect(await refusal(addUpload(id, 'b', stream('b'), 1))).toBe('not-a-draft')
    expect(await refusal(removeUpload(id, upload.id))).toBe('not-a-draft')
  })

  it('refuses files for an audit that does not exist', async () => {
    expect(await refusal(addUpload('zzzzzz', 'b', stream('b'), 1))).toBe('not-found')
  })

  it('removes what interrupted uploads left', async () => {
    writeFileSync(path.join(server.dir, 'blobs', 'x.part'), 'half')
    expect(await removeParts()).toBe(1)
    expect(partsLeft()).toEqual([])
  })
})

describe('display names', () => {
  it.each([
    ['C:\\exports\\a.txt', 'C:/exports/a.txt'],
    ['/etc/passwd', 'etc/passwd'],
    ['../../a', '../../a'],
    ['a\u0000b\u202ec\n.txt', 'abc.txt'],
    ['  ', 'unnamed'],
    ['ä'.repeat(500), 'ä'.repeat(240)],
  ])('%j becomes %j', (from, to) => expect(displayName(from)).toBe(to))
})

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { countUpload, diskCheck, maxTestUpload, systemChecks } from './checks'
import { AppError } from './errors'
import { publicAddress } from './own-origin'
import { dialects, openTestServer, type TestServer } from './testing/databases'

describe.each(dialects)('the checks of the server on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())

  it('write to the database, and leave nothing there', async () => {
    const { database, disk, worker } = await systemChecks()
    expect(database).toMatchObject({ state: 'good', params: { name: dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL' } })
    expect(disk.params.free).toBeGreaterThan(0)
    expect(worker).toEqual({ state: 'bad', result: 'workerBad', params: { waiting: 0 } }) // none runs in this test
    expect(await server.client.setting.count()).toBe(0)
  })

  it('measure the room by what an upload and an audit may have', () => {
    server.change({ maxFileBytes: 100, maxAuditBytes: 1000 })
    const states = [99, 100, 1999, 2000].map((free) => diskCheck(free).state)
    expect(states).toEqual(['bad', 'warning', 'warning', 'good'])
    server.change({})
  })

  it('tell of the address what the browser asked for and what is set', () => {
    const asked = (headers: Record<string, string>) => publicAddress(new Headers(headers))
    expect(asked({ host: '127.0.0.1:3000' })).toEqual({ asked: 'http://127.0.0.1:3000', publicUrl: null })
    server.change({ publicUrl: 'https://postern.contoso.com' })
    expect(asked({ host: 'Postern.contoso.com', 'x-forwarded-proto': 'https, http' })).toEqual({
      ...{ asked: 'https://postern.contoso.com', publicUrl: 'https://postern.contoso.com' },
    })
    expect(asked({}).asked).toBe('http://localhost')
    expect(asked({ host: 'a b"><' }).asked).toBe('http://localhost')
    server.change({})
  })

  it('say so when the database takes no row', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await server.client.$executeRawUnsafe('ALTER TABLE "Setting" RENAME TO "Elsewhere"')
    expect((await systemChecks()).database).toMatchObject({ state: 'bad', result: 'databaseBad' })
    await server.client.$executeRawUnsafe('ALTER TABLE "Elsewhere" RENAME TO "Setting"')
    expect((await systemChecks()).database.state).toBe('good')
    vi.restoreAllMocks()
  })
})

describe('a test upload', () => {
  const codeOf = (error: unknown): unknown => (error instanceof AppError ? error.code : error)
  const chunk = 1_000_000
  /** So many chunks, made only when they are asked for. */
  const stream = (chunks: number) => {
    const made = { chunks: 0, isCancelled: false }
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (made.chunks === chunks) return controller.close()
          made.chunks++
          controller.enqueue(new Uint8Array(chunk))
        },
        cancel() {
          made.isCancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    return { made, body }
  }

  it('is counted to its end', async () => {
    expect(await countUpload(stream(31).body)).toBe(31 * chunk)
    expect(await countUpload(null)).toBe(0)
  })

  it('is read no further than it may be', async () => {
    const { made, body } = stream(1000)
    expect(await countUpload(body).catch(codeOf)).toBe('bad-request')
    expect(made).toEqual({ chunks: maxTestUpload / chunk + 1, isCancelled: true })
  })

  it('that breaks off is no fault of the server', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('aborted')) })
    expect(await countUpload(body).catch(codeOf)).toBe('incomplete')
  })
})

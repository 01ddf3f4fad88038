import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDraft } from '../drafts'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { type Claim, claimJob, finishJob, releaseAll, renewLease, retryJob } from './queue'

const nothing = async () => {}

describe.each(dialects)('queue on %s', (dialect) => {
  let server: TestServer
  let auditId = ''
  beforeAll(async () => {
    server = await openTestServer(dialect)
    auditId = (await createDraft({ environmentName: 'Contoso' })).id
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    await server.client.job.deleteMany({})
  })

  const add = (data: { runAt?: Date; attempts?: number; status?: 'running'; lockedUntil?: Date } = {}) =>
    server.client.job.create({ data: { kind: 'analyse', auditId, ...data } })
  const claim = (leaseMs = 30_000) => claimJob(server.client, 'me', leaseMs, nothing)
  const claimed = async (): Promise<Claim> => {
    const job = await claim()
    if (!job) throw new Error('nothing to claim')
    return job
  }
  const soon = (ms: number) => new Date(Date.now() + ms)
  const jobRow = (id: string) => server.client.job.findUniqueOrThrow({ where: { id } })

  it('hands every job to one claimer only', async () => {
    for (let i = 0; i < 10; i++) await add()
    const claims = await Promise.all(Array.from({ length: 16 }, () => claim()))
    const ids = claims.flatMap((c) => (c ? [c.id] : []))
    expect(ids).toHaveLength(10)
    expect(new Set(ids).size).toBe(10)
  })

  it('takes jobs that are due, oldest first', async () => {
    const late = await add({ runAt: soon(-1000) })
    const early = await add({ runAt: soon(-5000) })
    await add({ runAt: soon(60_000) })
    expect([(await claim())?.id, (await claim())?.id, await claim()]).toEqual([early.id, late.id, null])
  })

  it('takes over a job whose lease has ended, and the first holder writes nothing more', async () => {
    await add()
    const first = await claim(-1)
    if (!first) throw new Error('nothing to claim')
    const second = await claimed()
    expect(second).toMatchObject({ id: first.id, attempt: first.attempt + 1 })
    let written = ''
    const write = (who: string) => async () => {
      written += who
    }
    expect(await renewLease(server.client, first, 1000)).toBe(false)
    expect(await finishJob(server.client, first, { status: 'done' }, write('first'))).toBe(false)
    expect(await finishJob(server.client, second, { status: 'done' }, write('second'))).toBe(true)
    expect(written).toBe('second')
  })

  it('keeps a renewed job', async () => {
    await add()
    const first = await claim(-1)
    if (!first) throw new Error('nothing to claim')
    expect(await renewLease(server.client, first, 60_000)).toBe(true)
    expect(await claim()).toBeNull()
  })

  it('writes results and completion together or not at all', async () => {
    const { id } = await add()
    const job = await claimed()
    const failing = finishJob(server.client, job, { status: 'done' }, async (tx) => {
      await tx.audit.update({ where: { id: auditId }, data: { name: 'half written' } })
      throw new Error('disk full')
    })
    await expect(failing).rejects.toThrow('disk full')
    expect(await jobRow(id)).toMatchObject({ status: 'running' })
    expect((await server.client.audit.findUniqueOrThrow({ where: { id: auditId } })).name).not.toBe('half written')
  })

  it('gives up a job that was running at each of too many ends of its server', async () => {
    const { id } = await add({ attempts: 20, status: 'running', lockedUntil: soon(-1) })
    const lost: string[] = []
    const next = await claimJob(server.client, 'me', 1000, async (_, job) => void lost.push(job.id))
    expect([next, lost]).toEqual([null, [id]])
    expect(await jobRow(id)).toMatchObject({ status: 'failed' })
  })

  it('runs a job again after an error, later', async () => {
    const { id } = await add()
    await retryJob(server.client, await claimed(), 'crashed', 60_000)
    expect(await jobRow(id)).toMatchObject({ status: 'queued', errors: 1, error: 'crashed' })
    expect(await claim()).toBeNull()
  })

  it('frees at start whatever was cut off', async () => {
    const { id } = await add()
    await claimed()
    expect(await claim()).toBeNull()
    expect(await releaseAll(server.client)).toBe(1)
    expect((await claim())?.id).toBe(id)
  })
})

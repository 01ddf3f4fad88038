import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createDraft,
  findingHistory,
  getAudit,
  listAudits,
  makersOf,
  previousAudit,
  startAnalysis,
  updateDraft,
} from './audits'
import { chosenEnvironment } from './environment-choice'
import { createEnvironment, getEnvironment } from './environments'
import { auditId } from './ids'
import { placeOfEnvironment } from './places'
import { addUpload } from './sources'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

describe.each(dialects)('audits on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())

  const text = () => new Blob(['x']).stream()

  it('has environments with their newest audit', async () => {
    const b = await createEnvironment('  B\n org ')
    const draft = await createDraft({ environmentId: b.id, name: 'Spring' })
    expect(await getEnvironment(b.id)).toMatchObject({ name: 'B org', audits: 1, latest: { id: draft.id } })
    expect(await getEnvironment('nowhere')).toBeNull()
  })

  it('makes an environment that is named for the first time, and tells of it', async () => {
    const [one, two] = [
      await chosenEnvironment(testActor(), { environmentName: 'New AG' }),
      await chosenEnvironment(testActor(), { environmentName: 'new ag' }),
    ]
    expect(two).toBe(one)
    const where = { action: 'environment-created', environmentId: one }
    expect(await server.client.activity.findMany({ where })).toMatchObject([{ actorName: 'The admin' }])
  })

  it('makes drafts in the environment that is named, once', async () => {
    const one = await createDraft({ environmentName: 'Fabrikam' })
    const two = await createDraft({ environmentName: 'Fabrikam' })
    expect(two.environmentId).toBe(one.environmentId)
    expect(auditId.safeParse(one.id).success).toBe(true)
    expect(one).toMatchObject({ status: 'draft', sources: 0, counts: null, error: null, isSample: false })
    await expect(createDraft({ environmentName: ' ' })).rejects.toMatchObject({ code: 'bad-request' })
    await expect(createDraft({ environmentId: 'nowhere' })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('knows who made an audit, as long as that is a person here', async () => {
    const { client } = server
    const { id } = await client.user.create({ data: { name: 'Ada', email: 'ada@example.org', role: 'auditor' } })
    const audits = [
      await createDraft({ createdBy: id }),
      await createDraft({ createdBy: 'nobody' }),
      await createDraft({}),
    ]
    expect([...(await makersOf(audits))]).toEqual([[id, 'Ada']])
  })

  it('stores what a person decides', async () => {
    const { id } = await createDraft({ environmentName: 'Fabrikam' })
    await updateDraft(id, { name: 'Renamed', answers: { mx: 'gateway' } })
    expect(await getAudit(id)).toMatchObject({ name: 'Renamed', answers: { mx: 'gateway' } })
    await expect(updateDraft('zzzzzz', { name: 'x' })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('moves drafts to another environment, and nothing that was analysed', async () => {
    const { id, environmentId } = await createDraft({ environmentName: 'Fabrikam' })
    const other = (await createEnvironment('Other')).id
    expect((await updateDraft(id, { environmentId: other })).environmentId).toBe(other)
    await server.client.audit.update({ where: { id }, data: { status: 'done' } })
    await expect(updateDraft(id, { environmentId })).rejects.toMatchObject({ code: 'not-a-draft' })
    expect((await updateDraft(id, { environmentId: other, name: 'Renamed' })).name).toBe('Renamed')
  })

  it('queues one analysis, however often it is started', async () => {
    const { id } = await createDraft({ environmentName: 'Fabrikam' })
    await expect(startAnalysis(id)).rejects.toMatchObject({ code: 'no-files' })
    await addUpload(id, 'a.txt', text(), 1)
    await Promise.all([startAnalysis(id), startAnalysis(id), startAnalysis(id)])
    await startAnalysis(id)
    expect(await server.client.job.count({ where: { auditId: id, kind: 'analyse' } })).toBe(1)
    expect(await getAudit(id)).toMatchObject({ status: 'queued', sources: 1 })
  })

  it('answers null for ids that no audit has or could have', async () => {
    expect(await getAudit('zzzzzz')).toBeNull()
    expect(await getAudit("' or 1=1")).toBeNull()
    expect(await placeOfEnvironment('x\0')).toBeNull() // which PostgreSQL would not even look for
  })

  it('knows a finding in other audits of its environment, and the audit before', async () => {
    const environment = await createEnvironment('History')
    const ids: string[] = []
    for (const day of [1, 2, 3]) {
      const { id } = await createDraft({ environmentId: environment.id })
      const createdAt = new Date(Date.UTC(2026, 0, day))
      await server.client.audit.update({ where: { id }, data: { createdAt, status: day === 2 ? 'failed' : 'done' } })
      const finding = { fingerprint: 'open-relay.x', rule: 'open-relay', titleEn: 'a', titleDe: 'b' }
      const severity = day === 1 ? 'high' : 'critical'
      await server.client.finding.create({ data: { auditId: id, ...finding, severity } })
      ids.push(id)
    }
    const other = await createDraft({ environmentName: 'Other' })
    await server.client.finding.create({
      data: { auditId: other.id, fingerprint: 'open-relay.x', rule: 'r', severity: 'low', titleEn: '', titleDe: '' },
    })
    const history = await findingHistory(environment.id, 'open-relay.x')
    expect(history.map((h) => [h.auditId, h.severity])).toEqual([
      [ids[0], 'high'],
      [ids[1], 'critical'],
      [ids[2], 'critical'],
    ])
    expect((await previousAudit(ids[2] ?? ''))?.id).toBe(ids[0])
    expect(await previousAudit(ids[0] ?? '')).toBeNull()
    expect((await listAudits(testActor(), environment.id)).map((a) => a.id)).toEqual([...ids].reverse())
  })
})

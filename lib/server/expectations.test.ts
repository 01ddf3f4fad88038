import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDraft, getAudit, startAnalysis } from './audits'
import {
  dropExpectation,
  expectationStarters,
  judgeExpectations,
  keepExpectation,
  listExpectations,
} from './expectations'
import { JobRunner } from './jobs/runner'
import { addUpload } from './sources'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const exported = (
  server: string,
  groups: string,
  ranges = '0.0.0.0-255.255.255.255',
) => `[PS] C:\\>Get-ReceiveConnector -Server ${server} | Format-List

Identity         : ${server}\\Default Frontend ${server}
Name             : Default Frontend ${server}
Server           : ${server}
Enabled          : True
TransportRole    : FrontendTransport
Bindings         : {0.0.0.0:25}
RemoteIPRanges   : {${ranges}}
AuthMechanism    : Tls, ExternalAuthoritative
PermissionGroups : ${groups}
RequireTLS       : False
`
const question = 'from=203.0.113.7&rcpt=example.net'
const refused = { name: 'No relay', question, expected: 'rejected' }

describe.each(dialects)('expectations on %s', (dialect) => {
  let server: TestServer
  let runner: JobRunner
  let audits = 0
  beforeAll(async () => {
    server = await openTestServer(dialect)
    runner = new JobRunner(server.client, { leaseMs: 3000, pollMs: 50, retryMs: 10 })
    await runner.start(true)
  })
  afterAll(async () => {
    await runner.stop()
    await server.close()
  })
  beforeEach(() => server.client.expectation.deleteMany())
  const by = testActor()

  async function analysed(...texts: string[]) {
    const { id, environmentId } = await createDraft({ environmentName: `Expects ${++audits}` })
    for (const [n, text] of texts.entries()) await addUpload(id, `${n}.txt`, new Blob([text]).stream(), null)
    await startAnalysis(id)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
    return { id, environmentId }
  }
  const states = async ({ id, environmentId }: { id: string; environmentId: string }) =>
    (await judgeExpectations(id, await listExpectations(environmentId))).map((e) => e.state)

  it('breaks when one server relays for a stranger', async () => {
    const open = await analysed(exported('EX01', 'AnonymousUsers'), exported('EX02', 'ExchangeServers'))
    await keepExpectation(open.environmentId, refused, by)
    const [judged] = await judgeExpectations(open.id, await listExpectations(open.environmentId))
    expect(judged).toMatchObject({ name: 'No relay', state: 'broken', answer: { server: 'EX02' } })
    await keepExpectation(open.environmentId, { ...refused, expected: 'relayed' }, by)
    expect(await listExpectations(open.environmentId)).toMatchObject([{ expected: 'relayed' }])
  })

  it('cannot tell what the exports leave open, and cannot ask an audit whose files are gone', async () => {
    const audit = await analysed(exported('EX01', 'AnonymousUsers, Custom'))
    await keepExpectation(audit.environmentId, refused, by)
    expect(await states(audit)).toEqual(['cannot-tell'])
    await server.client.upload.updateMany({ where: { auditId: audit.id }, data: { sha256: 'f'.repeat(64) } })
    await expect(states(audit)).rejects.toMatchObject({ code: 'files-gone' })
  })

  it('asks every part of a range that another connector answers', async () => {
    const two = `${exported('EX01', 'AnonymousUsers')}\n${exported('EX01', 'ExchangeServers', '10.9.0.0-10.9.0.9')
      .replace(/^.*\n\n/, '')
      .replaceAll('Default Frontend EX01', 'Appliances')}`
    const audit = await analysed(two)
    const ask = async (from: string) => {
      await server.client.expectation.deleteMany()
      await keepExpectation(audit.environmentId, { ...refused, question: `from=${from}&to=EX01&rcpt=example.net` }, by)
      return states(audit)
    }
    const narrow = await ask('10.8.0.0/16')
    expect(await ask('10.8.0.0-10.9.255.255')).toEqual(['broken'])
    expect(narrow).not.toEqual(['broken'])
  })

  it('is of one environment, cleaned, and refuses what is no question', async () => {
    const environment = await server.client.environment.create({ data: { name: 'Own' } })
    const other = await server.client.environment.create({ data: { name: 'Other' } })
    const keep = (change: Partial<typeof refused>) => keepExpectation(environment.id, { ...refused, ...change }, by)
    await expect(keep({ question: 'tls=none' })).rejects.toMatchObject({ code: 'bad-request' })
    await expect(keep({ expected: 'insufficient-info' })).rejects.toMatchObject({ code: 'bad-request' })
    await expect(keep({ expected: 'constructor' })).rejects.toMatchObject({ code: 'bad-request' })
    await keep({ name: '  one\u202e\n two ', question: `${question}&port=25&evil=1&rcpt=a%40example.org` })
    const [kept] = await listExpectations(environment.id)
    expect(kept).toMatchObject({ name: 'one two', form: { from: '203.0.113.7', port: '' } })
    await dropExpectation(other.id, kept?.id ?? '', by)
    expect(await listExpectations(environment.id)).toHaveLength(1)
    await dropExpectation(environment.id, kept?.id ?? '', by)
    expect(await listExpectations(environment.id)).toEqual([])
  })

  it('has an end', async () => {
    const environment = await server.client.environment.create({ data: { name: 'Many' } })
    const data = Array.from({ length: 200 }, (_, i) => ({
      ...{ environmentId: environment.id, name: '', question: `from=10.0.0.${i}`, expected: 'rejected' },
    }))
    await server.client.expectation.createMany({ data })
    await expect(keepExpectation(environment.id, refused, by)).rejects.toMatchObject({ code: 'too-many-expectations' })
    await keepExpectation(environment.id, { ...refused, question: 'from=10.0.0.7' }, by)
  })

  it('begins with what the audit can be asked', async () => {
    const { id } = await analysed(exported('EX01', 'AnonymousUsers'))
    expect((await expectationStarters(id)).map((s) => s.kind)).toEqual(['no-relay'])
  })
})

import { unlinkSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as exposureRoute } from '@/app/api/v1/audits/[audit]/exposure/route'
import { POST as traceRoute } from '@/app/api/v1/audits/[audit]/trace/route'
import { emptyForm, exposureSchema, traceSchema } from '@/lib/core'
import { createDraft, getAudit, loadReport, startAnalysis } from './audits'
import { blobPath } from './blobs'
import { AppError } from './errors'
import { stopAdviser } from './jobs/adviser'
import { JobRunner } from './jobs/runner'
import { relayOfAudit, simulateAudit, traceAudit } from './simulations'
import { addUpload } from './sources'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const connectors = (ranges: string) => `[PS] C:\\>Get-ReceiveConnector -Server EX01 | Format-List

Identity         : EX01\\Default Frontend EX01
Name             : Default Frontend EX01
Server           : EX01
Enabled          : True
TransportRole    : FrontendTransport
Bindings         : {0.0.0.0:25}
RemoteIPRanges   : {${ranges}}
AuthMechanism    : Tls
PermissionGroups : AnonymousUsers
RequireTLS       : False
`

describe.each(dialects)('questions to an audit on %s', (dialect) => {
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
  afterEach(() => server.change({}))

  const analysed = async (ranges = '0.0.0.0-255.255.255.255') => {
    const { id } = await createDraft({ environmentName: 'Contoso' })
    const upload = await addUpload(id, 'receive.txt', new Blob([connectors(ranges)]).stream(), null)
    await startAnalysis(id)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 30_000)
    return { id, upload }
  }
  const params = (audit: string) => ({ params: Promise.resolve({ audit }) })
  const headers = { host: 'localhost:3000' }
  const post = (audit: string, body: unknown) =>
    traceRoute(
      new Request('http://localhost:3000/x', { method: 'POST', headers, body: JSON.stringify(body) }),
      params(audit),
    )
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (e: unknown) => (e instanceof AppError ? e.code : e),
    )

  it('traces, with the sources that the report knows', async () => {
    const { id } = await analysed()
    const answer = await post(id, { from: '203.0.113.7', to: 'EX01', rcptTo: 'a@contoso.com' })
    expect(answer.status).toBe(200)
    const trace = traceSchema.parse(await answer.json())
    const first = trace.hops[0]?.steps[0]
    expect(first).toMatchObject({ stage: 'connector-selection', chosen: 'EX01\\Default Frontend EX01' })
    const ids = (await loadReport(id))?.sources.map((s) => s.id)
    expect(ids).toContain(first?.because[0]?.source)
  })

  it('answers for the audit that is asked, also when another one was asked before', async () => {
    const [a, b] = [await analysed(), await analysed('10.0.0.0/8')]
    const connector = async (id: string) =>
      (await traceAudit(id, { from: '203.0.113.7', to: 'EX01' })).hops[0]?.steps[0]?.decision
    expect(await connector(a.id)).toBe('selected')
    expect(await connector(b.id)).toBe('none')
    expect(await connector(a.id)).toBe('selected')
  })

  it('names every wrong field', async () => {
    const { id } = await analysed()
    const wrong = await post(id, { from: '10.0.0.300', port: 'x', auth: 'maybe' })
    expect(wrong.status).toBe(400)
    expect(wrong.headers.get('content-type')).toBe('application/problem+json')
    const { errors } = (await wrong.json()) as { errors: { field: string }[] }
    expect(errors.map((e) => e.field).sort()).toEqual(['auth', 'from', 'port'])
    const unknown = (await (await post(id, { form: '10.0.0.3', to: ['EX01'] })).json()) as {
      errors: { field: string }[]
    }
    expect(unknown.errors.map((e) => e.field)).toEqual(['form', 'to'])
    expect((await post(id, [1])).status).toBe(400)
  })

  it('tells the exposure of every listener', async () => {
    const { id } = await analysed('10.0.0.0/8')
    const answer = await exposureRoute(new Request('http://localhost:3000/x', { headers }), params(id))
    const { listeners } = exposureSchema.parse(await answer.json())
    expect(listeners).toMatchObject([{ server: 'EX01', port: 25, family: 'ipv4' }])
    expect(listeners[0]?.classes).toHaveLength(2)
  })

  it('prepares what the pages show', async () => {
    const { id } = await analysed()
    const { trace, examples } = await simulateAudit(id, { ...emptyForm, from: '203.0.113.7', to: 'EX01' })
    expect(trace?.question).toMatchObject({ from: '203.0.113.7', to: 'EX01' })
    expect(examples.length).toBeGreaterThan(0)
    expect((await relayOfAudit(id)).columns).toMatchObject([{ servers: ['EX01'], port: 25 }])
  })

  it('knows nothing of an audit that is not analysed', async () => {
    const { id } = await createDraft({ environmentName: 'Contoso' })
    expect(await refusal(traceAudit(id, { from: '203.0.113.7' }))).toBe('not-found')
    expect((await post('zzzzzz', { from: '203.0.113.7' })).status).toBe(404)
    expect((await exposureRoute(new Request('http://localhost:3000/x', { headers }), params(id))).status).toBe(404)
  })

  it('says that files are gone, or take too much', async () => {
    const { id, upload } = await analysed()
    await stopAdviser() // a process that starts takes longer
    server.change({ workerTimeoutMs: 1 })
    expect(await refusal(traceAudit(id, { from: '203.0.113.7' }))).toBe('too-demanding')
    server.change({})
    unlinkSync(blobPath(upload.sha256))
    expect(await refusal(traceAudit(id, { from: '203.0.113.7' }))).toBe('files-gone')
  })
})

import { unlinkSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { emptyForm, exposureSchema, traceSchema } from '@/lib/core'
import { createDraft, getAudit, loadReport, startAnalysis } from './audits'
import { blobPath } from './blob-files'
import { AppError } from './errors'
import { stopAdviser } from './jobs/adviser'
import { JobRunner } from './jobs/runner'
import { unpackSync } from './pack'
import { askedOf, exposureOfAudit, relayOfAudit, simulateAudit, traceAudit } from './simulations'
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
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
    return { id, upload }
  }
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (e: unknown) => (e instanceof AppError ? e.code : e),
    )

  it('traces, with the sources that the report knows', async () => {
    const { id } = await analysed()
    const asked = askedOf({ from: '203.0.113.7', to: 'EX01', rcptTo: 'a@contoso.com' })
    const trace = traceSchema.parse(await traceAudit(id, asked))
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
    const fieldsOf = async (work: () => Promise<unknown>) => {
      const error = await Promise.resolve()
        .then(work)
        .catch((e: unknown) => e)
      return error instanceof AppError && error.code === 'bad-request' ? error.fields.map((f) => f.field) : error
    }
    const ask = (body: Record<string, unknown>) => fieldsOf(() => traceAudit(id, askedOf(body)))
    expect(await ask({ from: '10.0.0.300', port: 'x', auth: 'maybe' })).toEqual(['from', 'port', 'auth'])
    expect(await ask({ form: '10.0.0.3', to: ['EX01'] })).toEqual(['form', 'to'])
    expect(await ask({ from: 'x'.repeat(2000) })).toEqual(['from'])
  })

  it('tells the exposure of every listener', async () => {
    const { id } = await analysed('10.0.0.0/8')
    const { listeners } = exposureSchema.parse(unpackSync(await exposureOfAudit(id)))
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
    expect(await refusal(traceAudit('zzzzzz', { from: '203.0.113.7' }))).toBe('not-found')
    expect(await refusal(exposureOfAudit(id))).toBe('not-found')
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

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { acceptRisk } from './accepted'
import { createDraft, getAudit, startAnalysis } from './audits'
import { compareAudits } from './comparisons'
import { JobRunner } from './jobs/runner'
import { addUpload } from './sources'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const exported = (mechanism: string) =>
  `[PS] C:\\>Get-ReceiveConnector -Server EX01 | fl\n\nIdentity : EX01\\Appliances\nName : Appliances\nServer : EX01\nEnabled : True\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.1-10.0.0.200}\nAuthMechanism : ${mechanism}\nPermissionGroups : ExchangeServers, AnonymousUsers\nTransportRole : FrontendTransport\n`
const rule = 'externally-secured-connector'
const by = testActor()

describe.each(dialects)('two audits on %s', (dialect) => {
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

  async function analysed(environmentName: string, text: string) {
    const { id } = await createDraft({ environmentName })
    await addUpload(id, 'ex01.txt', new Blob([text]).stream(), null)
    await startAnalysis(id)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
    return id
  }
  async function compared(a: string, b: string) {
    const found = await compareAudits(a, b, by)
    if (!('comparison' in found)) throw new Error('unreadable')
    return found.comparison
  }
  const rules = (list: readonly { rule: string }[]) => list.map((f) => f.rule)

  it('are compared, with what is accepted taken out', async () => {
    const bad = await analysed('One', exported('Tls, ExternalAuthoritative'))
    const good = await analysed('One', exported('Tls'))
    expect(rules((await compared(bad, good)).findings.fixed)).toContain(rule)
    expect(rules((await compared(good, bad)).findings.new)).toContain(rule)
    const again = await analysed('One', exported('Tls, ExternalAuthoritative'))
    const finding = (await compared(good, again)).findings.new.find((f) => f.rule === rule)
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    await acceptRisk(again, finding?.id ?? '', { reason: 'backup', until, byName: by.name })
    expect(rules((await compared(good, again)).findings.new)).not.toContain(rule)
  })

  it('of which one is made again name it', async () => {
    const one = await analysed('Two', exported('Tls'))
    const two = await analysed('Two', exported('Tls'))
    await server.client.report.update({ where: { auditId: two }, data: { coreVersion: 'another' } })
    expect(await compareAudits(one, two, by)).toEqual({ unreadable: [two] })
    expect(await compareAudits(two, one, by)).toEqual({ unreadable: [two] })
  })

  it('are not compared in a loop', async () => {
    const someone = testActor('viewer', { id: `loop-${dialect}` })
    const one = await analysed('Three', exported('Tls'))
    const often = async () => {
      for (let n = 0; n < 61; n++) await compareAudits(one, one, someone)
    }
    await expect(often()).rejects.toMatchObject({ code: 'too-many' })
  })
})

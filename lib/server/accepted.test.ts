import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseAcceptFile } from '@/lib/core'
import {
  acceptFile,
  acceptRisk,
  dayAfter,
  endAcceptance,
  listRisks,
  risksOf,
  shownReport,
  streamShownReport,
} from './accepted'
import { createDraft, getAudit, listAudits, loadReport, startAnalysis } from './audits'
import { JobRunner } from './jobs/runner'
import { addUpload, listUploads } from './sources'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

/** Trusts every address in its ranges like an Exchange server. */
const trusting = (server: string, ranges = '10.0.0.1-10.0.0.200') =>
  `[PS] C:\\>Get-ReceiveConnector | fl\n\nIdentity : ${server}\\Appliances\nName : Appliances\nServer : ${server}\nEnabled : True\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {${ranges}}\nAuthMechanism : Tls, ExternalAuthoritative\nPermissionGroups : ExchangeServers, AnonymousUsers\nTransportRole : FrontendTransport\n`

const rule = 'externally-secured-connector'

describe.each(dialects)('accepted risks on %s', (dialect) => {
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
  beforeEach(() => server.client.acceptedRisk.deleteMany())
  afterEach(() => vi.useRealTimers())

  const analysed = async (environmentName: string, ...texts: string[]) => {
    const { id } = await createDraft({ environmentName })
    for (const [n, text] of texts.entries()) await addUpload(id, `${n}.txt`, new Blob([text]).stream(), null)
    await vi.waitFor(
      async () => expect((await listUploads(id)).map((u) => u.status)).toEqual(texts.map(() => 'read')),
      90_000,
    )
    await startAnalysis(id)
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
    return id
  }
  const findingOf = async (id: string) => {
    const finding = (await shownReport(id))?.findings.find((f) => f.rule === rule)
    if (!finding) throw new Error('no such finding')
    return finding
  }
  const total = (counts: Readonly<Record<string, number>> | null | undefined) =>
    Object.values(counts ?? {}).reduce((sum, n) => sum + n, 0)
  const environmentOf = async (id: string) => (await getAudit(id))?.environmentId ?? ''

  it('leaves every count, of all audits of the environment, and stays in the report', async () => {
    const one = await analysed('Contoso', trusting('EX01'))
    const other = await analysed('Other', trusting('EX01'))
    const finding = await findingOf(one)
    const before = (await getAudit(one))?.counts
    await acceptRisk(one, finding.id, { reason: '  the \u0000fax\r\nfloor \u202e', until: dayAfter(90) })
    const expected = { ...before, [finding.severity]: (before?.[finding.severity] ?? 0) - 1 }
    expect((await getAudit(one))?.counts).toEqual(expected)
    expect((await listAudits(testActor())).find((a) => a.id === one)?.counts).toEqual(expected)
    expect((await shownReport(one))?.summary.bySeverity).toEqual(expected)
    expect((await findingOf(one)).accepted).toEqual({ reason: 'the fax\nfloor', until: dayAfter(90) })
    const stream = new Response((await streamShownReport(one)) ?? '')
    expect(await stream.json()).toEqual(await shownReport(one))
    expect((await loadReport(one))?.findings.some((f) => f.accepted)).toBe(false)
    expect((await findingOf(other)).accepted).toBeUndefined()
    expect((await getAudit(other))?.counts).toEqual(before)
  })

  it('comes back with a further object or a higher level in the next audit', async () => {
    const one = await analysed('Grows', trusting('EX01'))
    const { id, severity, objects } = await findingOf(one)
    expect([severity, objects.map((o) => o.id)]).toEqual(['medium', ['EX01\\Appliances']])
    await acceptRisk(one, id, { reason: 'known', until: '' })
    const grown = await analysed('Grows', trusting('EX01'), trusting('EX02'))
    expect((await findingOf(grown)).id).toBe(id)
    expect((await findingOf(grown)).accepted).toBeUndefined()
    expect((await getAudit(grown))?.counts).toEqual((await loadReport(grown))?.summary.bySeverity)
    expect((await findingOf(one)).accepted).toBeDefined()
    const [listed] = await listRisks(await environmentOf(one))
    expect(listed?.found).toEqual({
      auditId: grown,
      level: 'medium',
      reopening: { hasEnded: false, hasRisen: false, added: ['EX02\\Appliances'] },
    })
    const worse = await analysed('Grows', trusting('EX01', '0.0.0.0-255.255.255.255'))
    expect((await findingOf(worse)).id).toBe(id)
    expect((await findingOf(worse)).accepted).toBeUndefined()
    expect((await listRisks(await environmentOf(one)))[0]?.found?.reopening.hasRisen).toBe(true)
    await acceptRisk(grown, id, { reason: 'both', until: '' })
    expect((await findingOf(grown)).accepted?.reason).toBe('both')
    expect((await risksOf(await environmentOf(one), id)).map((r) => r.revokedAt === null)).toEqual([true, false])
  })

  it('ends after its last day, or early', async () => {
    const one = await analysed('Ends', trusting('EX01'))
    const { id } = await findingOf(one)
    const until = dayAfter(10)
    const risk = await acceptRisk(one, id, { reason: 'until then', until })
    const counts = (await getAudit(one))?.counts
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${until}T23:59:59Z`) })
    expect((await findingOf(one)).accepted).toBeDefined()
    expect((await listRisks(await environmentOf(one)))[0]).toMatchObject({ state: 'active', daysLeft: 0 })
    vi.setSystemTime(new Date(Date.parse(until) + 86_400_000))
    expect((await findingOf(one)).accepted).toBeUndefined()
    expect(total((await getAudit(one))?.counts)).toBe(total(counts) + 1)
    expect((await listRisks(await environmentOf(one)))[0]).toMatchObject({ state: 'ended', daysLeft: -1 })
    vi.useRealTimers()
    await endAcceptance('no-such-id', { audit: one })
    const other = await analysed('Elsewhere', trusting('EX01'))
    await endAcceptance(risk.id, { audit: other })
    await endAcceptance(risk.id, { env: await environmentOf(other) })
    expect((await listRisks(await environmentOf(one)))[0]?.revokedAt).toBeNull()
    await endAcceptance(risk.id, { audit: one }, 'Somebody')
    expect((await listRisks(await environmentOf(one)))[0]?.revokedByName).toBe('Somebody')
    expect((await findingOf(one)).accepted).toBeUndefined()
    expect((await listRisks(await environmentOf(one)))[0]?.state).toBe('revoked')
    expect(await acceptFile(await environmentOf(one))).toEqual([])
  })

  it('holds once, also where it was accepted twice at the same moment', async () => {
    const one = await analysed('Twice', trusting('EX01'))
    const { id } = await findingOf(one)
    const twice = await Promise.allSettled(['a', 'b'].map((reason) => acceptRisk(one, id, { reason, until: '' })))
    expect(twice.some((r) => r.status === 'fulfilled')).toBe(true)
    const [newest] = await risksOf(await environmentOf(one), id)
    await endAcceptance(newest?.id ?? '', { audit: one })
    expect((await findingOf(one)).accepted).toBeUndefined()
  })

  it('goes out as the file that the command line takes', async () => {
    const one = await analysed('File', trusting('EX01'), trusting('EX02'))
    const { id } = await findingOf(one)
    await acceptRisk(one, id, { reason: '"quoted"\n</script>', until: dayAfter(30) })
    const file = await acceptFile(await environmentOf(one))
    expect(parseAcceptFile(JSON.stringify(file))).toEqual({ entries: file })
    expect(file.map((e) => [e.rule, e.object, e.reason, e.until])).toEqual(
      ['EX01', 'EX02'].map((s) => [rule, `${s}\\Appliances`, '"quoted"\n</script>', dayAfter(30)]),
    )
  })

  it.each([
    [{ reason: ' \u0000\n ', until: '' }, 'reason', 'missing'],
    [{ reason: 'x'.repeat(1001), until: '' }, 'reason', 'too-long'],
    [{ reason: 'x', until: '31.12.2026' }, 'until', 'not-a-day'],
    [{ reason: 'x', until: '2027-02-30' }, 'until', 'not-a-day'],
    [{ reason: 'x', until: dayAfter(-1) }, 'until', 'past'],
    [{ reason: 'x', until: dayAfter(366) }, 'until', 'too-far'],
  ])('refuses %j', async (input, field, message) => {
    const one = await analysed('Refuses', trusting('EX01'))
    const { id } = await findingOf(one)
    await expect(acceptRisk(one, id, input)).rejects.toMatchObject({
      code: 'bad-request',
      fields: [{ field, message }],
    })
    expect(await risksOf(await environmentOf(one), id)).toEqual([])
  })

  it('asks for an end where strangers can get in', async () => {
    const one = await analysed('Strangers', trusting('EX01', '0.0.0.0-255.255.255.255'))
    const { id, severity } = await findingOf(one)
    expect(severity).toBe('critical')
    await expect(acceptRisk(one, id, { reason: 'x', until: '' })).rejects.toMatchObject({
      fields: [{ field: 'until', message: 'missing' }],
    })
    await acceptRisk(one, id, { reason: 'x', until: dayAfter() })
    expect((await findingOf(one)).accepted?.until).toBe(dayAfter())
  })

  it('knows only what is found', async () => {
    const one = await analysed('Unknown', trusting('EX01'))
    const input = { reason: 'x', until: '' }
    await expect(acceptRisk(one, 'nothing.1', input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(acceptRisk('zzzzzz', 'nothing.1', input)).rejects.toMatchObject({ code: 'not-found' })
  })
})

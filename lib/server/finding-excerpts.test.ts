import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createSampleAudit, getAudit, loadReport } from './audits'
import { excerptTexts } from './finding-excerpts'
import { JobRunner } from './jobs/runner'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

describe.each(dialects)('lines of originals beside a finding on %s', (dialect) => {
  let server: TestServer
  let runner: JobRunner
  let audit = ''
  beforeAll(async () => {
    server = await openTestServer(dialect)
    runner = new JobRunner(server.client, { leaseMs: 3000, pollMs: 50, retryMs: 10 })
    await runner.start(true)
    audit = (await createSampleAudit(testActor('admin'))).id
    await vi.waitFor(async () => expect((await getAudit(audit))?.status).toBe('done'), 90_000)
  }, 120_000)
  afterAll(async () => {
    await runner.stop()
    await server.close()
  })

  /** Everything that stands beside any finding. */
  const shownTo = async (actor: ReturnType<typeof testActor>) => {
    const report = await loadReport(audit)
    const excerpts = []
    for (const finding of report?.findings ?? [])
      if (report) excerpts.push(...(await excerptTexts(actor, audit, report, finding)))
    return excerpts
  }

  it('are for those who may see originals', async () => {
    const shown = await shownTo(testActor('auditor'))
    const report = JSON.stringify(await loadReport(audit))
    const onlyThere = shown.flatMap(({ text }) => text ?? []).filter((line) => !report.includes(JSON.stringify(line)))
    expect(onlyThere.join('\n')).toContain('RunspaceId') // no rule reads it
  })

  it('are for no one else; the places stay', async () => {
    const shown = await shownTo(testActor('viewer'))
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.flatMap((excerpt) => excerpt.text ?? [])).toEqual([])
  })
})

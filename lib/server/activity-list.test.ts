import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseActivityExport, verifyChain } from '@/lib/core'
import { record } from './activity'
import { activityExport } from './activity-export'
import { activityPage, filterOf, type Reach, reachOf } from './activity-list'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const today = new Date().toISOString().slice(0, 10)

describe.each(dialects)('reading the activity log on %s', (dialect) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer(dialect)
    const [admin, auditor] = [testActor('admin'), testActor('auditor')]
    await record(admin, 'signed-in')
    await record(admin, 'exported', { environmentId: 'e1' })
    await record(auditor, 'exported', { environmentId: 'e2' })
    await record(auditor, 'risk-accepted', { environmentId: 'e2', object: '=1+1' })
  })
  afterEach(() => server.close())

  const seqs = async (reach: Reach, search = '', page: { before?: number; size: number } = { size: 10 }) =>
    (await activityPage(reach, filterOf(new URLSearchParams(search)), page)).map((entry) => entry.seq)
  const exported = async (reach: Reach, search: string, format: 'jsonl' | 'csv') => {
    const { stream } = await activityExport(reach, filterOf(new URLSearchParams(search)), format, 'en')
    return new Response(stream).text()
  }

  it('shows everything to who administers, to others what happened in their environments', async () => {
    expect(await seqs(reachOf(testActor('admin')))).toEqual([4, 3, 2, 1])
    expect(await seqs(reachOf(testActor('auditor')))).toEqual([4, 3, 2])
    expect(await seqs(reachOf(testActor('auditor', { environments: new Set(['e1']) })))).toEqual([2])
    expect(await seqs(reachOf(testActor('auditor', { environments: new Set() })))).toEqual([])
    const member = reachOf(testActor('auditor', { environments: new Set(['e1']) }))
    expect(await seqs(member, 'env=e2')).toEqual([])
  })

  it('is filtered by the address, and paged by number', async () => {
    expect(await seqs('everything', 'who=id-of-auditor&action=exported')).toEqual([3])
    expect(await seqs('everything', `env=e2&from=${today}&to=${today}`)).toEqual([4, 3])
    expect(await seqs('everything', 'from=2100-01-01')).toEqual([])
    expect(await seqs('everything', 'to=2000-01-01')).toEqual([])
    expect(await seqs('everything', 'from=x&to=2026-99-99&who=')).toEqual([4, 3, 2, 1])
    expect(await seqs('everything', '', { size: 2 })).toEqual([4, 3])
    expect(await seqs('everything', '', { before: 3, size: 2 })).toEqual([2, 1])
  })

  it('is exported so that it can be checked', async () => {
    const { entries, end } = parseActivityExport(await exported('everything', '', 'jsonl'))
    expect(end?.complete).toBe(true)
    expect(verifyChain(entries, { head: end?.head ?? null })).toMatchObject({ fault: null, entries: 4 })
  })

  it('says of an export that something is left out of it', async () => {
    for (const [reach, search] of [
      ['everything', 'env=e2'],
      ['environments', ''],
    ] as const) {
      const { entries, end } = parseActivityExport(await exported(reach, search, 'jsonl'))
      expect(end).toMatchObject({ complete: false, head: { seq: 4 } })
      expect(verifyChain(entries, { head: end?.head ?? null, isExtract: true }).fault).toBeNull()
    }
  })

  it('is exported for spreadsheets without formulas', async () => {
    const lines = (await exported('everything', 'action=risk-accepted', 'csv')).trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain(",'=1+1,Risk accepted,")
    expect(lines[2]).toMatch(/^4,,+head,,+[0-9a-f]{64}$/)
  })
})

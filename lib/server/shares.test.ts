import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { jsonChunks, keyTableCsv, readKeyTableCsv, reportSchema, restoreText } from '@/lib/core'
import { acceptRisk, dayAfter, shownReport } from './accepted'
import { type Actor, permissionsOf } from './access'
import { createSampleAudit, getAudit, loadReport } from './audits'
import { AppError } from './errors'
import { shareIdOf } from './guest-link'
import { type Caller, countOpening, guestBy, recordExport, unlock } from './guests'
import { saveInstance } from './instance'
import { JobRunner } from './jobs/runner'
import { hashToken } from './secrets'
import {
  createShare,
  endShare,
  type GuestContent,
  keyTableOf,
  listShares,
  type NewLink,
  openLinksIn,
  previewContent,
  renewShare,
  type ShareInput,
} from './shares'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'
import { newPerson } from './testing/people'
import { originalsFoundIn, sampleOriginals } from './testing/sample-originals'

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error)
const refusal = (work: Promise<unknown>) => work.then(() => 'done', codeOf)
const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs)

describe.each(dialects)('shares on %s', (dialect) => {
  let server: TestServer
  let ada: Actor
  let audit = ''
  let environmentId = ''
  beforeAll(async () => {
    server = await openTestServer(dialect)
    const person = await newPerson(server.client, { name: 'Ada Quist', email: 'ada.quist@northwind.example' })
    ada = testActor('auditor', { id: person.id, name: person.name })
    const runner = new JobRunner(server.client, { leaseMs: 3000, pollMs: 50, retryMs: 10 })
    await runner.start(true)
    ;({ id: audit, environmentId } = await createSampleAudit(testActor('admin')))
    await vi.waitFor(async () => expect((await getAudit(audit))?.status).toBe('done'), 90_000)
    await runner.stop()
  }, 120_000)
  afterAll(() => server.close())
  beforeEach(async () => {
    await server.client.share.deleteMany()
    await server.client.throttle.deleteMany()
  })

  const input = (over: Partial<ShareInput> = {}): ShareInput => ({
    ...{ auditId: audit, target: { kind: 'audit' }, level: 'pseudonyms', allows: {} },
    ...{ endsAt: inDays(14), password: null, note: 'for the council' },
    ...over,
  })
  const tokenOf = (link: NewLink) => link.path.slice('/s/'.length)
  const callerOf = (link: NewLink, over: Partial<Caller> = {}): Caller => ({
    ...{ shareId: link.id, token: tokenOf(link), visit: '', address: '192.0.2.7' },
    ...over,
  })
  const contentOf = async (link: NewLink): Promise<GuestContent> => {
    const state = await guestBy(callerOf(link))
    if (state?.state !== 'open') throw new Error('not open')
    return state.guest.content
  }
  const findingOf = async (rule?: string) => {
    const found = (await loadReport(audit))?.findings.find((f) => rule === undefined || f.rule === rule)
    if (!found) throw new Error('no such finding')
    return found
  }
  type Target = ShareInput['target']
  const targets = async (): Promise<readonly [Target, Target, Target, Target]> => [
    { kind: 'audit' },
    { kind: 'finding', finding: (await findingOf()).id },
    { kind: 'findings', search: 'sev=critical,high&srv=EX02' },
    { kind: 'map', search: 'view=table&sel=n%3Aedge' },
  ]
  const everything = { fix: true, evidence: true, findings: true, export: true }

  it('knows a link by its token alone, which is stored nowhere', async () => {
    const link = await createShare(ada, input())
    expect(link.path).toMatch(/^\/s\/[\w-]{43}$/)
    expect(link.id).toBe(shareIdOf(tokenOf(link)))
    const row = await server.client.share.findUniqueOrThrow({ where: { id: link.id } })
    expect(row.tokenHash).toBe(hashToken(tokenOf(link)))
    expect(JSON.stringify({ ...row, content: null })).not.toContain(tokenOf(link))
    expect(await guestBy(callerOf(link))).toMatchObject({ state: 'open' })
    expect(await guestBy(callerOf(link, { token: 'x'.repeat(43) }))).toBeNull()
    const other = await createShare(ada, input())
    expect(await guestBy(callerOf(link, { token: tokenOf(other) }))).toBeNull()
  })

  it('holds no original at the two levels that hide them, whatever is allowed', async () => {
    expect(sampleOriginals.length).toBeGreaterThan(100)
    for (const target of await targets())
      for (const level of ['pseudonyms', 'summary'] as const) {
        if (level === 'summary' && target.kind === 'map') continue
        const content = await previewContent(ada, input({ target, level, allows: everything }))
        const text = JSON.stringify(content)
        expect(originalsFoundIn(text, sampleOriginals), `${target.kind} ${level}`).toEqual([])
        expect(originalsFoundIn(text, ['Ada Quist', 'ada.quist@northwind.example', 'northwind'])).toEqual([])
        for (const finding of (await loadReport(audit))?.findings ?? []) expect(text).not.toContain(finding.id)
      }
    const full = await previewContent(ada, input({ level: 'full', allows: everything }))
    expect(originalsFoundIn(JSON.stringify(full), sampleOriginals).length).toBeGreaterThan(50)
  })

  it('is a valid report, whatever it leaves out', async () => {
    for (const target of await targets())
      for (const level of ['full', 'pseudonyms', 'summary'] as const) {
        if (level === 'summary' && target.kind === 'map') continue
        const { report } = await previewContent(ada, input({ target, level }))
        const exported: unknown = JSON.parse([...jsonChunks(report)].join(''))
        expect(reportSchema.safeParse(exported).error, `${target.kind} ${level}`).toBeUndefined()
        expect(report.findings.some((f) => f.evidence.length > 0)).toBe(false)
      }
  })

  it('leads back to the originals with its key table', async () => {
    const link = await createShare(ada, input({ allows: everything }))
    const { report } = await contentOf(link)
    const table = (await keyTableOf(ada, link.id)) ?? []
    const named = (of: typeof report | null) =>
      of?.findings.map((f) => ({ id: f.id, title: f.title, message: f.message, objects: f.objects }))
    const original = named(await shownReport(audit))
    expect(named(report)).not.toEqual(original)
    for (const lang of ['en', 'de'] as const) {
      const key = readKeyTableCsv(keyTableCsv(table, lang)) ?? []
      const back = reportSchema.parse(JSON.parse(restoreText([...jsonChunks(report)].join(''), key)))
      expect(named(back)).toEqual(original)
    }
  })

  it('holds what its kind shows and no more', async () => {
    const [, finding, findings, map] = await targets()
    const one = await previewContent(ada, input({ target: finding, level: 'full' }))
    expect(one.report.findings).toHaveLength(1)
    expect(one.topology).toBeNull()
    expect([one.report.sources, one.report.outcomes, Object.values(one.report.inventory).flat()]).toEqual([[], [], []])
    const list = await previewContent(ada, input({ target: findings, level: 'full' }))
    const expected = ((await loadReport(audit))?.findings ?? []).filter(
      (f) =>
        f.absorbedBy === null &&
        ['critical', 'high'].includes(f.severity) &&
        f.objects.some((o) => o.server === 'EX02'),
    )
    expect(list.report.findings.map((f) => f.id).sort()).toEqual(expected.map((f) => f.id).sort())
    expect(list.report.findings.length).toBeGreaterThan(0)
    const drawn = await previewContent(ada, input({ target: map, level: 'full' }))
    expect(drawn.report.findings).toEqual([])
    expect(JSON.stringify(drawn.topology)).toMatch(/"findings":\[\]/)
    expect(JSON.stringify(drawn.topology)).not.toMatch(/"findings":\["|"worst":"/)
    const marked = await previewContent(ada, input({ target: map, level: 'full', allows: { findings: true } }))
    expect(JSON.stringify(marked.topology)).toMatch(/"worst":"critical"/)
  })

  it('leaves out commands, lines and names of files unless they are allowed', async () => {
    const bare = await previewContent(ada, input({ level: 'full' }))
    const text = JSON.stringify(bare)
    expect(text).not.toMatch(/"powershell"|firstLine|ex01-receive-connectors|ticket-2214/)
    expect(bare.report.findings.every((f) => f.evidence.length === 0 && f.fix === null)).toBe(true)
    const rich = await previewContent(ada, input({ level: 'full', allows: everything }))
    const report = await loadReport(audit)
    expect(rich.report.findings.map((f) => [f.evidence, f.fix])).toEqual(
      report?.findings.map((f) => [f.evidence, f.fix]),
    )
    for (const content of [bare, rich]) {
      expect(content.report.sources.map((s) => s.sha256)).toEqual(report?.sources.map(() => ''))
      expect([content.report.intended, content.report.messages]).toEqual([[], []])
    }
  })

  it('tells that a risk was accepted, and not why', async () => {
    const finding = await findingOf('relay-on-default-connector')
    await acceptRisk(audit, finding.id, {
      reason: 'because Mr Quist said so',
      until: dayAfter(30),
      byName: 'Ada Quist',
    })
    for (const level of ['full', 'pseudonyms', 'summary'] as const) {
      const content = await previewContent(ada, input({ level, allows: everything }))
      expect(JSON.stringify(content)).not.toContain('Quist')
      const accepted = content.report.findings.filter((f) => f.accepted)
      expect(accepted.map((f) => [f.rule, f.accepted])).toEqual([[finding.rule, { reason: '', until: null }]])
    }
    await server.client.acceptedRisk.deleteMany()
  })

  it('is made once: what becomes of the audit changes nothing', async () => {
    const link = await createShare(ada, input({ target: { kind: 'finding', finding: (await findingOf()).id } }))
    const before = await contentOf(link)
    await server.client.environment.update({ where: { id: environmentId }, data: { name: 'Renamed' } })
    await server.client.report.updateMany({ data: { coreVersion: 'another' } })
    expect(await contentOf(link)).toEqual(before)
    await server.client.report.updateMany({ data: { coreVersion: process.env.POSTERN_CORE_VERSION ?? 'unknown' } })
  })

  it('ends, whatever is asked for', async () => {
    for (const endsAt of [inDays(91), inDays(-1), new Date(Number.NaN)])
      expect(await refusal(createShare(ada, input({ endsAt })))).toBe('share-end')
    const link = await createShare(ada, input({ endsAt: inDays(90) }))
    await server.client.share.update({ where: { id: link.id }, data: { endsAt: new Date(Date.now() - 1) } })
    expect(await guestBy(callerOf(link))).toBeNull()
    expect((await listShares(ada))[0]?.state).toBe('expired')
  })

  it('is ended at the next request, and renewed under another address alone', async () => {
    const link = await createShare(ada, input())
    await endShare(ada, link.id)
    expect(await guestBy(callerOf(link))).toBeNull()
    expect(await countOpening(callerOf(link))).toBeNull()
    const renewed = await renewShare(ada, link.id, inDays(7))
    expect(await guestBy(callerOf(link))).toBeNull()
    expect(await guestBy(callerOf(link, { token: tokenOf(renewed) }))).toBeNull()
    expect(await guestBy(callerOf(renewed))).toMatchObject({ state: 'open' })
    expect((await listShares(ada)).map((s) => [s.id, s.state])).toEqual([[renewed.id, 'active']])
    const actions = (await server.client.activity.findMany({ orderBy: { seq: 'asc' } })).map((a) => a.action)
    expect(actions.slice(-2)).toEqual(['share-ended', 'share-renewed'])
  })

  it('counts an opening once a visit, by POST alone', async () => {
    const link = await createShare(ada, input())
    const opens = async () => (await listShares(ada))[0]?.opens
    for (let n = 0; n < 3; n++) await guestBy(callerOf(link))
    expect(await opens()).toBe(0)
    const visit = await countOpening(callerOf(link))
    expect(await opens()).toBe(1)
    expect(await countOpening(callerOf(link, { visit: visit ?? '' }))).toBeNull()
    expect(await opens()).toBe(1)
    await countOpening(callerOf(link))
    expect(await opens()).toBe(2)
  })

  it('opens with its password alone; wrong ones wait longer and longer', async () => {
    const link = await createShare(ada, input({ password: 'otter basalt 49' }))
    expect(await guestBy(callerOf(link))).toEqual({ state: 'locked', id: link.id })
    expect(await countOpening(callerOf(link))).toBeNull()
    expect(await refusal(unlock(callerOf(link), 'otter basalt 48'))).toBe('share-refused')
    const visit = (await unlock(callerOf(link), 'otter basalt 49')) ?? ''
    expect(await guestBy(callerOf(link, { visit }))).toMatchObject({ state: 'open', guest: { isNew: false } })
    const other = await createShare(ada, input({ password: 'otter basalt 50' }))
    expect(await guestBy(callerOf(other, { visit }))).toEqual({ state: 'locked', id: other.id })
    expect((await listShares(ada)).find((s) => s.id === link.id)?.opens).toBe(1)
    const codes: unknown[] = []
    for (let n = 0; n < 8; n++) codes.push(await refusal(unlock(callerOf(link), 'guess')))
    expect(codes.at(-1)).toBe('too-many')
    expect(await refusal(unlock(callerOf(link), 'otter basalt 49'))).toBe('too-many')
    expect(await refusal(unlock(callerOf(link, { address: '192.0.2.8' }), 'otter basalt 49'))).toBe('done')
    const refused = await server.client.activity.count({ where: { action: 'share-refused', object: link.id } })
    expect(refused).toBe(codes.filter((c) => c === 'share-refused').length + 1)
  })

  it('answers nothing to an address that guesses, and goes on for those who have begun', async () => {
    const link = await createShare(ada, input())
    const visit = (await countOpening(callerOf(link))) ?? ''
    for (let n = 0; n < 60; n++) await guestBy(callerOf(link, { token: `${n}`.padStart(43, 'x') }))
    expect(await guestBy(callerOf(link))).toBeNull()
    expect(await guestBy(callerOf(link, { visit }))).toMatchObject({ state: 'open' })
    expect(await guestBy(callerOf(link, { address: '192.0.2.8' }))).toMatchObject({ state: 'open' })
  })

  it('lets no guest fill the activity log: openings and files have a limit', async () => {
    const link = await createShare(ada, input({ password: 'otter basalt 49', allows: { export: true } }))
    const seen: (string | null)[] = []
    for (let n = 0; n < 61; n++) seen.push(await unlock(callerOf(link), 'otter basalt 49').catch(() => null))
    expect(seen.filter((visit) => visit === null)).toHaveLength(1)
    const open = await createShare(ada, input({ allows: { export: true } }))
    for (let n = 0; n < 61; n++) await countOpening(callerOf(open))
    const codes: unknown[] = []
    for (let n = 0; n < 61; n++) codes.push(await refusal(recordExport(callerOf(open), 'csv')))
    expect(codes.at(-1)).toBe('too-many')
    for (const [object, action] of [
      [link.id, 'share-opened'],
      [open.id, 'share-opened'],
      [open.id, 'share-exported'],
    ] as const)
      expect(await server.client.activity.count({ where: { action, object } })).toBe(60)
    expect(await guestBy(callerOf(open))).toMatchObject({ state: 'open' })
    expect(await countOpening(callerOf(open, { address: '192.0.2.8' }))).not.toBeNull()
  })

  it('is for those who may share, and ended by its maker or an admin', async () => {
    const elsewhere = testActor('auditor', { environments: new Set(['another']) })
    expect(await refusal(createShare(elsewhere, input()))).toBe('not-found')
    expect(await refusal(createShare(testActor('viewer'), input()))).toBe('not-allowed')
    const link = await createShare(ada, input())
    const other = testActor('auditor', { id: 'somebody-else' })
    expect((await listShares(other)).map((s) => [s.by, s.isMine])).toEqual([['Ada Quist', false]])
    expect(await listShares(elsewhere)).toEqual([])
    expect([...(await openLinksIn(other, environmentId))]).toEqual([[audit, 1]])
    for (const who of [elsewhere, testActor('viewer')]) expect(await openLinksIn(who, environmentId)).toEqual(new Map())
    for (const who of [other, elsewhere, testActor('viewer')]) {
      expect(await refusal(endShare(who, link.id))).toBe('not-found')
      expect(await refusal(renewShare(who, link.id, inDays(1)))).toBe('not-found')
      expect(await refusal(keyTableOf(who, link.id))).toBe('not-found')
    }
    await endShare(testActor('admin'), link.id)
    expect(await openLinksIn(other, environmentId)).toEqual(new Map())
    expect(await guestBy(callerOf(link))).toBeNull()
  })

  it('is a number to a token that may share and see nothing: own links alone, no way back', async () => {
    const own = await createShare(ada, input())
    const scopes = ['share'] as const
    const permissions = permissionsOf({ role: 'admin', scopes, viewersSeeOriginals: false })
    const token = testActor('admin', { id: ada.id, kind: 'token', scopes: new Set(scopes), permissions })
    const other = testActor('admin', { id: 'another', kind: 'token', scopes: new Set(scopes), permissions })
    expect((await listShares(token)).map(({ id }) => id)).toEqual([own.id])
    expect(await listShares(other)).toEqual([])
    expect(await keyTableOf(token, own.id)).toBeNull()
    expect(await refusal(endShare(other, own.id))).toBe('not-found')
    expect(await refusal(endShare(token, own.id))).toBe('done')
  })

  it('keeps the way back sealed', async () => {
    const link = await createShare(ada, input())
    const row = await server.client.share.findUniqueOrThrow({ where: { id: link.id } })
    expect(originalsFoundIn(row.keyTable ?? '', sampleOriginals)).toEqual([])
    const table = await keyTableOf(ada, link.id)
    expect(table?.map((entry) => entry.original)).toEqual(expect.arrayContaining(['EX01', 'contoso.com']))
    const full = await createShare(ada, input({ level: 'full', password: 'long enough' }))
    expect(await keyTableOf(ada, full.id)).toBeNull()
  })

  it('is renewed only as what could still be made', async () => {
    await saveInstance('sharing', { passwordForFull: false })
    const open = await createShare(ada, input({ level: 'full' }))
    const locked = await createShare(ada, input({ level: 'full', password: 'long enough' }))
    await saveInstance('sharing', {})
    expect(await refusal(renewShare(ada, open.id, inDays(1)))).toBe('share-password')
    expect(await refusal(renewShare(ada, locked.id, inDays(91)))).toBe('share-end')
    const renewed = await renewShare(ada, locked.id, inDays(1))
    await saveInstance('sharing', { allowFull: false })
    expect(await refusal(renewShare(ada, renewed.id, inDays(1)))).toBe('share-level')
    await saveInstance('sharing', {})
    const ended = { endedAt: inDays(-400), endsAt: inDays(-400) }
    await server.client.share.update({ where: { id: renewed.id }, data: ended })
    expect((await listShares(ada)).map((s) => [s.id === renewed.id, s.isKept])).toContainEqual([true, false])
    expect(await refusal(renewShare(ada, renewed.id, inDays(1)))).toBe('share-cleared')
  })

  it('follows the policy of the instance', async () => {
    expect(await refusal(createShare(ada, input({ level: 'full' })))).toBe('share-password')
    expect(await refusal(createShare(ada, input({ password: 'short' })))).toBe('share-password')
    await saveInstance('sharing', { maxDays: 3, defaultDays: 2, allowFull: false })
    expect(await refusal(createShare(ada, input({ level: 'full', password: 'long enough', endsAt: inDays(2) })))).toBe(
      'share-level',
    )
    expect(await refusal(createShare(ada, input({ endsAt: inDays(4) })))).toBe('share-end')
    await saveInstance('sharing', {})
    const map: ShareInput['target'] = { kind: 'map', search: '' }
    expect(await refusal(createShare(ada, input({ target: map, level: 'summary' })))).toBe('share-summary')
    const unknown: ShareInput['target'] = { kind: 'finding', finding: 'no-such.000000' }
    expect(await refusal(createShare(ada, input({ target: unknown })))).toBe('not-found')
  })
})

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  answerDraft,
  createDraft,
  deleteAudit,
  getAudit,
  rememberedAnswers,
  startAnalysis,
  updateDraft,
} from './audits'
import { AppError } from './errors'
import { JobRunner } from './jobs/runner'
import { draftFiles } from './preview'
import { addUpload, readUpload } from './sources'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const certificate = `Thumbprint : ${'AB'.repeat(20)}\nSubject : CN=mail.contoso.com\nIssuer : CN=mail.contoso.com\nServices : SMTP\n`
const receive = (server: string, range: string) =>
  `Name : Relay\nServer : ${server}\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {${range}}\nPermissionGroups : AnonymousUsers\n`

describe.each(dialects)('answers on %s', (dialect) => {
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

  const body = (content: string | Uint8Array) => new Blob([content as BlobPart]).stream()
  const draftOf = async (files: Readonly<Record<string, string | Uint8Array>>, environmentName = 'Contoso') => {
    const draft = await createDraft({ environmentName })
    for (const [name, content] of Object.entries(files)) await addUpload(draft.id, name, body(content), null)
    await checked(draft.id)
    return draft
  }
  const checked = (id: string) =>
    vi.waitFor(async () => {
      const files = await draftFiles(id)
      expect(files.isChecked).toBe(true)
      return files
    }, 90_000)
  const codesOf = async (id: string, name: string) => {
    const { uploads } = await checked(id)
    return uploads.find((u) => u.name === name)?.sources.flatMap((s) => s.notices.map((n) => n.code)) ?? []
  }
  const refusal = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (e: unknown) => e,
    )
    return error instanceof AppError ? error.code : error
  }

  it('has a file read again with what was said about it, and can take that back', async () => {
    const { id } = await draftOf({ 'certificates.txt': certificate })
    expect(await codesOf(id, 'certificates.txt')).toContain('server-unknown')
    await answerDraft(id, { 'server:certificates.txt': 'EX01' })
    expect(await codesOf(id, 'certificates.txt')).not.toContain('server-unknown')
    const [upload] = (await checked(id)).uploads
    expect(upload?.facts.settled['certificates.txt']?.[0]?.code).toBe('server-unknown')
    expect(upload?.facts.servers).toEqual({ 'certificates.txt': ['EX01'] })
    await answerDraft(id, { 'server:certificates.txt': null })
    expect(await codesOf(id, 'certificates.txt')).toContain('server-unknown')
  })

  it('shows lines in the encoding that was chosen', async () => {
    const { id } = await draftOf({ 'a.txt': Uint8Array.from([0x4d, 0xe4, 0x6e, 0x0a]) })
    const [upload] = (await checked(id)).uploads
    const lines = async () => (await readUpload(id, upload?.id ?? '', 'a.txt', 1, 1))?.lines
    await answerDraft(id, { 'encoding:a.txt': 'cp437' })
    await checked(id)
    expect(await lines()).toEqual(['MΣn'])
  })

  it('looks at the files of a draft together', async () => {
    const { id } = await draftOf({ 'a.txt': receive('EX01', '10.0.0.1'), 'b.txt': receive('EX01', '10.0.0.9') })
    const codes = [...(await codesOf(id, 'a.txt')), ...(await codesOf(id, 'b.txt'))]
    expect(codes).toContain('contradiction')
    const removed = (await checked(id)).uploads.find((u) => u.name === 'b.txt')
    await addUpload(id, 'c.txt', body(receive('EX01', '10.0.0.1')), null, removed?.id)
    expect(await codesOf(id, 'a.txt')).not.toContain('contradiction')
    expect((await checked(id)).uploads.map((u) => u.name)).toEqual(['a.txt', 'c.txt'])
  })

  it('leaves a file out that is to be ignored, and takes it back', async () => {
    const { id } = await draftOf({ 'a.txt': receive('EX01', '10.0.0.1') })
    await answerDraft(id, { 'format:a.txt': 'ignore' })
    expect(await codesOf(id, 'a.txt')).toEqual(['left-out'])
    await answerDraft(id, { 'format:a.txt': null })
    expect(await codesOf(id, 'a.txt')).toEqual([])
  })

  it('remembers for the organisation what holds for it, from the start of the analysis', async () => {
    const first = await draftOf({ 'certificates.txt': certificate }, 'Fabrikam')
    await answerDraft(first.id, {
      'date-order': 'day-first',
      mx: 'gateway',
      'server:certificates.txt': 'EX01',
      'server:paste-1.txt': 'EX02',
      'encoding:certificates.txt': 'utf-8',
    })
    expect(await rememberedAnswers(first.environmentId)).toEqual({})
    await checked(first.id)
    await startAnalysis(first.id)
    const known = { 'date-order': 'day-first', mx: 'gateway', 'server:certificates.txt': 'EX01' }
    expect(await rememberedAnswers(first.environmentId)).toEqual(known)
    const next = await createDraft({ environmentId: first.environmentId })
    expect(next.answers).toEqual(known)
    await answerDraft(next.id, { mx: null })
    const { mx: _, ...others } = known
    expect(await rememberedAnswers(first.environmentId)).toEqual(others)
  })

  it('tells nobody what it remembers, and lets nobody change it, who may not see audits', async () => {
    const text = { 'a.txt': receive('EX01', '10.0.0.1') }
    const told = await draftOf(text, 'Told')
    await answerDraft(told.id, { mx: 'gateway', 'date-order': 'day-first' })
    await startAnalysis(told.id)
    const { environmentId } = told
    const blind = await createDraft({ environmentId, isUnaware: true })
    expect(blind.answers).toEqual({})
    const elsewhere = await draftOf(text, 'Elsewhere')
    expect((await updateDraft(elsewhere.id, { environmentId, isUnaware: true })).answers).toEqual({})
    const guess = { mx: 'gateway', firewall: 'open' }
    await answerDraft(blind.id, guess, true)
    const away = await updateDraft(blind.id, { environmentId: elsewhere.environmentId, isUnaware: true })
    expect(away.answers).toEqual(guess)
    await updateDraft(blind.id, { environmentId, isUnaware: true })
    await answerDraft(blind.id, { firewall: null }, true)
    await addUpload(blind.id, 'a.txt', new Blob([text['a.txt']]).stream(), null)
    await answerDraft(blind.id, { mx: null, 'date-order': 'month-first' }, true)
    await startAnalysis(blind.id, true)
    expect(await rememberedAnswers(environmentId)).toEqual({ mx: 'gateway', 'date-order': 'day-first' })
    expect((await getAudit(blind.id))?.answers).toEqual({ mx: 'gateway', 'date-order': 'month-first' })
  })

  it('takes over the answers of the environment that a draft moves to, and leaves those of the other', async () => {
    const one = await draftOf({ 'a.txt': receive('EX01', '10.0.0.1') }, 'One')
    await answerDraft(one.id, { mx: 'gateway' })
    await startAnalysis(one.id)
    const two = await draftOf({ 'a.txt': receive('EX01', '10.0.0.1') }, 'Two')
    await answerDraft(two.id, { 'date-order': 'month-first' })
    await startAnalysis(two.id)
    const draft = await createDraft({ environmentId: one.environmentId })
    await answerDraft(draft.id, { firewall: 'open' })
    const moved = await updateDraft(draft.id, { environmentId: two.environmentId })
    expect(moved.answers).toEqual({ firewall: 'open', 'date-order': 'month-first' })
  })

  it('refuses what is no answer, and answers about what is analysed', async () => {
    const { id } = await draftOf({ 'a.txt': receive('EX01', '10.0.0.1') })
    expect(await refusal(answerDraft(id, { colour: 'red' }))).toBe('bad-request')
    expect(await refusal(answerDraft(id, { 'format:a.txt': 'poem' }))).toBe('bad-request')
    expect(await refusal(answerDraft('zzzzzz', { mx: 'gateway' }))).toBe('not-found')
    await startAnalysis(id)
    expect(await refusal(answerDraft(id, { mx: 'gateway' }))).toBe('not-a-draft')
    await vi.waitFor(async () => expect((await getAudit(id))?.status).toBe('done'), 90_000)
    await deleteAudit(id)
  })
})

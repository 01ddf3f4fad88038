import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activityEntries } from './activity-list'
import { createDraft, getAudit } from './audits'
import { changeAnswers, changeDraft, dropAbandoned } from './draft-changes'
import { createEnvironment } from './environments'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

describe.each(dialects)('the trace of a changed draft on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())

  const told = async (auditId: string) => {
    const entries = []
    for await (const entry of activityEntries('everything', {}, 2 ** 31 - 1))
      if (entry.auditId === auditId) entries.push([entry.action, entry.environmentId, entry.details])
    return entries
  }
  const actor = testActor('auditor')

  it('tells both environments of a move, and of a new name once', async () => {
    const from = (await createEnvironment('From')).id
    const to = (await createEnvironment('To')).id
    const { id, name } = await createDraft({ environmentId: from })
    await changeDraft(actor, id, { name, environmentId: from })
    expect(await told(id)).toEqual([])
    await changeDraft(actor, id, { environmentId: to })
    await changeDraft(actor, id, { name: 'Spring' })
    await changeDraft(actor, id, { name: 'Spring' })
    expect(await told(id)).toEqual([
      ['audit-changed', from, { movedTo: to }],
      ['audit-changed', to, { name, movedFrom: from }],
      ['audit-changed', to, { name: 'Spring' }],
    ])
    await expect(changeDraft(actor, 'zzzzzz', { name })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tells that something was answered, and not what', async () => {
    const { id, environmentId } = await createDraft({ environmentName: 'Answered' })
    await changeAnswers(actor, id, { mx: 'gateway' })
    expect(await told(id)).toEqual([['audit-changed', environmentId, { answers: 1 }]])
  })

  it('tells that an empty draft of a week ago went', async () => {
    const old = await createDraft({ environmentName: 'Abandoned' })
    const young = await createDraft({ environmentName: 'Abandoned' })
    await dropAbandoned(actor, [{ ...old, createdAt: new Date(Date.now() - 8 * 86_400_000) }, young])
    expect([await getAudit(old.id), (await getAudit(young.id))?.id]).toEqual([null, young.id])
    const details = { name: old.name, abandoned: true }
    expect(await told(old.id)).toEqual([['audit-deleted', old.environmentId, details]])
    expect(await told(young.id)).toEqual([])
  })
})

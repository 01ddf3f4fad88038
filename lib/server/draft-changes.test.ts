import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activityEntries } from './activity-list'
import { createDraft } from './audits'
import { changeAnswers, changeDraft } from './draft-changes'
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
})

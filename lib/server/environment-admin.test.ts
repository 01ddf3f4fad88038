import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Who } from './activity'
import {
  addEnvironment,
  changeEnvironment,
  getAdminEnvironment,
  listAdminEnvironments,
  listMembers,
  setMembers,
} from './environment-admin'
import { AppError } from './errors'
import { systemFacts } from './system'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const ada: Who = { kind: 'user', id: 'u1', name: 'Ada', address: '' }
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? (error.fields[0] ?? error.code) : error),
  )

describe.each(dialects)('administration of environments on %s', (dialect) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer(dialect)
  })
  afterEach(() => server.close())

  const person = async (name: string, more: { allEnvironments?: boolean; isActive?: boolean } = {}) =>
    (await server.client.user.create({ data: { name, email: `${name}@contoso.com`, role: 'viewer', ...more } })).id
  const members = async (id: string) => (await listMembers(id)).filter((m) => m.isMember).map((m) => m.name)

  it('makes, renames and lists them', async () => {
    const id = await addEnvironment(ada, ' Fabri \n kam ')
    await addEnvironment(ada, 'Contoso')
    await changeEnvironment(ada, id, { name: 'Adatum', keepOriginalsDays: 7 })
    expect((await listAdminEnvironments()).map((e) => [e.name, e.keepOriginalsDays])).toEqual([
      ['Adatum', 7],
      ['Contoso', null],
    ])
    await changeEnvironment(ada, id, { name: 'Adatum', keepOriginalsDays: null })
    expect((await getAdminEnvironment(id)).keepOriginalsDays).toBeNull()
    const log = await server.client.activity.findMany({ orderBy: { seq: 'asc' } })
    expect(log.map((row) => row.action)).toEqual([
      ...['environment-created', 'environment-created', 'environment-changed', 'environment-changed'],
    ])
    expect(log[2]).toMatchObject({ environmentId: id, details: { from: 'Fabri kam', name: 'Adatum' } })
  })

  it('refuses what is wrong, by field', async () => {
    const id = await addEnvironment(ada, 'Contoso')
    const change = (name: string, keepOriginalsDays: number) => changeEnvironment(ada, id, { name, keepOriginalsDays })
    expect(await refusal(addEnvironment(ada, ' '))).toEqual({ field: 'name', message: 'missing' })
    expect(await refusal(change('', 7))).toEqual({ field: 'name', message: 'missing' })
    for (const days of [0, 3651, 1.5, Number.NaN])
      expect(await refusal(change('x', days))).toEqual({ field: 'keepOriginalsDays', message: 'days' })
    expect(await refusal(changeEnvironment(ada, 'none', { name: 'x', keepOriginalsDays: 7 }))).toBe('not-found')
    expect(await refusal(setMembers(ada, 'none', []))).toBe('not-found')
    expect((await getAdminEnvironment(id)).name).toBe('Contoso')
  })

  it('chooses who sees one, of those who do not see all', async () => {
    const id = await addEnvironment(ada, 'Contoso')
    const other = await addEnvironment(ada, 'Other')
    const [bob, eve, all] = [await person('bob'), await person('eve'), await person('all', { allEnvironments: true })]
    const gone = await person('gone', { isActive: false })
    await server.client.membership.create({ data: { userId: gone, environmentId: id } })
    await setMembers(ada, other, [bob])
    await setMembers(ada, id, [bob, eve, all, gone, 'nobody'])
    expect(await members(id)).toEqual(['bob', 'eve'])
    await setMembers(ada, id, [eve])
    expect([await members(id), await members(other)]).toEqual([['eve'], ['bob']])
    expect((await listMembers(id)).map((m) => [m.name, m.seesAll])).toEqual([
      ['all', true],
      ['bob', false],
      ['eve', false],
    ])
    expect(await server.client.membership.count({ where: { userId: gone } })).toBe(1)
  })

  it('knows what runs', async () => {
    const facts = await systemFacts()
    expect(facts).toMatchObject({ database: dialect, isEncrypted: false, sendsMail: false })
    expect(facts.jobs).toEqual({ queued: 0, running: 0, failed: 0 })
    expect(facts.databaseBytes).toBeGreaterThan(100_000)
    if (dialect === 'sqlite') expect(facts.dataBytes).toBeGreaterThanOrEqual(facts.databaseBytes)
    expect(JSON.stringify(facts)).not.toContain(server.dir)
  })
})

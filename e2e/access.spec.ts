import { readFileSync } from 'node:fs'
import path from 'node:path'
import { actions, allowed, type Entry, handlers, pages, type Role } from './access-table'
import { expect, test } from './fixtures'
import { newPerson, withDatabase } from './people'
import { baseURL, running, stateFile } from './server'

// Names that appear nowhere else: found in an answer, they came from the audit.
const marks = ['QZSRV77', 'Zyxwonia']

const built = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../.next/server', file), 'utf8'))

const routes = (running ? [] : Object.keys(built('app-paths-manifest.json'))).map((entry) => ({
  kind: entry.endsWith('/route') ? 'handler' : 'page',
  path: entry.replace(/\/(page|route)$/, '') || '/',
}))
type Action = { readonly filename: string; readonly exportedName: string; readonly workers: Record<string, unknown> }
const builtActions = running
  ? []
  : Object.entries(built('server-reference-manifest.json').node as Record<string, Action>)

type Things = Readonly<Record<'audit' | 'env' | 'finding' | 'upload' | 'share' | 'person', string>>
const isOwn = (path: string) => !/^\/_/.test(path)
const nameOf = (action: Action) => `${action.filename} ${action.exportedName}`

/** A page that has the action in it. */
const pageOf = (action: Action | undefined, things: Things): string =>
  filled(`/${Object.keys(action?.workers ?? {})[0]?.replace(/^app\/?|\/?page$/g, '') ?? ''}`, things)

/** An address with the objects of the foreign audit in it. */
const filled = (path: string, { audit, env, finding, upload, share, person }: Things): string =>
  path
    .replace('[audit]', audit)
    .replace('[draft]', audit)
    .replace('[env]', env)
    .replace('[finding]', encodeURIComponent(finding))
    .replace('[upload]', upload)
    .replace('[share]', share)
    .replace('[person]', person)
    .replace('/[[...path]]', '')
    .replace('[file]', 's1')
    .replace('[source]', 's1')
    .replace('[id]', path.startsWith('/rules') ? 'certificate-without-smtp-service' : upload)

/**
 * Every row about the audit, its environment or its people, and whatever carries the name that the calls write. Other tests use the same
 * server meanwhile, so other rows may change.
 */
function state({ audit, env }: Things, ids: readonly string[]): string {
  const ignored = /^(Report|Finding|Activity|Throttle|Session|_prisma|sqlite|OidcAttempt|Job)/
  const isMine = (row: string) => [audit, env, 'Changed', ...ids].some((text) => row.includes(text))
  return withDatabase((database) => {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
    return (tables as { name: string }[])
      .filter(({ name }) => !ignored.test(name))
      .flatMap(({ name }) =>
        (database.prepare(`SELECT * FROM "${name}" ORDER BY 1`).all() as Record<string, unknown>[])
          .map(({ lastSeenAt: _, ...row }) => JSON.stringify([name, row]))
          .filter(isMine),
      )
      .join('\n')
  })
}

type Answer = { readonly status: number; readonly text: string; readonly location: string }

async function ask(path: string, cookie: string | null, init: RequestInit = {}): Promise<Answer> {
  const headers = { ...(cookie ? { cookie } : {}), ...init.headers }
  const answer = await fetch(new URL(path, baseURL), { redirect: 'manual', ...init, headers })
  const location = answer.headers.get('location') ?? ''
  // The framework sends a client without its own mark for the headers to the address that has it.
  if (answer.status === 307 && location.startsWith(`${path}?_rsc`) && !path.includes('?'))
    return ask(location, cookie, init)
  return { status: answer.status, text: await answer.text(), location }
}

/** Refused: sent to the sign-in page, or told that it is not there or not theirs. */
const isRefused = ({ status, text, location }: Answer): boolean =>
  [401, 403, 404].includes(status) ||
  ([303, 307].includes(status) && location.startsWith('/sign-in')) ||
  /NEXT_REDIRECT;\w+;\/sign-in|NEXT_HTTP_ERROR_FALLBACK;40[34]/.test(text) // an RSC answer has begun with status 200

/** Whoever may read the audit knows its names, and is refused only what they may not do there. */
const knows = (who: string): boolean => ['admin', 'auditor', 'viewer'].includes(who)

const expectNothing = (who: string, what: string, answer: Answer): void => {
  if (knows(who)) return
  for (const mark of marks) expect.soft(answer.text.includes(mark), `${what} names ${mark}`).toBe(false)
}

/** Headers of the client's router: it asks for a part of the page, and brings what it has of the rest. */
const asRouter = { RSC: '1', 'Next-Router-State-Tree': encodeURIComponent('["",{}]') }

/** The last day of an acceptance: without one a high finding cannot be accepted. */
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)

/** How actions take their form: alone, after the state of the form before, or after the id of the audit. */
const shapes = ({ audit }: Things): string[] => ['["$K1"]', '[null,"$K1"]', JSON.stringify([audit, '$K1'])]

type Call = { readonly id: string; readonly page: string; readonly shape: string }

async function call({ id, page, shape }: Call, cookie: string | null, things: Things): Promise<Answer> {
  const form = new FormData()
  const { audit, env, finding, upload, share, person } = things
  const fields = {
    ...{ audit, env, finding, upload, risk: upload, id: upload, share, person, token: upload },
    ...{ older: upload, newer: upload, search: '', reason: 'because', until: tomorrow, key: 'mx', value: 'gateway' },
    ...{ name: 'Changed', environment: 'Changed', mx: 'gateway', locale: 'de', theme: 'dark' },
    ...{ role: 'admin', where: 'all', email: 'changed@example.org', days: '7', maxDays: '9', defaultDays: '9' },
    ...{ imprintUrl: '', privacyUrl: '', defaultLocale: 'de', 'may:read': 'on' },
  }
  for (const [name, value] of Object.entries(fields)) form.set(`_1_${name}`, value)
  form.set('0', shape)
  return ask(page, cookie, { method: 'POST', body: form, headers: { 'Next-Action': id, Origin: baseURL } })
}

test.describe('who may do what', () => {
  test.skip(Boolean(running), 'reads what was built')
  test.describe.configure({ mode: 'default', timeout: 240_000 })
  const people = new Map<string, string | null>()
  const ids: string[] = []
  let things: Things

  test.beforeAll(async ({ playwright }) => {
    const request = await playwright.request.newContext({ baseURL, storageState: stateFile })
    const { id: audit, environmentId: env } = await (
      await request.post('/api/drafts', { data: { environmentName: 'Zyxwonia', name: 'Zyxwonia Herbst' } })
    ).json()
    const text = readFileSync(
      path.join(import.meta.dirname, '../samples/contoso/munich/ex01-receive-connectors.txt'),
      'utf8',
    )
    await request.put(`/api/drafts/${audit}/uploads?name=QZSRV77.txt`, { data: text.replaceAll('EX01', 'QZSRV77') })
    await request.post(`/api/audits/${audit}/start`)
    await expect
      .poll(async () => (await (await request.get(`/api/audits/${audit}/status`)).json()).status, { timeout: 60_000 })
      .toBe('done')
    // Other tests begin audits meanwhile: in the environment of the newest one that is not a sample.
    withDatabase((database) => database.prepare('UPDATE "Audit" SET isSample = 1 WHERE id = ?').run(audit))
    const { findings } = await (await request.get(`/api/v1/audits/${audit}/findings`)).json()
    const uploads = (await (await request.get(`/api/drafts/${audit}`)).json()).uploads
    const { id: share } = await (
      await request.post(`/api/v1/audits/${audit}/shares`, { data: { target: { kind: 'audit' } } })
    ).json()
    things = {
      audit,
      env,
      finding: findings[0].id,
      upload: uploads[0].id,
      share,
      person: newPerson({ role: 'viewer', environments: [env] }).id,
    }
    ids.push(things.person)
    const { environmentId: elsewhere } = await (
      await request.post('/api/drafts', { data: { environmentName: 'Elsewhere' } })
    ).json()
    await request.dispose()
    for (const role of ['admin', 'auditor', 'viewer', 'uploader'] as const) {
      people.set(role, newPerson({ role, environments: role === 'admin' ? 'all' : [env] }).cookie)
      if (role !== 'admin')
        people.set(`${role} of another environment`, newPerson({ role, environments: [elsewhere] }).cookie)
    }
    people.set('nobody', null)
    people.set('somebody with a made-up session', `postern-session=${'A'.repeat(43)}`)
    people.set(
      'an admin whose session has run out',
      newPerson({ role: 'admin', environments: 'all', expired: true }).cookie,
    )
    people.set('a guest', `postern-guest=${'A'.repeat(43)}; postern-visit=${'A'.repeat(43)}`)
  })

  /** Whether the table lets somebody through. An uploader sees only what they made; nothing here was. */
  function isAllowed(entry: Exclude<Entry, 'guest'>, who: string): boolean {
    if (entry.needs === 'open') return true
    const role = who.split(' ')[0] as Role
    if (!['admin', 'auditor', 'viewer', 'uploader'].includes(role)) return false
    if (!(allowed[entry.needs] as readonly Role[]).includes(role)) return false
    if (entry.of === 'owner') return role === 'admin' // who made everything here
    return entry.of === undefined || (!who.includes('another') && role !== 'uploader')
  }

  test('every page, handler and action of the build is in the table, and nothing else', async () => {
    const handlersBuilt: string[] = []
    for (const { path } of routes.filter((r) => r.kind === 'handler')) {
      const answer = await fetch(new URL(filled(path, things), baseURL), { method: 'OPTIONS' })
      const methods = (answer.headers.get('allow') ?? 'GET').split(', ')
      handlersBuilt.push(...methods.filter((m) => !['OPTIONS', 'HEAD'].includes(m)).map((m) => `${m} ${path}`))
    }
    const pagesBuilt = routes.filter((r) => r.kind === 'page' && isOwn(r.path)).map((r) => r.path)
    expect(pagesBuilt.sort()).toEqual(Object.keys(pages).sort())
    expect(handlersBuilt.sort()).toEqual(Object.keys(handlers).sort())
    expect([...new Set(builtActions.map(([, action]) => nameOf(action)))].sort()).toEqual(Object.keys(actions).sort())
  })

  test('pages open to whom the table names, and tell others nothing', async () => {
    for (const [path, entry] of Object.entries(pages)) {
      if (entry === 'guest') continue
      for (const [who, cookie] of people)
        for (const rsc of [false, true]) {
          const headers = rsc ? asRouter : {}
          const answer = await ask(filled(path, things), cookie, { headers })
          const what = `${path} for ${who}${rsc ? ' (RSC)' : ''}: ${answer.status} ${answer.location}`
          if (isAllowed(entry, who)) expect.soft(isRefused(answer), what).toBe(false)
          else {
            expect.soft(isRefused(answer), what).toBe(true)
            expectNothing(who, what, answer)
          }
        }
    }
  })

  test('handlers answer whom the table names, and change nothing for others', async () => {
    for (const [name, entry] of Object.entries(handlers)) {
      if (entry === 'guest') continue
      const [method = '', path = ''] = name.split(' ')
      const before = state(things, ids)
      for (const [who, cookie] of people) {
        if (isAllowed(entry, who) && method !== 'GET') continue // what those may change is tested where it is made
        const body = method === 'GET' ? {} : { body: '{}', headers: { 'Content-Type': 'application/json' } }
        const answer = await ask(filled(path, things), cookie, { method, ...body })
        const what = `${name} for ${who}: ${answer.status}`
        if (isAllowed(entry, who)) expect.soft([401, 403, 404], what).not.toContain(answer.status)
        else {
          expect.soft([401, 403, 404], what).toContain(answer.status)
          expectNothing(who, what, answer)
        }
      }
      expect.soft(state(things, ids), name).toBe(before)
    }
  })

  test('actions refuse whom the table does not name, and change nothing', async () => {
    for (const [id, action] of builtActions) {
      const entry = actions[nameOf(action)]
      if (!entry || entry === 'guest' || entry.needs === 'open') continue
      const page = pageOf(action, things)
      const before = state(things, ids)
      for (const [who, cookie] of people) {
        if (isAllowed(entry, who)) continue
        // Also to a page that anybody may open, so that it is the action that refuses.
        for (const target of ['/sign-in', page])
          for (const shape of shapes(things)) {
            const answer = await call({ id, page: target, shape }, cookie, things)
            expectNothing(who, `${nameOf(action)} for ${who} at ${target}`, answer)
          }
      }
      expect.soft(state(things, ids), nameOf(action)).toBe(before)
    }
  })

  test('the same calls do change something where they are allowed', async () => {
    for (const name of [
      'app/a/[audit]/actions.ts acceptFinding', // before it is moved to another environment
      'app/new/actions.ts saveName',
      'app/actions.ts deleteAuditAction',
    ]) {
      const [id = '', action] = builtActions.find(([, a]) => nameOf(a) === name) ?? []
      const before = state(things, ids)
      for (const shape of shapes(things))
        await call({ id, page: pageOf(action, things), shape }, people.get('admin') ?? null, things)
      expect.soft(state(things, ids), name).not.toBe(before)
    }
  })
})

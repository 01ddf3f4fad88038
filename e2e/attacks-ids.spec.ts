import { randomUUID } from 'node:crypto'
import type { APIRequestContext } from '@playwright/test'
import { ask, callAction, rows } from './attackers'
import { expect, sampleFile, test } from './fixtures'
import { newPerson, type Person, withDatabase } from './people'
import { stateFile } from './server'

// Somebody who may do everything in one environment puts ids of another one beside an own id. access.spec.ts asks for the foreign object
// itself; here the address names an own one, and only the second id is foreign.

const mark = 'QZSRV88'
const exported = sampleFile('munich/ex01-receive-connectors.txt').toString()
const text = exported.replaceAll('EX01', mark)

type Things = {
  readonly audit: string
  readonly env: string
  readonly upload: string
  readonly finding: string
  readonly share: string
  readonly risk: string
  readonly expectation: string
  readonly token: string
  readonly session: string
  readonly passkey: string
  readonly person: Person
}

async function analysed(request: APIRequestContext, environmentName: string, text: string) {
  const { id, environmentId } = await (await request.post('/api/drafts', { data: { environmentName } })).json()
  await request.put(`/api/drafts/${id}/uploads?name=receive.txt`, { data: text })
  await request.post(`/api/audits/${id}/start`)
  await expect
    .poll(async () => (await (await request.get(`/api/audits/${id}/status`)).json()).status, { timeout: 60_000 })
    .toBe('done')
  return { audit: String(id), env: String(environmentId) }
}

/** An environment with one of everything in it, and somebody whose it is. */
async function things(request: APIRequestContext, name: string, text: string): Promise<Things> {
  const { audit, env } = await analysed(request, name, text)
  const person = newPerson({ role: 'auditor', environments: [env] })
  const { findings } = await (await request.get(`/api/v1/audits/${audit}/findings`)).json()
  const link = await ask(`/api/v1/audits/${audit}/shares`, person.cookie, { method: 'POST', body: '{}' })
  const finding = String(findings[0].id)
  const page = { audit, finding, search: '', reason: 'because', until: new Date().toISOString().slice(0, 10) }
  await callAction('app/a/[audit]/actions.ts acceptFinding', page, person.cookie)
  const [expectation, token, passkey] = [randomUUID(), randomUUID(), `key-${randomUUID()}`]
  const now = new Date().toISOString().replace('Z', '+00:00')
  const later = new Date(Date.now() + 86_400_000).toISOString().replace('Z', '+00:00')
  const one = withDatabase((database) => {
    database
      .prepare(
        'insert into "Expectation" (id, environmentId, name, question, expected, createdAt) values (?,?,?,?,?,?)',
      )
      .run(expectation, env, 'Kept', 'from=203.0.113.7&rcpt=example.net', 'refused', now)
    database
      .prepare(
        'insert into "ApiToken" (id, name, hint, tokenHash, userId, scopes, createdAt, expiresAt) values (?,?,?,?,?,?,?,?)',
      )
      .run(token, 'Kept', 'pst_0000', randomUUID(), person.id, '["read"]', now, later)
    database
      .prepare(
        'insert into "Passkey" (id, userId, name, publicKey, counter, transports, createdAt) values (?,?,?,?,?,?,?)',
      )
      .run(passkey, person.id, 'Kept', Buffer.from('x'), 0, '[]', now)
    const first = (sql: string, value: string) => String((database.prepare(sql).get(value) as { id: string }).id)
    return {
      upload: first('select id from "Upload" where auditId = ?', audit),
      risk: first('select id from "AcceptedRisk" where environmentId = ? and revokedAt is null', env),
      session: first('select id from "Session" where userId = ?', person.id),
    }
  })
  return { audit, env, finding, share: JSON.parse(link.text).id, expectation, token, passkey, person, ...one }
}

/** Everything of somebody that a foreign id could reach. */
const state = ({ audit, env, person }: Things): string =>
  [
    rows('select * from "Audit" where environmentId = ? order by id', env),
    rows('select id, name, sha256, status from "Upload" where auditId = ? order by id', audit),
    rows('select id, endsAt, endedAt from "Share" where environmentId = ? order by id', env),
    rows('select * from "AcceptedRisk" where environmentId = ? order by id', env),
    rows('select * from "Expectation" where environmentId = ? order by id', env),
    rows('select id, revokedAt from "ApiToken" where userId = ? order by id', person.id),
    rows('select id, tokenHash from "Session" where userId = ? order by id', person.id),
    rows('select id, name from "Passkey" where userId = ? order by id', person.id),
  ].join('\n')

/** What an address of an own object answers when the second id is another one's. */
const looks = (own: Things, other: Things): string[] => [
  `/a/${own.audit}/findings/${other.finding}?from=/e/${other.env}`,
  `/e/${own.env}/compare?a=${own.audit}&b=${other.audit}`,
  `/e/${own.env}/compare?a=${other.audit}&b=${other.audit}`,
  `/e/${own.env}/expectations?audit=${other.audit}`,
  `/new?env=${other.env}`,
  `/?env=${other.env}`,
  `/new/${own.audit}/files/${other.upload}`,
  `/shares?share=${other.share}&audit=${other.audit}`,
  `/shares/preview/${own.audit}/comparison?other=${other.audit}`,
  `/shares/${other.share}/keys`,
  `/api/activity/export?format=jsonl&env=${other.env}&who=${other.person.id}`,
  `/api/activity/export?format=csv&env=${other.env}`,
  `/settings/activity?env=${other.env}&who=${other.person.id}`,
]

/** Every change that takes two ids, with an own one first. */
const changes = (own: Things, other: Things, cookie: string, draft: string) => {
  const action = (name: string, fields: Readonly<Record<string, string>>) => () => callAction(name, fields, cookie)
  const call = (method: string, at: string, body?: string) => () =>
    ask(at, cookie, body ? { method, body } : { method })
  const page = { audit: own.audit, finding: own.finding, search: '' }
  const form = (environment: string) => {
    const body = new FormData()
    body.set('environment', environment)
    body.set('file', new Blob([exported]), 'x.txt')
    return () => ask('/api/v1/audits', cookie, { method: 'POST', body })
  }
  const comparison = JSON.stringify({ target: { kind: 'comparison', other: other.audit } })
  return {
    'upload of another audit deleted': call('DELETE', `/api/drafts/${draft}/uploads/${other.upload}`),
    'upload of another audit replaced': call(
      'PUT',
      `/api/drafts/${draft}/uploads?name=x&replaces=${other.upload}`,
      'x',
    ),
    'draft moved there': call('PATCH', `/api/drafts/${draft}`, JSON.stringify({ environmentId: other.env })),
    'draft made there': call('POST', '/api/drafts', JSON.stringify({ environmentId: other.env })),
    'audit sent there': form(other.env),
    'compared with that one for a guest': call('POST', `/api/v1/audits/${own.audit}/shares`, comparison),
    'link ended': call('DELETE', `/api/v1/shares/${other.share}`),
    'file removed': action('app/new/actions.ts removeFile', { audit: draft, upload: other.upload }),
    'files split': action('app/new/actions.ts splitFiles', { audit: draft, older: other.upload, newer: other.upload }),
    'acceptance ended on a finding': action('app/a/[audit]/actions.ts endFindingAcceptance', {
      ...page,
      risk: other.risk,
    }),
    'acceptance ended': action('app/actions.ts endAcceptanceAction', { env: own.env, risk: other.risk }),
    'expectation dropped': action('app/e/[env]/expectations/actions.ts dropAction', {
      env: own.env,
      id: other.expectation,
    }),
    'token revoked': action('app/settings/tokens/actions.ts revokeTokenAction', { token: other.token }),
    'passkey removed': action('app/settings/profile/actions.ts removePasskeyAction', { passkey: other.passkey }),
    'link ended by its page': action('app/shares/actions.ts changeLink', { share: other.share, do: 'end', end: '14' }),
    'session ended': action('app/settings/profile/actions.ts endSessionAction', { session: other.session }),
  }
}

test.describe('an own id beside one of another environment', () => {
  test.describe.configure({ mode: 'default', timeout: 180_000 })
  let own: Things
  let other: Things
  let draft: string
  test.beforeAll(async ({ playwright, baseURL }) => {
    const request = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}), storageState: stateFile })
    own = await things(request, `Own ${randomUUID().slice(0, 8)}`, exported)
    other = await things(request, `Other ${randomUUID().slice(0, 8)}`, text)
    await request.dispose()
    const made = await ask('/api/drafts', own.person.cookie, { method: 'POST', body: `{"environmentId":"${own.env}"}` })
    draft = JSON.parse(made.text).id
  })

  test('shows nothing of the other', async () => {
    const { name } = JSON.parse(rows('select name from "Environment" where id = ?', other.env))[0]
    for (const at of looks(own, other))
      for (const headers of [{}, { RSC: '1' }]) {
        const { text: told } = await ask(at, own.person.cookie, { headers })
        for (const secret of [name, mark, other.person.email, other.session, other.risk, other.expectation])
          expect.soft(told.includes(secret), `${decodeURIComponent(at)} tells ${secret}`).toBe(false)
      }
  })

  test('changes nothing of the other', async () => {
    for (const [what, change] of Object.entries(changes(own, other, own.person.cookie, draft))) {
      const before = state(other)
      await change()
      expect.soft(state(other), what).toBe(before)
    }
  })

  test('the same calls with ids that belong together do', async () => {
    // Files of an analysed audit stay as they are, and what has ended once does not end again.
    const idle = /upload of|file|moved|^acceptance ended$|by its page/
    const calls = Object.entries(changes(other, other, other.person.cookie, other.audit))
    for (const [what, change] of calls.filter(([what]) => !idle.test(what))) {
      const before = state(other)
      const answer = await change()
      expect.soft(state(other), `${what} ${JSON.stringify(answer).slice(0, 200)}`).not.toBe(before)
    }
    const mine = newPerson({ role: 'auditor', environments: [own.env] }).cookie
    for (const name of ['a.txt', 'b.txt', 'c.txt'])
      await ask(`/api/drafts/${draft}/uploads?name=${name}`, mine, { method: 'PUT', body: name })
    const uploads = () => JSON.parse(rows('select id from "Upload" where auditId = ? order by id', draft))
    const [a, b, c] = uploads()
    await ask(`/api/drafts/${draft}/uploads/${a.id}`, mine, { method: 'DELETE' })
    await ask(`/api/drafts/${draft}/uploads?name=d.txt&replaces=${b.id}`, mine, { method: 'PUT', body: 'd' })
    await callAction('app/new/actions.ts removeFile', { audit: draft, upload: c.id }, mine)
    expect(uploads().filter(({ id }: { id: string }) => [a.id, b.id, c.id].includes(id))).toEqual([])
  })
})

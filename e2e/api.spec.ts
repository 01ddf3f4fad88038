import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, sampleFile, test } from './fixtures'
import { newApiToken, newPerson } from './people'
import { baseURL, stateFile } from './server'

/** The Cookie header of the admin. */
function session(): string {
  const { cookies } = JSON.parse(readFileSync(stateFile, 'utf8'))
  return cookies.map((c: { name: string; value: string }) => `${c.name}=${c.value}`).join('; ')
}

const curl = (...args: string[]) => curlAs(`Cookie: ${session()}`, ...args)

/** What curl prints: the head, an empty line, the body. */
function curlAs(who: string, ...args: string[]) {
  const text = execFileSync('curl', ['-sS', '-i', '-H', who, ...args], { encoding: 'utf8' })
  const [head = '', body = ''] = text.split(/\r\n\r\n(?!HTTP)/)
  const last = head.split(/\r\n\r\n/).at(-1) ?? ''
  return { status: Number(/^HTTP\/\S+ (\d+)/.exec(last)?.[1]), head: last, body: JSON.parse(body) }
}
const audits = `${baseURL}/api/v1/audits`

test('curl makes an audit from files, also from one that is larger than a proxy hands on', async ({
  request,
}, info) => {
  test.slow()
  const small = info.outputPath('receive.txt')
  writeFileSync(small, sampleFile('munich/ex01-receive-connectors.txt'))
  const large = info.outputPath('large.txt')
  const content = Buffer.alloc(30_000_000, 'not an export\n')
  writeFileSync(large, content)
  const { status, head, body } = curl(
    ...['-F', 'environment=By curl', '-F', `file=@${small}`, '-F', `file=@${large};filename=logs/large.txt`],
    ...['-F', 'name=Weekly', '-F', 'answer=mx=gateway', '-F', 'answer=nonsense', audits],
  )
  expect(status, JSON.stringify(body)).toBe(201)
  expect(head).toMatch(new RegExp(`location: ${body.links.self}\r`, 'i'))
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(body).toMatchObject({
    ...{ name: 'Weekly', status: 'queued', environment: { name: 'By curl' } },
    files: [{ name: 'receive.txt' }, { name: 'logs/large.txt', bytes: content.length, sha256 }],
    refused: [{ part: 'answer', name: 'nonsense', code: 'bad-request' }],
  })
  const state = async () => (await (await request.get(body.links.self)).json()).status
  await expect.poll(state, { timeout: 90_000 }).toBe('done')
  const { findings } = await (await request.get(body.links.findings)).json()
  expect(findings.length).toBeGreaterThan(0)
})

test('curl uploads with a token, which does nothing beyond its scope and its person', async ({ request }, info) => {
  const { environmentId: env } = await (
    await request.post('/api/drafts', { data: { environmentName: 'By token' } })
  ).json()
  const { environmentId: elsewhere } = await (
    await request.post('/api/drafts', { data: { environmentName: 'Not by token' } })
  ).json()
  const person = newPerson({ role: 'uploader', environments: [env] })
  const bearer = (value: string) => `Authorization: Bearer ${value}`
  const token = bearer(newApiToken(person, ['upload', 'read']))
  const file = info.outputPath('receive.txt')
  writeFileSync(file, sampleFile('munich/ex01-receive-connectors.txt'))
  const made = curlAs(token, '-F', `environment=${env}`, '-F', `file=@${file}`, audits)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { self, report, findings } = made.body.links
  const state = () => curlAs(token, `${baseURL}${self}`).body.status
  await expect.poll(state, { timeout: 90_000 }).toBe('done')
  expect(curlAs(token, `${baseURL}${self}`).body).not.toHaveProperty('counts')
  // The scope says read, but the person may only upload.
  for (const path of [report, findings]) expect(curlAs(token, `${baseURL}${path}`).status).toBe(403)
  // Another's environment is answered like one that is not there.
  const [refused, unknown] = [elsewhere, randomUUID()].map((id) =>
    curlAs(token, '-F', `environment=${id}`, '-F', `file=@${file}`, audits),
  )
  expect(['not-found', 'no-environment'], elsewhere).toContain(refused?.body.code)
  expect([refused?.status, refused?.body]).toEqual([unknown?.status, unknown?.body])
  const ended = bearer(newApiToken(person, ['upload'], -1000))
  for (const wrong of [ended, bearer(`pst_${'A'.repeat(43)}`)])
    expect(curlAs(wrong, '-F', `file=@${file}`, audits).status).toBe(401)
})

test('a wrong field is told at once, also before a large file', async ({ request }, info) => {
  const large = info.outputPath('large.txt')
  writeFileSync(large, Buffer.alloc(30_000_000, 'not an export\n'))
  const before = (await request.get('/api/ready')).status()
  const { status, body } = curl('-F', 'environment=Wrong', '-F', 'nmae=x', '-F', `file=@${large}`, audits)
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'bad-request' })
  expect((await request.get('/api/ready')).status()).toBe(before)
})

test('what is no form, and who is nobody, hears why in their language', async () => {
  const german = curl('-H', 'Accept-Language: de', '-d', '{}', audits)
  expect(german).toMatchObject({ status: 400, body: { code: 'bad-request', title: 'Ungültige Anfrage' } })
  expect(german.head).toMatch(/content-type: application\/problem\+json/i)
  const nobody = execFileSync('curl', ['-sS', '-F', 'file=x', audits], { encoding: 'utf8' })
  expect(JSON.parse(nobody)).toMatchObject({ status: 401, code: 'not-signed-in' })
  const token = ['-sS', '-H', 'Authorization: Bearer pst_wrong', '-F', 'file=x', audits]
  expect(JSON.parse(execFileSync('curl', token, { encoding: 'utf8' }))).toMatchObject({ status: 401 })
})

test('describes itself', async ({ request }) => {
  const answer = await request.get('/api/v1/openapi.json')
  expect(answer.status()).toBe(200)
  const { openapi, paths } = await answer.json()
  expect(openapi).toBe('3.1.1')
  expect(Object.keys(paths['/audits'])).toEqual(['post'])
  const german = await (await request.get('/api/v1/openapi.json?lang=de')).json()
  expect(german.paths['/audits'].post.summary).toContain('Legt eine Prüfung')
})

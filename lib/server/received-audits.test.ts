import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { apiSchemas } from './openapi-schemas'
import { receiveAudit } from './received-audits'
import { listUploads } from './sources'
import { testActor } from './testing/actors'
import { dialects, openTestServer, type TestServer } from './testing/databases'

type Parts = readonly (readonly [name: string, value: string, fileName?: string])[]

/** As bytes: the form itself as a body goes on sending after it has been refused, which newer versions of Node take for an error. */
async function requestOf(parts: Parts): Promise<Request> {
  const form = new FormData()
  for (const [name, value, fileName] of parts)
    if (fileName === undefined) form.append(name, value)
    else form.append(name, new Blob([value]), fileName)
  const sent = new Response(form)
  const headers = { 'Content-Type': sent.headers.get('content-type') ?? '' }
  return new Request('http://localhost/api/v1/audits', { method: 'POST', body: await sent.arrayBuffer(), headers })
}

const admin = testActor()

describe.each(dialects)('an audit in one request on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer(dialect)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    await server.client.environment.deleteMany()
  })
  afterEach(() => server.change({}))
  const receive = async (parts: Parts, actor = admin) => receiveAudit(await requestOf(parts), actor)
  const refusal = (parts: Parts, actor = admin) =>
    receive(parts, actor).then(
      () => 'taken',
      (e: { code: string }) => e.code,
    )
  const count = () => server.client.audit.count()

  it('has its environment, name, answers and files, and is analysed', async () => {
    const { audit, files, refused } = await receive([
      ['environment', 'Contoso'],
      ['file', 'one', 'ex01\\receive.txt'],
      ['file', 'two', '../../etc/passwd'],
      ['file', 'three', 'ex01/receive.txt'],
      ['name', 'Weekly'],
      ['answer', 'mx=gateway'],
      ['answer', 'mx:contoso.com=on-premises'],
    ])
    expect(audit).toMatchObject({ name: 'Weekly', status: 'queued', environmentName: 'Contoso' })
    expect(audit.answers).toEqual({ mx: 'gateway', 'mx:contoso.com': 'on-premises' })
    expect(files.map((f) => f.name)).toEqual(['ex01/receive.txt', '../../etc/passwd', 'ex01/receive (2).txt'])
    expect(refused).toEqual([])
    expect((await listUploads(audit.id)).length).toBe(3)
    expect(await server.client.audit.findUnique({ where: { id: audit.id } })).toMatchObject({ createdBy: admin.id })
  })

  it('stays a draft where that is asked for', async () => {
    const { audit } = await receive([
      ['environment', 'Contoso'],
      ['analyse', 'false'],
      ['file', 'x', 'a.txt'],
    ])
    expect(audit.status).toBe('draft')
    expect(apiSchemas.Audit.safeParse(JSON.parse(JSON.stringify(audit))).error).toBeUndefined()
  })

  it('keeps what is good beside a file and an answer that are not', async () => {
    server.change({ maxFileBytes: 1000 })
    const { files, refused } = await receive([
      ['environment', 'Contoso'],
      ['file', 'x'.repeat(200_000), 'big.txt'],
      ['file', 'small', 'small.txt'],
      ['answer', 'colour=blue'],
    ])
    expect(files.map((f) => f.name)).toEqual(['small.txt'])
    expect(refused.map((r) => [r.part, r.name, r.error.code])).toEqual([
      ['file', 'big.txt', 'too-large'],
      ['answer', 'colour=blue', 'bad-request'],
    ])
  })

  it('leaves nothing behind where it fails', async () => {
    server.change({ maxFileBytes: 1000 })
    const file = ['file', 'x', 'a.txt'] as const
    const first = ['environment', 'Contoso'] as const
    expect(await refusal([first])).toBe('no-body')
    expect(await refusal([first, ['file', 'x'.repeat(9000), 'big.txt']])).toBe('too-large')
    expect(await refusal([first, file, ['nmae', 'typing error']])).toBe('bad-request')
    expect(await refusal([first, file, ['analyse', 'perhaps']])).toBe('bad-request')
    expect(await refusal([first, file, ['environment', 'Fabrikam']])).toBe('bad-request')
    const body = (await (await requestOf([first, file])).text()).slice(0, -20)
    const headers = { 'Content-Type': `multipart/form-data; boundary=${body.slice(2, body.indexOf('\r'))}` }
    const cut = new Request('http://localhost/', { method: 'POST', body, headers })
    await expect(receiveAudit(cut, admin)).rejects.toMatchObject({ code: 'incomplete' })
    expect(await count()).toBe(0)
    expect(await server.client.upload.count()).toBe(0)
  })

  it('goes nowhere but where its sender may put it, and nowhere on the way', async () => {
    const own = await server.client.environment.create({ data: { name: 'Own' } })
    const other = await server.client.environment.create({ data: { name: 'Other' } })
    const uploader = testActor('uploader', { environments: new Set([own.id]) })
    const file = ['file', 'x', 'a.txt'] as const
    for (const wish of [other.id, 'Other', 'New'])
      expect(await refusal([['environment', wish], file], uploader)).toMatch(/not-found|no-environment/)
    expect(await count()).toBe(0)
    // One environment need not be named; among several it must be known before the first byte lies in one of them.
    expect((await receive([file], uploader)).audit.environmentId).toBe(own.id)
    expect(await refusal([file, ['environment', 'Own']])).toBe('bad-request')
    expect((await receive([['environment', own.id], file])).audit.environmentId).toBe(own.id)
    expect(await count()).toBe(2)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { AppError, errorCodes, refusals } from './errors'
import { action, json, readJson, route } from './http'

const params = z.object({ audit: z.string().regex(/^[a-z]+$/) })
const handler = route(params, 'open', async (request, { audit }) => {
  if (audit === 'refused') throw new AppError('too-large', { limit: 200 })
  if (audit === 'broken') throw new Error('secret detail')
  if (audit === 'body') return json(await readJson(request, z.object({ name: z.string() })))
  return json({ audit })
})

type Init = { method?: string; headers?: Record<string, string>; body?: string }
const call = (audit: string, { headers, ...init }: Init = {}) =>
  handler(new Request(`http://localhost:3000/api/x`, { ...init, headers: { host: 'localhost:3000', ...headers } }), {
    params: Promise.resolve({ audit }),
  })

describe('route', () => {
  afterEach(() => vi.restoreAllMocks())

  it('passes checked parameters on', async () => expect(await (await call('ok')).json()).toEqual({ audit: 'ok' }))
  it('takes parameters that do not fit for an unknown address', async () => expect((await call('1')).status).toBe(404))

  it.each(['localhost', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:1'])('answers as %s', async (host) =>
    expect((await call('ok', { headers: { host } })).status).toBe(200))
  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:3000',
    '',
  ])('does not answer as %j', async (host) => expect((await call('ok', { headers: { host } })).status).toBe(421))

  const write = (headers: Record<string, string>) => call('ok', { method: 'POST', headers })
  it.each([
    [{}],
    [{ origin: 'http://localhost:3000' }],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('accepts a write with %j', async (headers) => expect((await write(headers)).status).toBe(200))
  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://localhost:4000' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses a write with %j', async (headers) => expect((await write(headers)).status).toBe(403))

  it('says a refusal in the language of the reader', async () => {
    const answer = await call('refused', { headers: { 'accept-language': 'de-AT,de;q=0.9' } })
    expect(answer.status).toBe(413)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'too-large', title: 'Datei zu groß' })
    const english = await (
      await call('refused', { headers: { 'accept-language': 'de', cookie: 'a=1; locale=en' } })
    ).json()
    expect(english.detail).toBe('A file may have 200 MB. Split it, or raise POSTERN_MAX_FILE_BYTES.')
  })

  it('keeps the cause of a bug in the log and gives an id', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const answer = await call('broken')
    const body = await answer.text()
    expect(answer.status).toBe(500)
    expect(body).not.toContain('secret')
    const id = /under ([0-9a-f]{8})\./.exec(body)?.[1] ?? 'none'
    expect(String(log.mock.calls[0]?.[0])).toContain(id)
  })

  it.each(['{', '{"name":1}', '[]', ''])('refuses the body %j', async (body) =>
    expect((await call('body', { method: 'POST', body })).status).toBe(400))

  it('reads no more of a body than it may have, announced or not', async () => {
    let left = 50
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = left === 50 ? '{"name":"' : left === 0 ? '"}' : 'a'.repeat(10_000)
        controller.enqueue(new TextEncoder().encode(piece))
        if (left-- === 0) controller.close()
      },
    })
    const headers = { host: 'localhost:3000' }
    const init = { method: 'POST', headers, body, duplex: 'half' }
    const request = new Request('http://localhost:3000/api/x', init)
    const answer = await handler(request, { params: Promise.resolve({ audit: 'body' }) })
    expect([answer.status, left > 30]).toEqual([400, true])
  })
})

describe('refusals', () => {
  it('each code is in one file only', () => {
    const folder = new URL('./refusals/', import.meta.url)
    const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
    expect(texts.join('').match(/^ {4}status: /gm)).toHaveLength(errorCodes.length)
  })
  it.each(errorCodes)('%s has equal placeholders in both languages', (code) => {
    const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    expect(names(refusals[code].de.detail)).toEqual(names(refusals[code].en.detail))
  })
})

describe('action', () => {
  const send = action(z.object({ name: z.string().max(5) }), 'open', async ({ name }) => {
    if (name === 'bad') throw new AppError('bad-request', {}, {}, [{ field: 'name', message: 'taken' }])
    if (name === 'bug') throw new Error('a bug')
  })
  const form = (name: string) => {
    const fields = new FormData()
    fields.set('name', name)
    return fields
  }

  it('takes NUL out of what was typed', async () => {
    let got = ''
    const keep = action(z.object({ name: z.string() }), 'open', async ({ name }) => {
      got = name
    })
    await keep(form('a\0b'))
    expect(got).toBe('ab')
  })
  it('says nothing where all went well', async () => expect(await send(form('good'))).toBeNull())
  it('hands back what was wrong with what was typed', async () => {
    expect(await send(form('bad'))).toEqual({
      code: 'bad-request',
      fields: { name: 'taken' },
      typed: { name: 'bad' },
      params: {},
      sentence: 'The request could not be understood: ',
    })
    expect(await send(form('much too long'))).toMatchObject({ code: 'bad-request', fields: {} })
  })
  it('leaves bugs and redirects alone', async () => expect(send(form('bug'))).rejects.toThrow('a bug'))
})

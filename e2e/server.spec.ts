import { request as plainRequest } from 'node:http'
import { smallFiles } from '../scripts/hostile-files.mjs'
import { expect, test } from './fixtures'

/** A request as no browser and no fetch sends it: with a Host header of one's own. */
const asHost = (url: URL, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const options = { host: url.hostname, port: url.port, path: url.pathname, headers: { host } }
    plainRequest(options, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })

/** `megabytes` of nothing, of a length that is not announced. */
function unannounced(megabytes: number) {
  let left = megabytes
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(1_000_000))
      else controller.close()
    },
  })
}

test.describe('what the server refuses', () => {
  test('answers only under its own names', async ({ baseURL }) => {
    for (const path of ['/sign-in', '/api/health']) {
      const url = new URL(path, baseURL)
      expect(await asHost(url, 'rebound.example')).toBe(421)
      expect(await asHost(url, `localhost:${url.port}`)).toBe(200)
    }
  })

  test('takes no change from another site', async ({ request }) => {
    for (const headers of [{ Origin: 'https://elsewhere.example' }, { 'Sec-Fetch-Site': 'cross-site' }])
      expect((await request.post('/api/drafts', { headers, data: {} })).status()).toBe(403)
  })

  test('takes no file above the limit, announced or not, and says why in the language of the reader', async ({
    draft,
    baseURL,
    context,
    request,
  }) => {
    const id = await draft({})
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const headers = { 'Accept-Language': 'de', cookie }
    const where = `${baseURL}/api/drafts/${id}/uploads?name=big.txt`
    const bodies = [{ body: new Uint8Array(300_000_000) }, { body: unannounced(300), duplex: 'half' }]
    for (const body of bodies) {
      const answer = await fetch(where, { method: 'PUT', headers, ...body } as RequestInit)
      expect(answer.status).toBe(413)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(await answer.json()).toMatchObject({ code: 'too-large', title: 'Datei zu groß' })
    }
    expect((await (await request.get(`/api/drafts/${id}`)).json()).uploads).toEqual([])
  })

  test('knows no audit that is not there', async ({ request }) => {
    for (const path of ['/api/drafts/zzzzzz', '/api/audits/zzzzzz/status', '/api/v1/audits/..%2f..%2fetc/report'])
      expect((await request.get(path)).status()).toBe(404)
    expect((await request.post('/api/audits/zzzzzz/start')).status()).toBe(404)
  })
})

test.describe('headers', () => {
  test('every page has a policy with a nonce of its own, and nothing may frame it', async ({ request }) => {
    const nonces = new Set<string>()
    for (let n = 0; n < 2; n++) {
      const answer = await request.get('/')
      const policy = answer.headers()['content-security-policy'] ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe-eval')
      nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '')
      expect(answer.headers()).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      })
    }
    expect(nonces.size).toBe(2)
  })

  test('uploaded text is shown as text', async ({ audit, request }) => {
    const id = await audit({ 'page.html': '<script>alert(1)</script>\n' })
    const answer = await request.get(`/api/v1/audits/${id}/sources/s1/raw`)
    expect(await answer.text()).toContain('<script>alert(1)</script>')
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers()['content-security-policy']).toContain('sandbox')
  })
})

test('the language of the address holds for one page', async ({ page }) => {
  await page.goto('/?lang=de')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

test('hostile files get their notices while the rest is analysed', async ({ page, audit, request }) => {
  test.setTimeout(120_000)
  page.on('dialog', (dialog) => {
    throw new Error(`a script of an uploaded file ran: ${dialog.message()}`)
  })
  const files = Object.entries(smallFiles()).map(([name, content]) => [name, Buffer.from(content)])
  const id = await audit(Object.fromEntries(files))
  const report = await (await request.get(`/api/v1/audits/${id}/report`)).json()
  expect(report.inventory.receiveConnectors).toHaveLength(2)
  for (const part of ['', '/findings', '/files', '/map', '/coverage']) {
    await page.goto(`/a/${id}${part}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  expect((await request.get('/api/ready')).status()).toBe(200)
})

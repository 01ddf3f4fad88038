import type { APIResponse } from '@playwright/test'
import { expect, sampleFile, test } from './fixtures'

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex, nofollow',
}

/** What a policy must not allow, and an answer not leave open. */
function faults(path: string, answer: APIResponse): string[] {
  const headers = answer.headers()
  const policy = headers['content-security-policy'] ?? ''
  return [
    ...Object.entries(everywhere).flatMap(([key, value]) =>
      headers[key] === value ? [] : [`${key}: ${headers[key]}`],
    ),
    ...(policy.includes("default-src '") ? [] : ['no policy']),
    ...['unsafe-inline', 'unsafe-eval', 'unsafe-hashes', 'http:', 'https:', '*'].filter((p) => policy.includes(p)),
    ...(headers['cache-control']?.includes('no-store') ? [] : [`cache-control: ${headers['cache-control']}`]),
    ...(headers['referrer-policy'] === (path.startsWith('/s/') ? 'no-referrer' : 'same-origin') ? [] : ['referrer']),
    ...['x-powered-by', 'server'].filter((key) => headers[key] !== undefined),
  ].map((fault) => `${path} (${answer.status()}) ${fault}`)
}

/** Tags of a page that its policy would block: inline without a nonce, or a style attribute. */
const inline = (html: string): string[] =>
  (html.match(/<[a-z][^<>]*>/gi) ?? []).filter(
    (tag) => / style=/.test(tag) || / on[a-z]+=/.test(tag) || (/^<(script|style)\b/.test(tag) && !/ nonce="/.test(tag)),
  )

test('pages, files and the API: every answer carries the headers, and no page needs anything inline', async ({
  request,
  sample,
}) => {
  const { audit } = await (await request.get(`/api/drafts/${sample}`)).json()
  const report = await (await request.get(`/api/v1/audits/${sample}/report`)).json()
  const draft = await (await request.post('/api/drafts', { data: { environmentName: 'Fabrikam' } })).json()
  const a = `/a/${sample}`
  const pages = [
    ...['/', '/help', '/rules', `/rules/${report.findings[0].rule}`, '/collect', '/nowhere', '/s/nowhere'],
    ...[a, `${a}/findings`, `${a}/findings/${report.findings[0].id}`, `${a}/map`, `${a}/relay`, `${a}/coverage`],
    ...[`${a}/simulate?from=203.0.113.7&rcpt=example.net`, `${a}/files`, `${a}/files/s1`, '/a/zzzzzz'],
    ...[`/e/${audit.environmentId}`, '/e/nowhere', `/new/${draft.id}`, '/new/zzzzzz'],
  ]
  const files = [
    ...[`${a}/map/svg`, `${a}/relay/csv`, `/e/${audit.environmentId}/accepted`],
    ...['/api/health', '/api/nowhere', '/api/audits/zzzzzz/status', `/api/audits/${sample}/status`],
    ...[`/api/v1${a.replace('/a/', '/audits/')}/report`, `/api/v1/audits/${sample}/sources/s1/raw`],
  ]
  const heard: string[] = []
  for (const path of [...pages, ...files]) {
    const answer = await request.get(path)
    heard.push(...faults(path, answer))
    if (pages.includes(path)) heard.push(...inline(await answer.text()).map((tag) => `${path} ${tag.slice(0, 200)}`))
  }
  expect(heard).toEqual([])
})

test.describe('what somebody plants', () => {
  // A request that the policy stops counts as one, too.
  test.use({
    allowedMessages: [
      'violates the following Content Security Policy directive',
      'request to https://elsewhere.example',
    ],
  })
  test('inline scripts, styles and handlers do not run', async ({ page }) => {
    const planted = `<script>window.ran = 1</script>
      <style>#planted { color: rgb(1, 2, 3) }</style>
      <p id="planted" style="background-color: rgb(4, 5, 6)"><img src="data:," onerror="window.ran = 2" alt=""></p>
      <script src="data:text/javascript,window.ran=3"></script>
      <script src="https://elsewhere.example/x.js"></script>
      <base href="https://elsewhere.example/">`
    await page.route('/help', async (route) => {
      const answer = await route.fetch()
      const html = (await answer.text()).replace(/<script\b.*?<\/script>/gs, '') // React would take out what is not its own
      await route.fulfill({ response: answer, body: html.replace('</main>', `${planted}</main>`) })
    })
    const refused: string[] = []
    page.on('console', (message) => refused.push(message.text()))
    const ended: (string | undefined)[] = []
    page.on('requestfailed', (asked) => ended.push(asked.failure()?.errorText))
    await page.goto('/help', { waitUntil: 'networkidle' })
    const colours = await page
      .locator('#planted')
      .first()
      .evaluate((element) => {
        const { color, backgroundColor } = getComputedStyle(element)
        return [color, backgroundColor]
      })
    expect(colours).not.toContain('rgb(1, 2, 3)')
    expect(colours).not.toContain('rgb(4, 5, 6)')
    expect(await page.evaluate(() => [Reflect.get(window, 'ran'), document.baseURI])).toEqual([undefined, page.url()])
    expect(ended.filter((reason) => reason !== 'csp')).toEqual([])
    for (const directive of ['script-src', 'style-src', 'base-uri'])
      expect(refused.join('\n'), directive).toContain(directive)
  })
})

test('the charts are drawn without style attributes of their own', async ({ page, audit, request }) => {
  const name = 'munich/ex01-receive-connectors.txt'
  await audit({ [name]: sampleFile(name) })
  const id = await audit({ [name]: sampleFile(name) })
  const { audit: row } = await (await request.get(`/api/drafts/${id}`)).json()
  await page.goto(`/e/${row.environmentId}`)
  const bars = page.locator('.recharts-bar-rectangle path')
  await bars.first().scrollIntoViewIfNeeded()
  expect(await bars.count()).toBeGreaterThan(1)
  const box = await page.locator('.recharts-surface').first().boundingBox()
  expect(box?.width).toBeGreaterThan(200)
})

test('what only begins like a file has no way of its own', async ({ request }) => {
  for (const at of ['/icon.svgx', '/icon.svg/x'])
    expect((await request.get(at, { headers: { host: 'rebound.example' } })).status(), at).toBe(421)
  expect((await request.get('/_next/image?url=%2Ficon.svg&w=64&q=75')).status()).toBe(404)
})

test('what cannot be decoded is no address', async ({ request, sample }) => {
  for (const path of ['/a/x%00', '/api/v1/audits/x%00y', '/s/%00', `/a/${sample}/findings/%E0%A4%A`, '/s/x/%E0%A4%A']) {
    const answer = await request.get(path)
    expect([answer.status(), answer.headers()['cache-control']], path).toEqual([400, 'no-store'])
  }
})

test('a page elsewhere makes no drafts here', async ({ request }) => {
  const headers = { 'sec-fetch-site': 'cross-site' }
  const answer = await request.get('/new', { headers, maxRedirects: 0 })
  expect([answer.status(), answer.headers().location]).toEqual([307, '/'])
  const own = await request.get('/new', { maxRedirects: 0 })
  expect(own.headers().location).toMatch(/^\/new\/[0-9a-z]{6}$/)
})

test('a page that is fetched ahead passes the same door', async ({ request }) => {
  const ahead = { rsc: '1', 'next-router-prefetch': '1' }
  const answer = await request.get('/', { headers: { ...ahead, host: 'rebound.example' } })
  expect(answer.status()).toBe(421)
})

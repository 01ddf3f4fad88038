import { gzipSync } from 'node:zlib'
import type { APIRequestContext, Page } from '@playwright/test'
import { expect, test } from './fixtures'

// KiB after gzip. A bare start page of the framework is about 135.
const budgets = { rules: 190, standard: 240, map: 320, styles: 35 }

/** Addresses in the HTML of a page: what the browser fetches before anybody has clicked. Polyfills for old browsers are not among it. */
async function filesOf(request: APIRequestContext, path: string): Promise<{ scripts: string[]; styles: string[] }> {
  const answer = await request.get(path)
  expect(answer.status(), path).toBe(200)
  const html = await answer.text()
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? []
  const scripts = tags.filter((tag) => tag.startsWith('<script') && !/\bnomodule\b/i.test(tag))
  const styles = tags.filter((tag) => /rel="stylesheet"/.test(tag))
  const addresses = (of: string[], attribute: string) => [
    ...new Set(of.flatMap((tag) => new RegExp(`${attribute}="([^"]+)"`).exec(tag)?.[1] ?? [])),
  ]
  return { scripts: addresses(scripts, ' src'), styles: addresses(styles, ' href') }
}

async function contents(request: APIRequestContext, addresses: readonly string[]): Promise<Buffer[]> {
  return Promise.all(addresses.map(async (address) => (await request.get(address)).body()))
}

const kibibytes = (files: readonly Buffer[]): number =>
  files.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1024

/** Every script that a page loads in time, also what is fetched late. */
async function allScripts(page: Page, path: string): Promise<Buffer[]> {
  const bodies: Promise<Buffer>[] = []
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script' && answer.ok()) bodies.push(answer.body())
  })
  await page.goto(path, { waitUntil: 'networkidle' })
  return Promise.all(bodies)
}

const chart = (script: Buffer) => script.includes('recharts')

test('pages stay within their budgets of scripts and styles', async ({ request, sample }, info) => {
  const { audit } = await (await request.get(`/api/drafts/${sample}`)).json()
  const report = await (await request.get(`/api/v1/audits/${sample}/report`)).json()
  const draft = await (await request.post('/api/drafts', { data: { environmentName: 'Fabrikam' } })).json()
  const pages: [string, number][] = [
    [`/a/${sample}`, budgets.standard],
    [`/a/${sample}/findings`, budgets.standard],
    [`/a/${sample}/findings/${report.findings[0].id}`, budgets.standard],
    [`/a/${sample}/simulate?from=203.0.113.7&rcpt=example.net`, budgets.standard],
    [`/a/${sample}/relay`, budgets.standard],
    [`/a/${sample}/coverage`, budgets.standard],
    [`/a/${sample}/files`, budgets.standard],
    [`/e/${audit.environmentId}`, budgets.standard],
    [`/new/${draft.id}`, budgets.standard],
    [`/a/${sample}/map`, budgets.map],
    ['/rules', budgets.rules],
    [`/rules/${report.findings[0].rule}`, budgets.rules],
  ]
  for (const [path, budget] of pages) {
    const { scripts, styles } = await filesOf(request, path)
    expect(scripts.length, path).toBeGreaterThan(0)
    expect(styles.length, path).toBeGreaterThan(0)
    const loaded = await contents(request, scripts)
    const weight = { path, scripts: kibibytes(loaded), styles: kibibytes(await contents(request, styles)) }
    info.annotations.push({ type: 'weight', description: JSON.stringify(weight) })
    expect(weight.scripts, path).toBeLessThanOrEqual(budget)
    expect(weight.styles, path).toBeLessThanOrEqual(budgets.styles)
    expect(loaded.some(chart), `chart in ${path}`).toBe(false)
  }
})

test('the library for charts comes with the page of an environment, late, and with no other', async ({
  page,
  request,
  audit,
}) => {
  const text = (name: string) => `Name : ${name}\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.5}\n`
  const first = await audit({ 'receive.txt': text('Relay') })
  const { environmentId } = (await (await request.get(`/api/drafts/${first}`)).json()).audit
  const second = await (await request.post('/api/drafts', { data: { environmentId } })).json()
  await request.put(`/api/drafts/${second.id}/uploads?name=receive.txt`, { data: Buffer.from(text('Relay')) })
  await request.post(`/api/audits/${second.id}/start`)
  await expect
    .poll(async () => (await (await request.get(`/api/audits/${second.id}/status`)).json()).status, { timeout: 30_000 })
    .toBe('done')
  const environment = await allScripts(page, `/e/${environmentId}`)
  expect(environment.some(chart)).toBe(true)
  for (const path of ['/', `/a/${first}`, `/a/${first}/findings`, `/a/${first}/map`, '/rules', `/new/${second.id}`]) {
    const tab = await page.context().newPage()
    expect((await allScripts(tab, path)).some(chart), path).toBe(false)
    await tab.close()
  }
})

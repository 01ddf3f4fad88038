import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Page, request as requests } from '@playwright/test'
import { claimServer } from '../scripts/first-admin.mjs'
import { probePort, serve, whenReady } from '../scripts/serve.mjs'
import { test as base, expect } from './fixtures'
import { type Link, share } from './guests'

// Over plain HTTP and another name than localhost browsers do not say where a request comes from (Sec-Fetch-Site), so these tests need a
// server with such a name, and a browser that finds it.

const name = 'postern.test'
type Plain = {
  readonly url: string
  readonly locked: Link
  readonly open: Link
  readonly openings: (link: Link) => Promise<number>
}

/** A server of its own, reached over plain HTTP by a name, and two links of it: one with a password. */
const test = base.extend<object, { plain: Plain }>({
  plain: [
    async ({ browser: _ }, use) => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'postern-http-'))
      const port = await probePort(0)
      const child = serve(port, { PORT: String(port), DATA_DIR: dataDir, POSTERN_ALLOWED_HOSTS: name }, 'ignore')
      if (!(await whenReady(child, port))) throw new Error('the server did not start')
      const baseURL = `http://127.0.0.1:${port}`
      const cookie = await claimServer(baseURL, dataDir)
      const api = await requests.newContext({ baseURL, extraHTTPHeaders: { cookie } })
      const { id } = await (await api.post('/api/samples')).json()
      const status = async () => (await (await api.get(`/api/audits/${id}/status`)).json()).status
      await expect.poll(status, { timeout: 120_000 }).toBe('done')
      const locked = await share(api, id, { password: 'long enough' })
      const open = await share(api, id)
      const openings = async (link: Link): Promise<number> => {
        const { shares } = await (await api.get(`/api/v1/audits/${id}/shares`)).json()
        return shares.find((row: { id: string }) => row.id === link.id).opens
      }
      await use({ url: `http://${name}:${port}`, locked, open, openings })
      await api.dispose()
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      rmSync(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})

/** A page of a browser that finds the name on this machine. */
async function withPlainPage(javaScriptEnabled: boolean, work: (page: Page) => Promise<void>): Promise<void> {
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {}
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...args, `--host-resolver-rules=MAP ${name} 127.0.0.1`],
  })
  try {
    await work(await (await browser.newContext({ javaScriptEnabled, locale: 'en-GB' })).newPage())
  } finally {
    await browser.close()
  }
}

test('the forms of guests work without scripts over plain HTTP', async ({ plain }) => {
  test.slow()
  await withPlainPage(false, async (page) => {
    await page.goto(plain.url + plain.locked.path)
    const asked = page.waitForRequest((request) => request.method() === 'POST')
    await page.getByLabel('Password').fill('not it at all')
    await page.getByRole('button', { name: 'Open' }).click()
    // What the test is about: the browser does not say where the form comes from.
    const { origin, 'sec-fetch-site': site } = await (await asked).allHeaders()
    expect({ origin, site }).toEqual({ origin: 'null', site: undefined })
    await expect(page.getByRole('alert')).toContainText('This is not the password')
    await page.getByRole('button', { name: 'Display' }).click()
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    expect(await plain.openings(plain.locked)).toBe(0)
    await page.getByLabel('Kennwort').fill('long enough')
    await page.getByRole('button', { name: 'Öffnen' }).click()
    await expect(page.getByText('Namen ersetzt')).toBeVisible()
    expect(await plain.openings(plain.locked)).toBe(1)
  })
})

test('openings are counted over plain HTTP, once a page has been looked at', async ({ plain }) => {
  await withPlainPage(true, async (page) => {
    const told = page.waitForResponse((answer) => answer.url().endsWith('/opened'))
    await page.goto(plain.url + plain.open.path)
    expect((await told).status()).toBe(204)
    expect(await plain.openings(plain.open)).toBe(1)
  })
})

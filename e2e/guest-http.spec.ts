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
type Plain = { readonly url: string; readonly link: Link; readonly openings: () => Promise<number> }

/** A server of its own, reached over plain HTTP by a name, and a link of it with a password. */
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
      const link = await share(api, id, { password: 'long enough' })
      const openings = async () => (await (await api.get(`/api/v1/audits/${id}/shares`)).json()).shares[0].opens
      await use({ url: `http://${name}:${port}`, link, openings })
      await api.dispose()
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      rmSync(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})

/** A page of a browser without scripts that finds the name on this machine. */
async function withPlainPage(work: (page: Page) => Promise<void>): Promise<void> {
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {}
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...args, `--host-resolver-rules=MAP ${name} 127.0.0.1`],
  })
  try {
    await work(await (await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' })).newPage())
  } finally {
    await browser.close()
  }
}

test('the forms of guests work without scripts over plain HTTP', async ({ plain }) => {
  test.slow()
  await withPlainPage(async (page) => {
    await page.goto(plain.url + plain.link.path)
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
    expect(await plain.openings()).toBe(0)
    await page.getByLabel('Kennwort').fill('long enough')
    await page.getByRole('button', { name: 'Öffnen' }).click()
    await expect(page.getByText('Namen ersetzt')).toBeVisible()
    expect(await plain.openings()).toBe(1)
  })
})

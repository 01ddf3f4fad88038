import { readFileSync } from 'node:fs'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type APIRequestContext, test as base, expect, type Page } from '@playwright/test'
import { stateFile } from './server'

export { expect }

/** What a page said that it should not have: errors on the console, broken requests, requests to another origin. */
function watch(page: Page, origin: string): string[] {
  const heard: string[] = []
  page.on('console', (m) => {
    // The developers' overlay of `next dev` styles itself without a nonce; the built app has no such script.
    if (m.location().url.includes('next-devtools')) return
    // axe parses style sheets in a document of its own, which inherits the page's policy; its script has no address.
    if (m.location().url === '' && m.text().startsWith('Applying inline style')) return
    if (m.type() === 'error' || /Content Security Policy/i.test(m.text())) heard.push(`console: ${m.text()}`)
  })
  page.on('pageerror', (error) => heard.push(`page error: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (/^https?:$/.test(url.protocol) && url.origin !== origin) heard.push(`request to ${url.origin}`)
  })
  return heard
}

async function analysed(request: APIRequestContext, id: string): Promise<string> {
  await expect
    .poll(async () => (await (await request.get(`/api/audits/${id}/status`)).json()).status, { timeout: 60_000 })
    .toBe('done')
  return id
}

/** What every page must be fit for. */
export const looks = [
  { theme: 'light', locale: 'en' },
  { theme: 'dark', locale: 'de' },
  { theme: 'light', locale: 'de' },
  { theme: 'dark', locale: 'en' },
] as const
export type Look = (typeof looks)[number]

type Fixtures = {
  /** Shows the pages that follow in these colours and this language. */
  wear: (look: Look) => Promise<void>
  /** Makes a draft, uploads files (display name → content) and returns its id. */
  draft: (files: Readonly<Record<string, string | Buffer>>) => Promise<string>
  /** The same, analysed. */
  audit: (files: Readonly<Record<string, string | Buffer>>) => Promise<string>
  /** WCAG 2.2 AA violations of the page as it stands, one line each. */
  axe: () => Promise<string[]>
  /** Messages that a test expects on the console, as parts of them: a 404 page is an error there. */
  allowedMessages: string[]
}
type WorkerFixtures = {
  /** Id of the analysed sample audit; one for all tests of a worker, so don't change it. */
  sample: string
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * WCAG 2.2 AA violations of a page as it stands, one line each. Frames that run no scripts are left out: timers of axe do not fire there,
 * so that it may wait for ever. What they show has to be looked at as a page of its own.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag).exclude('iframe[sandbox]').analyze()
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} – ${n.failureSummary}`))
}

/** The test to use in every spec: it also fails when the page complains on the console or asks another origin for anything. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  allowedMessages: [[], { option: true }],
  page: async ({ page, baseURL, allowedMessages }, use) => {
    const heard = watch(page, new URL(baseURL ?? '').origin)
    await use(page)
    expect(heard.filter((line) => !allowedMessages.some((part) => line.includes(part)))).toEqual([])
  },
  wear: async ({ context, baseURL }, use) => {
    const url = baseURL ?? ''
    await use(({ theme, locale }) =>
      context.addCookies([
        { name: 'theme', value: theme, url },
        { name: 'locale', value: locale, url },
      ]),
    )
  },
  draft: async ({ request }, use) => {
    await use(async (files) => {
      const created = await request.post('/api/drafts', { data: { environmentName: 'Fabrikam' } })
      const { id } = await created.json()
      for (const [name, content] of Object.entries(files)) {
        const answer = await request.put(`/api/drafts/${id}/uploads?name=${encodeURIComponent(name)}`, {
          data: Buffer.from(content),
          headers: { 'Content-Type': 'application/octet-stream' },
        })
        expect(answer.status(), await answer.text()).toBe(201)
      }
      return id
    })
  },
  audit: async ({ request, draft }, use) => {
    await use(async (files) => {
      const id = await draft(files)
      expect((await request.post(`/api/audits/${id}/start`)).status()).toBe(202)
      return analysed(request, id)
    })
  },
  axe: async ({ page }, use) => {
    await use(() => axeFaults(page))
  },
  sample: [
    async ({ playwright }, use, info) => {
      const { baseURL } = info.project.use
      const request = await playwright.request.newContext({ storageState: stateFile, ...(baseURL ? { baseURL } : {}) })
      const { id } = await (await request.post('/api/samples')).json()
      await use(await analysed(request, id))
      await request.dispose()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

/** Bytes of a file of the sample organisation. */
export const sampleFile = (name: string): Buffer =>
  readFileSync(path.join(import.meta.dirname, '../samples/contoso', name))

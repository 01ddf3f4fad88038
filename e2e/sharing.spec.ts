import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { axeFaults, expect, looks, test } from './fixtures'
import { guestBrowser, guestRequests, share } from './guests'
import { newPerson } from './people'
import { baseURL } from './server'

// The preview runs no script, and the browser says so for each one that it leaves out.
test.use({ allowedMessages: ['Blocked script execution'] })

type Kind = 'finding' | 'findings' | 'map' | 'comparison' | 'audit'

async function worstOf(request: APIRequestContext, audit: string): Promise<string> {
  const { findings } = await (await request.get(`/api/v1/audits/${audit}/report`)).json()
  return findings.find((f: { absorbedBy: string | null }) => f.absorbedBy === null).id
}

const environmentOf = async (request: APIRequestContext, audit: string): Promise<string> =>
  (await (await request.get(`/api/v1/audits/${audit}`)).json()).environmentId

/** What stands in the main part of a page, as one line. */
const mainText = async (page: Page): Promise<string> =>
  ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ').trim()

/** The main part that somebody gets who follows an address without scripts. */
async function readAt(context: Awaited<ReturnType<Browser['newContext']>>, url: string): Promise<string> {
  const page = await context.newPage()
  await page.goto(url)
  const text = await mainText(page)
  await context.close()
  return text
}

/** Another browser of the one who is signed in on this page, without scripts. */
const withoutScripts = async (browser: Browser, page: Page) =>
  browser.newContext({ baseURL, javaScriptEnabled: false, storageState: await page.context().storageState() })

const previewOf = async (page: Page): Promise<string> => (await page.locator('iframe').getAttribute('src')) ?? ''

const linkOn = async (page: Page): Promise<string> => {
  await expect(page.getByRole('heading', { name: /link is ready/ })).toBeFocused()
  return (await page.locator('pre code').first().textContent()) ?? ''
}

const rowOf = (page: Page, note: string) => page.getByRole('row', { name: note })
let notes = 0
const newNote = (): string => `Guest ${test.info().workerIndex}-${Date.now()}-${notes++}`

/** Opens the share page, and makes a link with what is chosen there. */
async function make(page: Page, note: string): Promise<string> {
  await page.getByLabel('For whom').fill(note)
  await page.getByRole('button', { name: 'Create link' }).click()
  return linkOn(page)
}

test.describe('a link is made where one looks at what it shows', () => {
  const views: Readonly<Record<Kind, string>> = {
    finding: 'This finding',
    findings: 'The filtered list',
    map: 'The map',
    comparison: 'The comparison',
    audit: 'The whole audit',
  }
  for (const [kind, name] of Object.entries(views))
    test(`${kind}: the preview is what the guest gets`, async ({ page, request, sample, browser }) => {
      const env = await environmentOf(request, sample)
      const other = kind === 'comparison' ? (await (await request.post('/api/samples')).json()).id : ''
      const address = {
        finding: `/a/${sample}/findings/${encodeURIComponent(await worstOf(request, sample))}`,
        findings: `/a/${sample}/findings?sev=critical,high`,
        map: `/a/${sample}/map?view=table`,
        comparison: `/e/${env}/compare?a=${other}&b=${sample}`,
        audit: `/a/${sample}`,
      }[kind as Kind]
      if (other)
        await expect
          .poll(async () => (await (await request.get(`/api/audits/${other}/status`)).json()).status, {
            timeout: 60_000,
          })
          .toBe('done')
      await page.goto(address)
      await page.getByRole('link', { name: 'Share', exact: true }).click()
      await expect(page.getByRole('radio', { name })).toBeChecked()
      await expect(page.getByRole('radio', { name: 'Pseudonyms' })).toBeChecked()
      const preview = await readAt(await withoutScripts(browser, page), await previewOf(page))
      const link = await make(page, newNote())
      const guest = await readAt(await guestBrowser(browser, { javaScriptEnabled: false }), link)
      expect(guest.length).toBeGreaterThan(200)
      expect(guest).toContain('names replaced')
      expect(guest).toBe(preview)
    })
})

test('Share is on every page of an audit, also on a phone, and not where links are made', async ({ page, sample }) => {
  const button = page.getByRole('link', { name: 'Share', exact: true })
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 740 })
    for (const at of ['/files', '/coverage', '/relay']) {
      await page.goto(`/a/${sample}${at}`)
      await expect(button).toBeInViewport({ ratio: 1 })
      await expect(button).toHaveAttribute('href', `/a/${sample}/share?what=audit`)
    }
    // The bar stays when the browser goes from page to page, and follows it.
    await page.goto(`/a/${sample}/findings?sev=critical`)
    await expect(button).toHaveAttribute('href', `/a/${sample}/share?what=findings&list=sev%3Dcritical`)
    await page.locator('main a[href*="/findings/"]').first().click()
    await expect(button).toHaveAttribute('href', /what=finding&finding=[^&]+&list=/)
  }
  await page.goto(`/a/${sample}/share`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(button).toHaveCount(0)
  await page.goto('/rules')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(button).toHaveCount(0)
})

test('choices are seen at once in the preview and in the address', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/share`)
  const before = await previewOf(page)
  await page.getByRole('radio', { name: 'Summary' }).check()
  await expect(page).toHaveURL(/level=summary/)
  await expect(page.locator('iframe')).not.toHaveAttribute('src', before)
  await expect(page.getByRole('checkbox', { name: 'How to fix it' })).toHaveCount(0)
  await page.getByRole('radio', { name: 'The map' }).check()
  await expect(page.getByRole('radio', { name: 'Pseudonyms' })).toBeChecked()
  await page.locator('#choices').getByLabel('Ends').selectOption('date')
  await page.getByLabel('Last day').fill('2020-01-01')
  await page.getByRole('button', { name: 'Create link' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'A link ends in the future' })).toBeFocused()
})

test('full names need a password, which no address and no mail text holds', async ({ page, sample, browser }) => {
  await page.goto(`/a/${sample}/share`)
  await page.getByRole('radio', { name: 'Full names' }).check()
  const password = await page.getByLabel('Password', { exact: true }).inputValue()
  expect(password).toMatch(/^([a-z]+-){4}\d\d$/)
  const url = await make(page, newNote())
  const mail = page.locator('section[aria-labelledby=share-made] details p')
  for (const text of await mail.allTextContents()) {
    expect(text).toContain(url)
    expect(text).not.toContain(password)
  }
  await expect(mail).toHaveCount(2)
  await expect(page.locator('pre code').nth(1)).toHaveText(password)
  expect(page.url()).not.toContain(password)
  const context = await guestBrowser(browser)
  const guest = await context.newPage()
  await guest.goto(url)
  await guest.getByLabel('Password').fill(password)
  await guest.getByRole('button', { name: 'Open' }).click()
  await expect(guest.getByText('full names')).toBeVisible()
  await context.close()
})

test('ended in one browser, gone in another with its next click', async ({ page, sample, browser }) => {
  await page.goto(`/a/${sample}/share?what=findings`)
  const note = newNote()
  const url = await make(page, note)
  const context = await guestBrowser(browser)
  const guest = await context.newPage()
  await guest.goto(url)
  await page.goto('/shares')
  await rowOf(page, note).getByText('End now', { exact: true }).click()
  await rowOf(page, note).getByRole('button', { name: 'End link now' }).click()
  await expect(page.getByText('The link has ended.')).toBeFocused()
  await expect(rowOf(page, note)).toHaveCount(0)
  await guest.locator('main a[href*="/findings/"]').first().click()
  await expect(guest.getByRole('heading', { name: 'This link is not active' })).toBeVisible()
  await context.close()
  await page.getByRole('link', { name: /^Ended/ }).click()
  await expect(rowOf(page, note)).toContainText('Ended')
})

test('a renewed link has another address, and the old one is dead', async ({ page, sample, playwright }) => {
  await page.goto(`/a/${sample}/share`)
  const note = newNote()
  const before = await make(page, note)
  await rowOf(page, note).getByText('Renew', { exact: true }).click()
  await rowOf(page, note).getByRole('button', { name: 'Renew link' }).click()
  await expect(page.getByRole('heading', { name: 'The new link is ready' })).toBeFocused()
  const after = await page.locator('section', { hasText: 'The new link is ready' }).locator('pre code').last()
  const guest = await guestRequests(playwright)
  expect((await guest.get((await after.textContent()) ?? '')).status()).toBe(200)
  expect((await guest.get(before)).status()).toBe(404)
})

test('works without scripts', async ({ page, sample, browser, playwright }) => {
  const context = await withoutScripts(browser, page)
  const plain = await context.newPage()
  await plain.goto(`/a/${sample}/share`)
  await plain.getByRole('radio', { name: 'Summary' }).check()
  await plain.getByRole('button', { name: 'Update preview' }).click()
  await expect(plain.getByRole('radio', { name: 'Summary' })).toBeChecked()
  const note = newNote()
  await plain.getByLabel('For whom').fill(note)
  await plain.getByRole('checkbox', { name: 'Protect with a password' }).check()
  await plain.getByLabel('Password', { exact: true }).fill('short')
  await plain.getByRole('button', { name: 'Create link' }).click()
  await expect(plain.getByRole('alert')).toContainText('at least 8 characters')
  await expect(plain.getByLabel('For whom')).toHaveValue(note)
  await plain.getByRole('button', { name: 'Create link' }).click()
  const url = (await plain.locator('pre code').first().textContent()) ?? ''
  const guest = await guestRequests(playwright)
  expect(await (await guest.get(url)).text()).toContain('numbers only')
  await rowOf(plain, note).getByText('End now', { exact: true }).click()
  await rowOf(plain, note).getByRole('button', { name: 'End link now' }).click()
  await expect(plain.getByText('The link has ended.')).toBeVisible()
  expect((await guest.get(url)).status()).toBe(404)
  await context.close()
})

test('links end with the account of whoever made them, unless somebody keeps them', async ({
  page,
  request,
  sample,
  browser,
  playwright,
}) => {
  const env = await environmentOf(request, sample)
  const guest = await guestRequests(playwright)
  /** Deactivates an auditor who has made a link, and says what a guest gets then. */
  const afterwards = async (to: Page, choose: () => Promise<void>): Promise<number> => {
    const auditor = newPerson({ role: 'auditor', environments: [env] })
    const theirs = await playwright.request.newContext({
      ...{ baseURL, storageState: { cookies: [], origins: [] }, extraHTTPHeaders: { cookie: auditor.cookie } },
    })
    const { path } = await share(theirs, sample)
    await theirs.dispose()
    await to.goto(`/settings/people/${auditor.id}`)
    await expect(to.getByText(/^Open now: 1 in /)).toHaveCount(2)
    await choose()
    await to.getByRole('button', { name: 'Deactivate The auditor' }).click()
    await expect(to.getByRole('button', { name: 'Reactivate The auditor' })).toBeVisible()
    return (await guest.get(path)).status()
  }
  const box = (of: Page) => of.getByRole('checkbox', { name: 'End the link for guests that The auditor made' })
  expect(await afterwards(page, () => expect(box(page)).toBeChecked())).toBe(404)
  expect(await afterwards(page, () => box(page).uncheck())).toBe(200)
  const context = await withoutScripts(browser, page)
  const plain = await context.newPage()
  expect(await afterwards(plain, () => expect(box(plain)).toBeChecked())).toBe(404)
  await context.close()
  await page.goto('/settings/activity?action=share-ended')
  await expect(page.getByRole('row', { name: /Share ended/ }).first()).toContainText('Ada Admin')
})

test.describe('who may share', () => {
  const asPerson = (browser: Browser, cookie: string) =>
    browser.newContext({ baseURL, storageState: { cookies: [], origins: [] }, extraHTTPHeaders: { cookie } })

  test('a viewer has no button, and is told so at the address', async ({ request, sample, browser }) => {
    const env = await environmentOf(request, sample)
    const { cookie } = newPerson({ role: 'viewer', environments: [env] })
    const context = await asPerson(browser, cookie)
    const page = await context.newPage()
    const finding = encodeURIComponent(await worstOf(request, sample))
    for (const at of ['', '/findings', `/findings/${finding}`, '/map', '/coverage', '/relay', '/files']) {
      expect((await page.goto(`/a/${sample}${at}`))?.status()).toBe(200)
      await expect(page.getByRole('link', { name: 'Share', exact: true })).toHaveCount(0)
    }
    for (const at of [`/a/${sample}/share`, `/shares/preview/${sample}/d2hhdD1hdWRpdA`, '/shares'])
      expect((await page.goto(at))?.status(), at).toBe(403)
    await context.close()
  })

  test('an auditor of another environment finds nothing', async ({ request, sample, browser }) => {
    const { environmentId } = await (
      await request.post('/api/drafts', { data: { environmentName: 'Elsewhere' } })
    ).json()
    const { cookie } = newPerson({ role: 'auditor', environments: [environmentId] })
    const { id } = await share(request, sample)
    const context = await asPerson(browser, cookie)
    const page = await context.newPage()
    for (const at of [`/a/${sample}/share`, `/shares/preview/${sample}/d2hhdD1hdWRpdA`, `/shares/${id}/keys`])
      expect((await page.goto(at))?.status(), at).toBe(404)
    await page.goto('/shares')
    await expect(page.getByText('No link is open')).not.toHaveCount(0)
    await context.close()
  })

  test('auditors see the links of their environments, and end only their own', async ({ request, sample, browser }) => {
    const env = await environmentOf(request, sample)
    const note = newNote()
    const { id } = await share(request, sample, { note })
    const { cookie } = newPerson({ role: 'auditor', environments: [env] })
    const context = await asPerson(browser, cookie)
    const page = await context.newPage()
    await page.goto('/shares')
    await expect(rowOf(page, note)).toBeVisible()
    await expect(rowOf(page, note).getByText('End now', { exact: true })).toHaveCount(0)
    expect((await page.goto(`/shares/${id}/keys`))?.status()).toBe(404)
    await page.goto(`/a/${sample}/share`)
    const own = newNote()
    await make(page, own)
    await expect(rowOf(page, own).getByText('End now', { exact: true })).toBeVisible()
    await context.close()
  })

  test('who made a link gets its key table', async ({ page, request, sample }) => {
    const { id } = await share(request, sample)
    const answer = await request.get(`/shares/${id}/keys`, { headers: { 'Accept-Language': 'en' } })
    expect(answer.headers()['content-disposition']).toContain(`postern-names-${id}.csv`)
    expect(await answer.text()).toMatch(/^Pseudonym,Original\r\n[\s\S]*\bEX-\d+,EX01\r\n/)
    await page.goto('/shares')
    await expect(page.getByText('postern redact --restore')).toBeVisible()
    const { id: full } = await share(request, sample, { level: 'full', password: 'long enough' })
    expect((await request.get(`/shares/${full}/keys`)).status()).toBe(404)
  })
})

test('the preview can be framed by this server alone, and runs nothing; other pages by nobody', async ({
  request,
  sample,
}) => {
  const preview = (await request.get(`/shares/preview/${sample}/d2hhdD1hdWRpdA`)).headers()
  expect(preview['x-frame-options']).toBe('SAMEORIGIN')
  expect(preview['content-security-policy']).toMatch(/frame-ancestors 'self'; sandbox allow-same-origin$/)
  for (const at of [`/a/${sample}/share`, '/shares', '/']) {
    const other = (await request.get(at)).headers()
    expect(other['x-frame-options'], at).toBe('DENY')
    expect(other['content-security-policy'], at).toMatch(/frame-ancestors 'none'$/)
  }
})

test.describe('accessible in each language, colour and width', () => {
  for (const look of looks)
    for (const width of [360, 1440])
      test(`${look.locale} ${look.theme} ${width}`, async ({ page, request, sample, wear }) => {
        test.slow() // five pages
        await share(request, sample, { note: 'IT Kommune X', password: 'long enough' })
        await wear(look)
        await page.setViewportSize({ width, height: 900 })
        const isFit = async (at: string) => {
          expect(await axeFaults(page), at).toEqual([])
          const [page_, view] = await page.evaluate(() => {
            const root = document.documentElement
            return [root.scrollWidth, root.clientWidth]
          })
          expect(page_, `${at}: width`).toBe(view)
        }
        await page.goto(`/a/${sample}/share?what=findings&level=full`)
        await isFit('choices')
        await expect(page.locator('iframe')).toHaveAttribute('title', look.locale === 'de' ? 'Vorschau' : 'Preview')
        await page
          .locator('button[type=submit]')
          .filter({ hasText: /Create link|Link erstellen/ })
          .click()
        await expect(page.locator('#share-made')).toBeFocused()
        await isFit('link')
        for (const st of ['active', 'ended', 'expired']) {
          await page.goto(`/shares?st=${st}`)
          await isFit(st)
        }
      })
})

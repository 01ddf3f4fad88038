import { randomUUID } from 'node:crypto'
import type { APIRequestContext, Page } from '@playwright/test'
import { expect as expectNow, looks, test } from './fixtures'
import { stateFile } from './server'

const expect = expectNow.configure({ timeout: 15_000 })

for (const look of looks) {
  test(`lists, help and environment are accessible and fit a phone, ${look.theme} ${look.locale}`, async ({
    page,
    sample,
    axe,
    wear,
  }) => {
    await wear(look)
    const { audit } = await (await page.request.get(`/api/drafts/${sample}`)).json()
    for (const path of ['/', `/e/${audit.environmentId}`, '/help']) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(path)
      await expect(page.locator('html')).toHaveAttribute('lang', look.locale)
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      expect(await axe(), path).toEqual([])
      await page.setViewportSize({ width: 360, height: 640 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `${path} at 360 px`).toBeLessThanOrEqual(0)
      expect(await axe(), `${path} at 360 px`).toEqual([])
    }
  })
}

test('leads to a new audit', async ({ page, sample: _ }) => {
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  await page.getByRole('main').getByRole('link', { name: 'New audit' }).click()
  await expect(page).toHaveURL(/\/new\/[0-9a-z]{6}$/)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

/** The page that lists it for sure: the first page has the newest alone. */
async function listOf(request: APIRequestContext, audit: string): Promise<string> {
  const { audit: row } = await (await request.get(`/api/drafts/${audit}`)).json()
  return `/e/${row.environmentId}`
}

test('every number of the list leads to what it counts', async ({ page, request, sample }) => {
  await page.goto(await listOf(request, sample))
  const row = page
    .getByRole('row')
    .filter({ has: page.locator(`a[href="/a/${sample}"]`) })
    .last()
  await expect(row.locator(`a[href="/a/${sample}/findings?sev=critical"]`)).toHaveText(/^\d+$/)
  await expect(row.locator(`a[href="/a/${sample}/coverage"]`)).toHaveText(/^\d+$/)
})

test('language and colours change in place and are kept', async ({ page }) => {
  await page.goto('/help')
  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hilfe')
  await page.getByRole('button', { name: 'Dunkel' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(14, 19, 25)')
  expect(new URL(page.url()).pathname).toBe('/help')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
})

test('the address overrides the language of one page and stores nothing', async ({ page, context }) => {
  await page.goto('/help?lang=de')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.goto('/help')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  expect((await context.cookies()).find((c) => c.name === 'locale')).toBeUndefined()
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('the lists are readable and the language can be changed', async ({ page, request, sample }) => {
    await page.goto(await listOf(request, sample))
    await expect(page.locator(`a[href="/a/${sample}"]`).first()).toBeVisible()
    await page.goto('/help')
    await page.getByRole('button', { name: 'Display' }).click()
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hilfe')
  })
})

test.describe('an address that leads nowhere', () => {
  test.use({ allowedMessages: ['404'] })
  test('says so and leads back', async ({ page, axe }) => {
    const answer = await page.goto('/nothing-here')
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing is at this address')
    expect(await axe()).toEqual([])
    await page.getByRole('link', { name: 'Show all audits' }).click()
    await expect(page).toHaveURL('/')
  })
  test('a draft that does not exist is not found', async ({ page }) => {
    expect((await page.goto('/new/zzzzzz'))?.status()).toBe(404)
  })
})

const relay = { 'receive.txt': 'Name : Relay\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.5}\n' }

test('deleting an audit asks in a dialog that keeps the focus and gives it back', async ({ page, audit, axe }) => {
  const id = await audit(relay)
  const { environmentId } = (await (await page.request.get(`/api/drafts/${id}`)).json()).audit
  await page.goto(`/e/${environmentId}`)
  const row = page
    .getByRole('row')
    .filter({ has: page.locator(`a[href="/a/${id}"]`) })
    .last()
  const opener = row.getByRole('button', { name: /^Delete: / })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Delete this audit?' })
  await expect(dialog).toContainText('This cannot be undone.')
  expect(await axe()).toEqual([])
  for (const _ of [1, 2, 3, 4, 5]) {
    await page.keyboard.press('Tab')
    expect(await dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()

  await opener.click()
  await dialog.getByRole('button', { name: 'Delete this audit' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.locator(`a[href="/a/${id}"]`)).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  expect((await page.request.get(`/api/audits/${id}/status`)).status()).toBe(404)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('an audit can be deleted in two steps', async ({ page, audit }) => {
    const id = await audit(relay)
    const { environmentId } = (await (await page.request.get(`/api/drafts/${id}`)).json()).audit
    await page.goto(`/e/${environmentId}`)
    const row = page
      .getByRole('row')
      .filter({ has: page.locator(`a[href="/a/${id}"]`) })
      .last()
    await row.locator('summary').filter({ hasText: 'Delete' }).click()
    await row.getByRole('button', { name: 'Delete this audit' }).click()
    await expect(page.locator(`a[href="/a/${id}"]`)).toHaveCount(0)
    expect((await page.request.get(`/api/audits/${id}/status`)).status()).toBe(404)
  })
})

/** An analysed audit of an environment of its own. */
async function auditIn(request: APIRequestContext, environmentName: string, name: string, receive: string) {
  const { id, environmentId } = await (await request.post('/api/drafts', { data: { environmentName, name } })).json()
  await request.put(`/api/drafts/${id}/uploads?name=receive.txt`, {
    data: Buffer.from(receive),
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  expectNow((await request.post(`/api/audits/${id}/start`)).status()).toBe(202)
  const status = async () => (await (await request.get(`/api/audits/${id}/status`)).json()).status
  await expect.poll(status, { timeout: 60_000 }).toBe('done')
  return { id: String(id), env: String(environmentId) }
}

const trusting = `Get-ReceiveConnector | fl\n\nIdentity : EX01\\Appliances\nName : Appliances\nServer : EX01\nEnabled : True\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.0/24}\nAuthMechanism : Tls, ExternalAuthoritative\nPermissionGroups : ExchangeServers, AnonymousUsers\nTransportRole : FrontendTransport\n`

test.describe('an environment with two audits', () => {
  test.describe.configure({ mode: 'serial' }) // the last one looks for what the others made
  const name = `Fabrikam ${randomUUID().slice(0, 8)}`
  const rowOf = (page: Page, id: string) =>
    page.getByRole('row').filter({ has: page.locator(`th[scope=row] a[href="/a/${id}"]`) })

  test('tells what changed, who made them and what is shared, and leads to the comparison', async ({
    page,
    request,
  }) => {
    const then = await auditIn(request, name, 'Spring', trusting)
    const now = await auditIn(
      request,
      name,
      'Autumn',
      trusting.replace('Tls, ExternalAuthoritative', 'Tls').replace('ExchangeServers, ', ''),
    )
    await request.post(`/api/v1/audits/${now.id}/shares`, { data: {} })
    await page.goto(`/e/${now.env}`)
    const medium = rowOf(page, now.id)
      .getByRole('cell')
      .filter({ has: page.locator('a[href*="sev=medium"]') })
    await expect(medium).toContainText('1 fewer than in the audit before')
    await expect(rowOf(page, then.id)).not.toContainText('the audit before')
    await expect(rowOf(page, now.id)).toContainText('By Ada Admin')
    await expect(rowOf(page, now.id).getByRole('link', { name: '1 open link' })).toHaveAttribute(
      'href',
      `/a/${now.id}/share`,
    )
    await expect(rowOf(page, then.id).getByRole('link', { name: /^Compare/ })).toHaveCount(0)
    await rowOf(page, now.id).getByRole('link', { name: 'Compare Autumn with Spring' }).click()
    await expect(page).toHaveURL(`/e/${now.env}/compare?a=${then.id}&b=${now.id}`)
  })

  test('has another name for one of them, also without scripts', async ({ request, browser, baseURL }) => {
    const { id, env } = await auditIn(request, `${name} 2`, 'Spring', trusting)
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: stateFile,
      baseURL: baseURL ?? '',
    })
    const page = await context.newPage()
    await page.goto(`/e/${env}`)
    await rowOf(page, id).getByText('Rename', { exact: true }).click()
    await rowOf(page, id).getByLabel('New name').fill('<b>After the move</b>')
    await rowOf(page, id).getByRole('button', { name: 'Save name' }).click()
    await expect(rowOf(page, id).getByRole('link', { name: '<b>After the move</b>', exact: true })).toBeVisible()
    await context.close()
  })

  test('is found by a part of its name', async ({ page }) => {
    await page.goto(`/?q=${encodeURIComponent(name.toUpperCase())}`)
    await expect(page.getByRole('main')).toContainText(/2 of \d+ environments/)
    await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible()
    await page.goto('/?q=nothing-has-this-name')
    await expect(page.getByText('No environment has this in its name.')).toBeVisible()
    await page.getByRole('link', { name: 'Show all' }).click()
    await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible()
  })
})

import { expect as expectNow, looks, test } from './fixtures'

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

test('every number of the list leads to what it counts', async ({ page, sample }) => {
  await page.goto('/')
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
  test('the lists are readable and the language can be changed', async ({ page, sample }) => {
    await page.goto('/')
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

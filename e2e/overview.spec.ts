import { expect, looks, sampleFile, test } from './fixtures'

test.describe('overview', () => {
  test('says the worst first, in a fixed order', async ({ page, sample }) => {
    await page.goto(`/a/${sample}`)
    const headings = await page.locator('main h2').allTextContents()
    expect(headings).toEqual([
      'Verdict',
      'Findings by severity',
      'The six questions',
      'Fix these first',
      'Coverage',
      'Certificates',
      'All checks',
    ])
    await expect(page.locator('#fix-first li')).toHaveCount(5)
    await expect(page.locator('#questions li')).toHaveCount(6)
  })

  test('every count opens the list that makes it up', async ({ page, sample }) => {
    await page.goto(`/a/${sample}`)
    const links = page.locator('main a[href*="/findings?"]')
    const counted: { href: string; count: number }[] = []
    for (const link of await links.all()) {
      const number = /\d+/.exec((await link.textContent()) ?? '')
      const href = await link.getAttribute('href')
      if (number && href) counted.push({ href, count: Number(number[0]) })
    }
    expect(counted.length).toBeGreaterThan(6)
    for (const { href, count } of counted) {
      await page.goto(href)
      await expect(page.locator('[role=status]').filter({ hasText: 'findings' })).toContainText(
        count === 0 ? 'None of' : new RegExp(`^${count} of`),
      )
    }
  })

  test('shows certificates on a time axis, with the date in words', async ({ page, sample }) => {
    await page.goto(`/a/${sample}`)
    const rows = page.locator('#certificates > section tbody tr')
    expect(await rows.count()).toBeGreaterThan(2)
    await expect(rows.first()).toContainText(/in \d+ days|ended/)
    await expect(page.getByText('internal only, no action')).toBeVisible()
  })

  test('says so when nothing could be read', async ({ page, audit }) => {
    const id = await audit({ 'shopping.txt': 'milk\neggs\n' })
    await page.goto(`/a/${id}`)
    await expect(page.locator('main')).toContainText('could not be read as an Exchange export')
    await page.goto(`/a/${id}/findings`)
    await expect(page.locator('main')).toContainText('No findings.')
  })

  test('is readable without scripts', async ({ browser, baseURL, sample }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) })
    const page = await context.newPage()
    await page.goto(`/a/${sample}`)
    await expect(page.getByRole('heading', { name: 'The six questions' })).toBeVisible()
    await page.goto(`/a/${sample}/files`)
    await page
      .getByRole('link', { name: /lines / })
      .first()
      .click()
    await expect(page.getByRole('region', { name: 'Text of the file' })).toBeVisible()
    await context.close()
  })

  test('tells what changed since the audit before', async ({ page, audit }) => {
    const name = 'munich/ex01-receive-connectors.txt'
    await audit({ [name]: sampleFile(name) })
    const id = await audit({ 'organisation/servers.txt': sampleFile('organisation/servers.txt') })
    await page.goto(`/a/${id}`)
    await page.getByText('since the audit of').click()
    await expect(page.getByRole('heading', { name: 'No longer found' })).toBeVisible()
    await expect(page.getByText('does not count as fixed').first()).toBeVisible()
  })
})

for (const look of looks)
  test(`no accessibility fault and no sideways scroll: ${look.theme}, ${look.locale}`, async ({
    page,
    sample,
    axe,
    wear,
  }) => {
    test.slow()
    await wear(look)
    for (const path of ['', '/coverage', '/coverage?view=checks', '/files', '/files/s1', '/files/s8']) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(`/a/${sample}${path}`)
      expect(await axe(), path).toEqual([])
      await page.setViewportSize({ width: 360, height: 740 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `${path} at 360 px`).toBeLessThanOrEqual(360)
    }
  })

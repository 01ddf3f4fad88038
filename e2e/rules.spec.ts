import { expect, looks, test } from './fixtures'

for (const look of looks)
  test(`catalogue and rule have no violations: ${look.theme}, ${look.locale}`, async ({ page, axe, wear }) => {
    await wear(look)
    for (const path of ['/rules', '/rules/hybrid-receive-exo-range-shadowed']) {
      await page.goto(path)
      await expect(page.locator('h1')).toBeVisible()
      expect(await axe()).toEqual([])
    }
  })

test('filters are in the address and narrow the list', async ({ page }) => {
  await page.goto('/rules')
  const all = await page.locator('tbody tr').count()
  await page.getByLabel('Question').selectOption('1')
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(page).toHaveURL(/topic=1/)
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Can a stranger send through us?'])
  expect(await page.locator('tbody tr').count()).toBeLessThan(all)
  await page.goto('/rules?sev=awful')
  await expect(page.getByText('Filter sev=awful is unknown and was ignored.')).toBeVisible()
})

test('a rule says what, why, how, when not, and what it needs', async ({ page }) => {
  await page.goto('/rules')
  await page.getByRole('link', { name: 'Accepted domain * turns anonymous mail into relay' }).click()
  await expect(page).toHaveURL('/rules/accepted-domain-wildcard')
  for (const anchor of ['checks', 'why', 'conditions', 'fix', 'ignore', 'levels', 'inputs', 'examples', 'references']) {
    await expect(page.locator(`section#${anchor} h2`)).toBeVisible()
  }
  await expect(page.locator('#inputs')).toContainText('Get-AcceptedDomain')
})

test('the other language is a link to the same rule', async ({ page }) => {
  await page.goto('/rules/accepted-domain-wildcard')
  await page.getByRole('link', { name: 'Diese Regel auf Deutsch' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Was geprüft wird' })).toBeVisible()
})

test.describe('an unknown rule', () => {
  test.use({ allowedMessages: ['404'] })
  test('is not found', async ({ page }) => {
    expect((await page.goto('/rules/no-such-rule'))?.status()).toBe(404)
  })
})

test.describe('on a phone, without scripts', () => {
  test.use({ viewport: { width: 360, height: 780 }, javaScriptEnabled: false })
  test('everything can be read', async ({ page }) => {
    for (const path of ['/rules', '/rules/accepted-domain-wildcard']) {
      await page.goto(path)
      await expect(page.locator('h1')).toBeVisible()
    }
    await expect(page.getByText('DomainName : *').first()).toBeVisible()
  })
})

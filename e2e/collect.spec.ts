import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, looks, test } from './fixtures'

const script = readFileSync(path.join(import.meta.dirname, '../collect/Collect-Postern.ps1'), 'utf8')
const hash = createHash('sha256').update(script).digest('hex')
const name = 'Collect-Postern.ps1'

test('the script is handed out byte for byte, with its hash beside it', async ({ page, request }) => {
  const answer = await request.get(`/collect/${name}`)
  expect(answer.headers()).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'x-content-type-options': 'nosniff',
  })
  expect(
    createHash('sha256')
      .update(await answer.body())
      .digest('hex'),
  ).toBe(hash)
  await page.goto('/collect')
  await expect(page.getByText(hash)).toBeVisible()
  await expect(page.getByText('Reads only, changes nothing.', { exact: true })).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the script' }).click()
  expect((await download).suggestedFilename()).toBe(name)
  const source = page.getByRole('region', { name }).locator('pre code')
  expect(await source.first().textContent()).toBe(script)
})

test('the command line follows the parameters, and is what is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/collect')
  const lines = page.getByRole('region', { name: 'Script', exact: true })
  await page.getByLabel('Servers').fill('EX01, EX02')
  await page.getByLabel('Hours of SMTP logs').fill('24')
  await expect(lines).toContainText('.\\Collect-Postern.ps1 -Server EX01, EX02 -LogHours 24')
  await expect(lines).toContainText('.\\Collect-Postern.ps1 -Edge -LogHours 24')
  await page.getByLabel('Pseudonyms').check()
  await expect(lines).toContainText('.\\Collect-Postern.ps1 -Server EX01, EX02 -Pseudonyms')
  const first = lines.locator('li', { hasText: 'On-premises' }).getByRole('button', { name: 'Copy command' })
  await first.click()
  await expect(lines.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    '.\\Collect-Postern.ps1 -Server EX01, EX02 -Pseudonyms',
  )
})

test('without scripts the form answers with the same lines', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) })
  const page = await context.newPage()
  await page.goto('/collect')
  await expect(page.getByText('.\\Collect-Postern.ps1 -Edge', { exact: true })).toBeVisible()
  await page.getByLabel('Servers').fill("EX01 O'Hara")
  await page.getByLabel('Hours of SMTP logs').fill('8')
  await page.getByRole('button', { name: 'Show the command lines' }).click()
  await expect(page.getByText(".\\Collect-Postern.ps1 -Server EX01, 'O''Hara' -LogHours 8")).toBeVisible()
  await expect(page.getByLabel('Hours of SMTP logs')).toHaveValue('8')
  await context.close()
})

test('the upload screen offers all ways, and help leads to them', async ({ page, draft }) => {
  const id = await draft({})
  await page.goto(`/new/${id}`)
  const panel = page.getByRole('region', { name: 'Collect', exact: true })
  await expect(panel.getByRole('link', { name: 'Download the script' })).toBeVisible()
  await panel.getByText('Show the full source').click()
  await expect(panel.locator('pre', { hasText: '#requires -Version 5.1' })).toBeVisible()
  await panel.getByText('By hand').click()
  await expect(panel.getByText('%ExchangeInstallPath%TransportRoles\\Logs\\FrontEnd\\ProtocolLog')).toBeVisible()
  await page.goto('/help')
  await page.getByRole('link', { name: 'Script, commands and folders' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Collect exports' })).toBeVisible()
})

test('the zip file of the script is read without a question', async ({ page, audit }) => {
  const zip = 'Postern-on-premises-20261121-100000.zip'
  const bytes = readFileSync(path.join(import.meta.dirname, '../lib/core/fixtures/collected-on-premises', zip))
  const id = await audit({ [zip]: bytes })
  await page.goto(`/a/${id}/files`)
  await expect(page.getByText('Archive with 23 files')).toBeVisible()
  await expect(page.getByText(/notices?$/)).toHaveCount(0)
  await page.goto(`/a/${id}/coverage?view=servers`)
  await expect(page.getByRole('article').filter({ hasText: 'EX02' })).toContainText(
    /Receive connectors.*complete.*Certificates.*complete.*AD permissions.*complete/,
  )
})

for (const look of looks)
  test(`no accessibility fault and no sideways scroll: ${look.theme}, ${look.locale}`, async ({ page, axe, wear }) => {
    await wear(look)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/collect')
    expect(await axe()).toEqual([])
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })

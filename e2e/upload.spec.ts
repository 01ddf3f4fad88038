import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect as expectNow, sampleFile, test } from './fixtures'

// A file is uploaded, read by the worker and shown by the next poll: on a busy machine that takes its time.
const expect = expectNow.configure({ timeout: 20_000 })

const files = (page: Page): Locator => page.getByRole('region', { name: /^(Files|Dateien)$/ })
const row = (page: Page, name: string): Locator =>
  files(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, level: 3, exact: true }) })
const field = (page: Page): Locator => page.locator('input[type=file]:not([webkitdirectory])')
const summary = (page: Page): Locator => files(page).getByRole('status').first()

const relay =
  'Name : Relay\nServer : EX01\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.5}\nPermissionGroups : AnonymousUsers\n'
const text = (name: string, content: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })

/** A new draft that is ready to be used: scripts have taken over the page. */
async function newDraft(page: Page): Promise<string> {
  await page.goto('/new')
  await expect(page).toHaveURL(/\/new\/[0-9a-z]{6}$/)
  await page.waitForLoadState('networkidle')
  return page.url()
}

test('files in, what they are, what they answer, analysis, report', async ({ page }) => {
  await newDraft(page)
  const answers = page.getByRole('region', { name: 'What this will answer' })
  await expect(answers.getByRole('listitem').first()).toContainText('no')
  await page.getByLabel('Environment').fill('Fabrikam')
  await page.getByLabel('Audit', { exact: false }).first().press('Tab')
  await field(page).setInputFiles([
    { name: 'ex01.txt', mimeType: 'text/plain', buffer: sampleFile('munich/ex01-receive-connectors.txt') },
    { name: 'hybrid.txt', mimeType: 'text/plain', buffer: sampleFile('organisation/hybrid-configuration.txt') },
  ])
  await expect(row(page, 'ex01.txt')).toContainText('Receive connectors')
  await expect(row(page, 'ex01.txt')).toContainText('Recognition: certain')
  await expect(row(page, 'ex01.txt')).toContainText('8 objects')
  await expect(row(page, 'hybrid.txt')).toContainText('Hybrid configuration')
  await expect(summary(page)).toContainText('2 files: 2 ready')
  await expect(answers).toContainText(/partly|yes/)
  await expect(answers.getByRole('button', { name: /^Get-/ }).first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Collect', exact: true })).toContainText('(is here)')

  await page.getByRole('button', { name: 'Analyse' }).click()
  await expect(page).toHaveURL(/\/a\/[0-9a-z]{6}$/, { timeout: 45_000 })
})

test('by keyboard alone: choose, paste as text, remove', async ({ page }) => {
  await newDraft(page)
  await page.getByRole('button', { name: 'Choose files' }).focus()
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles([text('relay.txt', relay)])
  await expect(row(page, 'relay.txt')).toContainText('1 object')

  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Choose folder' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Paste text' })).toBeVisible()
  await expect(page.getByLabel('Output of a command')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Paste text' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Output of a command')).toBeFocused()
  await page.keyboard.insertText('nothing that anybody knows')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(row(page, 'paste-1.txt')).toContainText('not used')

  await page.getByRole('button', { name: 'Remove paste-1.txt' }).focus()
  await page.keyboard.press('Enter')
  await expect(row(page, 'paste-1.txt')).toHaveCount(0)
  await expect(summary(page)).toContainText('1 file: 1 ready')
})

test('Ctrl V anywhere becomes a file; in a field it stays text', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await newDraft(page)
  await page.evaluate((content) => navigator.clipboard.writeText(content), relay)
  await page.keyboard.press('Control+V')
  await expect(row(page, 'paste-1.txt')).toContainText('Receive connectors')
  await page.keyboard.press('Control+V')
  await expect(row(page, 'paste-2.txt')).toBeVisible()
  await page.getByLabel('Environment').focus()
  await page.keyboard.press('Control+V')
  await expect(summary(page)).toContainText('2 files')
})

test('a drop anywhere on the page; names are not shortened and markup stays text', async ({ page }) => {
  await newDraft(page)
  const hostile = '<img src=x onerror=alert(1)>'
  await page.evaluate(
    ([name, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([content ?? ''], `${name}.txt`))
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    },
    [hostile, `${hostile} =cmd|calc\n`],
  )
  await expect(row(page, `${hostile}.txt`)).toContainText(`${hostile} =cmd|calc`)
  await expect(page.locator('img')).toHaveCount(0)
})

test('a folder keeps its paths', async ({ page }) => {
  await newDraft(page)
  await page
    .locator('input[webkitdirectory]')
    .setInputFiles(path.join(import.meta.dirname, '../samples/contoso/munich'))
  await expect(row(page, 'munich/ex01-receive-connectors.txt')).toContainText('Receive connectors')
})

test('an archive shows its members', async ({ page }) => {
  await newDraft(page)
  await field(page).setInputFiles([
    { name: 'edge01.zip', mimeType: 'application/zip', buffer: sampleFile('edge01.zip') },
  ])
  const archive = row(page, 'edge01.zip')
  await archive.getByText(/^Archive/).click()
  await expect(archive.getByRole('heading', { level: 4 }).first()).toBeVisible()
  await expect(archive).toContainText('Edge Transport')
})

test('what is cut is said before the analysis, with the command to collect it again', async ({ page }) => {
  await newDraft(page)
  await field(page).setInputFiles([
    text('cut.txt', relay.replace('{10.0.0.5}', '{10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4...}')),
  ])
  const cut = row(page, 'cut.txt')
  await expect(cut).toContainText('look at this')
  await expect(cut).toContainText('RemoteIPRanges was cut by the shell')
  await expect(cut.getByRole('link', { name: 'line 4' })).toBeVisible()
  await expect(cut.getByText('Get-ReceiveConnector', { exact: false }).last()).toBeVisible()
})

test('a reload keeps the files, and Analyse says what is missing', async ({ page }) => {
  const url = await newDraft(page)
  await page.getByRole('button', { name: 'Analyse' }).click()
  await expect(page.getByText('Add at least one file first')).toBeVisible()
  await field(page).setInputFiles([text('empty.txt', ''), text('notes.txt', 'shopping list\nmilk\n')])
  await expect(row(page, 'notes.txt')).toContainText('shopping list')
  await expect(row(page, 'empty.txt')).toContainText('not used')
  await page.reload()
  await expect(page).toHaveURL(url)
  await expect(summary(page)).toContainText('2 files: 0 ready, 2 to look at')
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Analyse' }).click()
  await expect(page.getByText('None of the files holds anything that can be checked')).toBeVisible()
})

test('a file over the limit is refused with the limit, and the others go on', async ({ page }) => {
  await newDraft(page)
  const folder = await mkdtemp(path.join(tmpdir(), 'postern-large-'))
  try {
    // A file of nothing but a hole: 300 MB that take no space.
    const large = path.join(folder, 'large.txt')
    const handle = await open(large, 'w')
    await handle.truncate(300_000_000)
    await handle.close()
    await field(page).setInputFiles([large])
    await field(page).setInputFiles([text('relay.txt', relay)])
    await expect(page.getByRole('alert').filter({ hasText: '200 MB' })).toBeVisible()
    await expect(row(page, 'relay.txt')).toContainText('ready')
    await page.getByRole('button', { name: 'Remove large.txt from the list' }).click()
    await expect(page.getByText('large.txt')).toHaveCount(0)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.describe('a server that does not answer', () => {
  test.use({ allowedMessages: ['Failed to load resource', 'ERR_FAILED', '507'] })

  test('keeps the file and sends it again', async ({ page }) => {
    await newDraft(page)
    let attempts = 0
    await page.route('**/uploads?**', (route) => (++attempts < 3 ? route.abort() : route.continue()))
    await field(page).setInputFiles([text('relay.txt', relay)])
    await expect(page.getByText('The file stays here and is sent again by itself')).toBeVisible()
    await expect(row(page, 'relay.txt')).toContainText('ready', { timeout: 20_000 })
    expect(attempts).toBe(3)
  })

  test('a refusal is a sentence, and the file can be sent again', async ({ page }) => {
    await newDraft(page)
    const full = { code: 'no-space', title: 'Disk full', detail: 'The server has no space left for this file.' }
    await page.route('**/uploads?**', (route) => route.fulfill({ status: 507, json: full }), { times: 1 })
    await field(page).setInputFiles([text('relay.txt', relay)])
    await expect(page.getByRole('alert').filter({ hasText: 'Disk full' })).toContainText(full.detail)
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(row(page, 'relay.txt')).toContainText('ready')
  })
})

test('commands are copied byte for byte', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await newDraft(page)
  const block = page.locator('[data-copy]').first()
  const shown = await block.locator('code').textContent()
  await block.getByRole('button', { name: 'Copy command' }).click()
  await expect(block.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
  expect(shown).not.toMatch(/[‘’“”–]/)
})

test('the answer about the MX is kept', async ({ page }) => {
  await newDraft(page)
  await page.getByLabel('A gateway in front of both').check()
  await expect(page.getByText('Saved')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('A gateway in front of both')).toBeChecked()
})

for (const [theme, locale] of [
  ['light', 'en'],
  ['dark', 'de'],
  ['light', 'de'],
  ['dark', 'en'],
] as const) {
  test(`accessible and fitting a phone, ${theme} ${locale}`, async ({ page, context, draft, axe, baseURL }) => {
    const values = { theme, locale }
    for (const name of ['theme', 'locale'] as const)
      await context.addCookies([{ name, value: values[name], url: baseURL ?? '' }])
    const id = await draft({
      'relay.txt': relay,
      'cut.txt': relay.replace('{10.0.0.5}', '{10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4...}'),
      'notes.txt': 'shopping list',
      'edge01.zip': sampleFile('edge01.zip'),
    })
    await page.goto(`/new/${id}`)
    await expect(summary(page)).toContainText(/4 (files: 2|Dateien: 2)/, { timeout: 15_000 })
    expect(await axe()).toEqual([])
    await page.setViewportSize({ width: 360, height: 640 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    expect(await axe()).toEqual([])
  })
}

test('without scripts the page says what it needs', async ({ request }) => {
  const html = await (await request.get('/new')).text()
  expectNow(html).toMatch(/<noscript>.*Uploading needs JavaScript.*<\/noscript>/s)
})

import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'libsql'
import { expect as expectNow, looks, test } from './fixtures'
import { newPerson, withDatabase } from './people'
import { baseURL, dataDir } from './server'

const expect = expectNow.configure({ timeout: 15_000 })
const nobody = { cookies: [], origins: [] }
const unique = () => Math.random().toString(36).slice(2, 10)

const sections = ['people', 'tokens', 'environments', 'retention', 'sharing', 'general', 'activity', 'system']

for (const look of looks) {
  test(`settings are accessible and fit a phone, ${look.theme} ${look.locale}`, async ({
    page,
    axe,
    wear,
    sample: _,
  }) => {
    test.setTimeout(120_000)
    await wear(look)
    for (const at of ['/settings', ...sections.map((name) => `/settings/${name}`)]) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(at)
      await expect(page.locator('html')).toHaveAttribute('lang', look.locale)
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      expect(await axe(), at).toEqual([])
      await page.setViewportSize({ width: 360, height: 640 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `${at} at 360 px`).toBeLessThanOrEqual(0)
    }
  })
}

test('an invitation is accepted in another browser, which has what its role has', async ({ page, browser, sample }) => {
  const { audit } = await (await page.request.get(`/api/drafts/${sample}`)).json()
  const email = `vera-${unique()}@example.org`
  await page.goto('/settings/people')
  await page.getByLabel('Name', { exact: true }).fill('Vera Viewer')
  await page.getByLabel('E-mail address').fill('ada@example.org')
  await page.getByLabel('Only these environments').check()
  await page.getByLabel(audit.environmentName, { exact: true }).check()
  await page.getByRole('button', { name: 'Invite and make the link' }).click()
  // refused: the field says why and has the focus, what was typed and chosen is kept
  await expect(page.getByLabel('E-mail address')).toBeFocused()
  await expect(page.getByText('There is an account with this address.')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Vera Viewer')
  await expect(page.getByLabel(audit.environmentName, { exact: true })).toBeChecked()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Invite and make the link' }).click()
  const made = page.getByRole('region', { name: 'Link for Vera Viewer' })
  await expect(made).toBeFocused()
  const link = (await made.locator('code').textContent()) ?? ''
  expect(link).toMatch(new RegExp(`^${baseURL}/link/[\\w-]{43}$`))
  await page.reload()
  await expect(page.getByText(link)).toHaveCount(0)
  await expect(page.getByRole('row', { name: email })).toContainText('Invited')

  const context = await browser.newContext({ baseURL, storageState: nobody, locale: 'en-GB' })
  const theirs = await context.newPage()
  await theirs.goto(link)
  await theirs.getByLabel('New password').fill('seven quiet lamps over water')
  await theirs.getByRole('button', { name: 'Set password' }).click()
  await expect(theirs.getByRole('button', { name: 'Account of Vera Viewer' })).toBeVisible()
  await theirs.goto('/settings')
  const nav = theirs.getByRole('navigation', { name: 'Settings' })
  await expect(nav.getByRole('link')).toHaveText(['Profile', 'API tokens'])
  for (const name of ['people', 'environments', 'general', 'activity', 'system']) {
    const answer = await theirs.goto(`/settings/${name}`)
    expect(answer?.status(), name).toBe(403)
  }
  expect((await theirs.goto(`/a/${sample}`))?.status()).toBe(200)
  const vera = (await page.getByRole('link', { name: 'Vera Viewer' }).last().getAttribute('href'))?.split('/').at(-1)
  await expect
    .poll(async () => {
      await page.goto(`/settings/activity?action=access-refused&who=${vera}`)
      return page.getByRole('row').filter({ hasText: 'Vera Viewer' }).filter({ hasText: 'Access refused' }).count()
    })
    .toBe(5) // the page and its title are one refusal
  await page.goto('/settings/people')

  // shut out at once
  await page.getByRole('link', { name: 'Vera Viewer' }).last().click()
  await page.getByRole('button', { name: 'Deactivate Vera Viewer' }).click()
  await expect(page.getByRole('button', { name: 'Reactivate Vera Viewer' })).toBeVisible()
  await theirs.goto(`/a/${sample}`)
  await expect(theirs).toHaveURL(/\/sign-in/)
  await context.close()
})

test('nobody finds their own role to change', async ({ page }) => {
  await page.goto('/settings/people')
  await page.getByRole('link', { name: 'Ada Admin' }).click()
  await expect(page.getByText('Nobody changes their own role.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
})

test('a token works for a script within its scopes, until it is revoked', async ({ page, playwright, sample }) => {
  const name = `Nightly ${unique()}`
  await page.goto('/settings/tokens')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create the token' }).click()
  await expect(page.getByText('Choose at least one.')).toBeVisible()
  await page.getByLabel('upload files and start analyses').check()
  await page.getByRole('button', { name: 'Create the token' }).click()
  const made = page.getByRole('region', { name: `Token “${name}”` })
  const value = (await made.locator('code').textContent()) ?? ''
  expect(value).toMatch(/^pst_[\w-]{43}$/)

  const headers = { Authorization: `Bearer ${value}` }
  const script = await playwright.request.newContext({ baseURL, storageState: nobody, extraHTTPHeaders: headers })
  const { audit } = await (await page.request.get(`/api/drafts/${sample}`)).json()
  const created = await script.post('/api/drafts', { data: { environmentId: audit.environmentId } })
  expect(created.status()).toBe(201)
  expect((await script.get(`/api/v1/audits/${sample}/report`)).status()).toBe(403)
  await page.reload()
  const item = page.getByRole('listitem').filter({ hasText: name })
  await expect(item).not.toContainText('Never')
  await item.getByText('Revoke', { exact: true }).click()
  await item.getByRole('button', { name: `Revoke ${name}` }).click()
  await expect(item).toContainText('Revoked')
  expect((await script.post('/api/drafts', { data: {} })).status()).toBe(401)
  await script.dispose()

  await page.goto('/settings/activity?action=token-used')
  await expect(page.getByRole('row', { name: name }).or(page.getByText(name)).first()).toBeAttached()
})

test('the log tells what was seen, can be filtered, and is exported so that it can be checked', async ({
  page,
  sample,
}) => {
  // Somebody who has not looked at it before: once an hour is told, and the first page has the newest entries alone.
  const [name = '', value = ''] = newPerson({ role: 'admin', environments: 'all' }).cookie.split('=')
  await page.context().addCookies([{ name, value, url: baseURL }])
  await page.goto(`/a/${sample}/findings`)
  await page.goto('/settings/activity')
  await page.getByLabel('What', { exact: true }).selectOption('Audit viewed')
  await page.getByRole('button', { name: 'Show entries' }).click()
  await expect(page).toHaveURL(/action=audit-viewed/)
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: `Audit ${sample}` })
      .first(),
  ).toContainText('Audit viewed')
  await expect(page.getByLabel('What', { exact: true })).toHaveValue('audit-viewed')
  await page.getByRole('link', { name: 'Remove all filters' }).click()
  await expect(page.getByRole('link', { name: 'JSON lines' })).not.toHaveAttribute('href', /action=/)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'JSON lines' }).click()
  const file = await (await download).path()
  const run = await verifyLog([file])
  expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('The activity log is whole')])
})

test('a link that came into sight has not been looked at', async ({ sample }) => {
  const { id, cookie } = newPerson({ role: 'auditor', environments: 'all' })
  const viewed = () =>
    withDatabase((database) =>
      database.prepare(`SELECT "seq" FROM "Activity" WHERE "action" = 'audit-viewed' AND "actorId" = ?`).all(id),
    )
  const fetched = (headers: Record<string, string>) =>
    fetch(`${baseURL}/a/${sample}/findings`, { headers: { cookie, ...headers } }).then((answer) => answer.text())
  const inAdvance = await fetched({ RSC: '1', 'Next-Router-Prefetch': '1' })
  expect(viewed()).toEqual([])
  expect(inAdvance).not.toContain('EX01') // nothing of the audit was sent
  expect(await fetched({ 'x-postern-prefetch': '1' })).toContain('EX01')
  expect(viewed()).toHaveLength(1)
})

for (const headers of [
  { RSC: '1', 'Next-Router-Prefetch': 'x' },
  { RSC: '0', 'Next-Router-Prefetch': '1' },
])
  test(`a page that is sent whole has been looked at: ${JSON.stringify(headers)}`, async ({ sample }) => {
    const { id, cookie } = newPerson({ role: 'viewer', environments: 'all' })
    const answer = await fetch(`${baseURL}/a/${sample}/findings`, { headers: { cookie, ...headers } })
    expect(await answer.text()).toContain('EX01')
    const viewed = withDatabase((database) =>
      database.prepare(`SELECT "seq" FROM "Activity" WHERE "action" = 'audit-viewed' AND "actorId" = ?`).all(id),
    )
    expect(viewed).toHaveLength(1)
  })

type Run = { readonly code: number; readonly stdout: string }
const verifyLog = (args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    const { DATABASE_URL: _, ...env } = process.env
    const all = ['bin/postern.mjs', 'verify-log', '--format', 'text', ...args]
    execFile(process.execPath, all, { env }, (error, stdout) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout }),
    )
  })

test('the log of the running server is whole, and a changed copy is not', async ({ page, sample: _ }) => {
  await page.goto('/settings/activity')
  expect((await verifyLog(['--data-dir', dataDir])).code).toBe(0)
  const copy = mkdtempSync(path.join(tmpdir(), 'postern-log-'))
  copyFileSync(path.join(dataDir, 'activity.head'), path.join(copy, 'activity.head'))
  withDatabase((database) => database.prepare('VACUUM INTO ?').run(path.join(copy, 'postern.db')))
  expect((await verifyLog(['--data-dir', copy])).code).toBe(0)
  const database = new Database(path.join(copy, 'postern.db'))
  const change = `UPDATE "Activity" SET "actorName" = 'Nobody' WHERE "seq" = 1`
  expect(() => database.exec(change)).toThrow(/append-only/)
  database.exec('DROP TRIGGER "Activity_no_update"')
  database.exec(change)
  database.close()
  const run = await verifyLog(['--data-dir', copy])
  expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('Entry 1 was changed after it was written.')])
  expect(readFileSync(path.join(copy, 'activity.head'), 'utf8')).toContain('"hash"')
  rmSync(copy, { recursive: true })
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('a section that is refused keeps what was typed, and one that is right is saved', async ({ page }) => {
    await page.goto('/settings/general')
    await page.getByLabel('Address of the imprint').fill('http://example.org/imprint')
    await page.getByLabel('Address of the privacy notice').fill('https://example.org/privacy')
    await page.getByRole('button', { name: 'Save general settings' }).click()
    await expect(page.getByText('Enter an address that begins with https://')).toBeVisible()
    await expect(page.getByLabel('Address of the imprint')).toHaveValue('http://example.org/imprint')
    await expect(page.getByLabel('Address of the privacy notice')).toHaveValue('https://example.org/privacy')
    const name = `Adatum ${unique()}`
    await page.goto('/settings/environments')
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('button', { name: 'Create the environment' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await page.getByRole('link', { name }).click()
    await page.getByLabel('Keep originals for so many days').fill('0')
    await page.getByRole('button', { name: 'Save name and days' }).click()
    await expect(page.getByText('Enter a whole number of days')).toBeVisible()
    await page.getByLabel('Keep originals for so many days').fill('7')
    await page.getByRole('button', { name: 'Save name and days' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await page.goto('/settings/retention')
    await expect(page.getByRole('row', { name })).toContainText('7 days')
  })

  test('the link of an invitation is shown once', async ({ page }) => {
    await page.goto('/settings/people')
    await page.getByLabel('Name', { exact: true }).fill('Otto')
    await page.getByLabel('E-mail address').fill(`otto-${unique()}@example.org`)
    await page.getByRole('button', { name: 'Invite and make the link' }).click()
    await expect(page.getByText(/\/link\/[\w-]{43}/)).toBeVisible()
  })
})

import type { Locator, Page } from '@playwright/test'
import { expect as expectNow, looks, test } from './fixtures'

// An answer is stored, the file read again by the worker, and shown by the next poll.
const expect = expectNow.configure({ timeout: 20_000 })

const files = (page: Page): Locator => page.getByRole('region', { name: /^(Files|Dateien)$/ })
const row = (page: Page, name: string): Locator =>
  files(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, level: 3, exact: true }) })
const summary = (page: Page): Locator => files(page).getByRole('status').first()

const receive = (server: string, range = '10.0.0.5') =>
  `Name : Relay\nServer : ${server}\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {${range}}\nPermissionGroups : AnonymousUsers\n`
const certificate = (date: string) =>
  `Thumbprint : ${'AB'.repeat(20)}\nSubject : CN=mail.contoso.com\nIssuer : CN=mail.contoso.com\nServices : SMTP\nNotAfter : ${date}\nNotBefore : ${date}\n`
const certificates = certificate('06/09/2028 10:00:00')
const log = (hour: number) =>
  [
    '#Software: Microsoft Exchange Server',
    '#Version: 15.0.0.0',
    '#Log-type: SMTP Receive Protocol Log',
    `#Date: 2026-11-20T0${hour}:00:00.000Z`,
    '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
    `2026-11-20T0${hour}:00:01.000Z,EX01\\Relay,08D${hour}0000000000AA,0,10.0.0.1:25,10.0.0.5:51234,+,,`,
    `2026-11-20T0${hour}:00:02.000Z,EX01\\Relay,08D${hour}0000000000AA,1,10.0.0.1:25,10.0.0.5:51234,-,,Local`,
    '',
  ].join('\n')

const open = async (page: Page, id: string) => {
  await page.goto(`/new/${id}`)
  await page.waitForLoadState('networkidle')
}
const button = (place: Locator, name: string | RegExp): Locator => place.getByRole('button', { name })

test('which server: chosen among those that other files name, by keyboard', async ({ page, draft }) => {
  await open(page, await draft({ 'certificates.txt': certificate('2028-06-09 10:00:00'), 'ex01.txt': receive('EX01') }))
  const asked = row(page, 'certificates.txt')
  await expect(asked).toContainText('Which server is this from?')
  await expect(asked).toContainText('look at this')
  await expect(asked.getByRole('link', { name: 'line 1' })).toBeVisible()
  await asked.getByLabel('EX01').focus()
  await page.keyboard.press('Space')
  await button(asked, 'Use this').focus()
  await page.keyboard.press('Enter')
  await expect(asked).toContainText('1 object on EX01')
  await expect(asked).toContainText('Answered: EX01')
  await expect(asked).toContainText('ready')
  // The form is gone: the focus is at the row it was in.
  await expect(asked.getByRole('heading', { level: 3 })).toBeFocused()

  await asked.getByText('Change', { exact: true }).click()
  await asked.getByLabel('Another server').check()
  await asked.getByLabel('Name of the server').fill('EDGE7')
  await button(asked, 'Use this').click()
  await expect(asked).toContainText('Answered: EDGE7')
  await asked.getByText('Change', { exact: true }).click()
  await button(asked, 'Take the answer back').click()
  await expect(asked).toContainText('look at this')
})

test('day or month first: both readings, one answer for all files, remembered for the next audit', async ({
  page,
  request,
}) => {
  const environmentName = `Dates ${Date.now()}`
  const newDraft = async (files: Readonly<Record<string, string>>) => {
    const { id } = await (await request.post('/api/drafts', { data: { environmentName } })).json()
    for (const [name, content] of Object.entries(files))
      await request.put(`/api/drafts/${id}/uploads?name=${name}`, { data: Buffer.from(content) })
    return id
  }
  const two = { 'a.txt': certificates + receive('EX01'), 'b.txt': certificates.replaceAll('AB', 'CD') }
  const first = await newDraft(two)
  await open(page, first)
  const asked = row(page, 'a.txt')
  await expect(asked).toContainText('Day or month first?')
  await expect(asked.getByLabel('Day first: 6 September 2028')).toBeVisible()
  await expect(row(page, 'b.txt').getByRole('link', { name: 'Asked at a.txt' })).toBeVisible()
  await asked.getByLabel('Month first: 9 June 2028').check()
  await button(asked.locator('form').filter({ hasText: 'Day or month first?' }), 'Use this').click()
  await expect(asked).toContainText('Answered: month first')
  await expect(row(page, 'b.txt').getByRole('link', { name: 'Asked at a.txt' })).toBeHidden()

  expectNow((await request.post(`/api/audits/${first}/start`)).status()).toBe(202)
  const next = await newDraft(two)
  await open(page, next)
  await expect(row(page, 'a.txt')).toContainText('Answered: month first')
  await row(page, 'a.txt').getByText('Change', { exact: true }).first().click()
  await expect(row(page, 'a.txt')).toContainText(`Remembered for ${environmentName}`)
})

test('an encoding is chosen, and the lines are shown in it', async ({ page, draft }) => {
  const bytes = Buffer.concat([
    Buffer.from(`${receive('EX01')}Comment : M`),
    Buffer.from([0x81]),
    Buffer.from('nchen\n'),
  ])
  await open(page, await draft({ 'a.txt': bytes }))
  const asked = row(page, 'a.txt')
  await asked.getByText('If letters look wrong here').click()
  await asked.getByLabel('Encoding').first().selectOption('cp850')
  await button(asked, 'Read again').first().click()
  await expect(asked).toContainText('Answered: cp850')
  await asked.getByText('More', { exact: true }).click()
  await asked.getByRole('link', { name: 'View lines of a.txt' }).click()
  await expect(page.getByRole('region', { name: 'Lines of a.txt' })).toContainText('München')
  await page.getByRole('link', { name: 'Back to the files' }).click()
  await expect(row(page, 'a.txt')).toBeVisible()
})

test('damaged letters are put right only when asked for, with before and after', async ({ page, draft }) => {
  await open(page, await draft({ 'a.txt': `${receive('EX01')}Comment : B\u00c3\u00bcro\n` }))
  const asked = row(page, 'a.txt')
  await expect(asked).toContainText('B\u00c3\u00bcro')
  await expect(asked).toContainText('Büro')
  await asked.getByLabel('Leave them as they are').check()
  await button(asked, 'Use this').click()
  await expect(asked).toContainText('Answered: left as they are')
  await expect(asked).toContainText('ready')
  await asked.getByText('Change', { exact: true }).click()
  await asked.getByLabel('Put them right').check()
  await button(asked, 'Use this').click()
  await expect(asked).toContainText('Answered: put right')
})

test('what is not recognised is left out, or read as something else', async ({ page, draft }) => {
  await open(page, await draft({ 'notes.txt': 'shopping list\nmilk\n', 'ex01.txt': receive('EX01') }))
  const asked = row(page, 'notes.txt')
  await expect(asked).toContainText('shopping list')
  await button(asked, 'Leave this file out').click()
  await expect(asked).toContainText('left out')
  await expect(summary(page)).toContainText('2 files: 1 ready, 0 to look at, 1 left out')
  await button(asked, 'Use this file').click()
  await expect(asked).toContainText('not used')
  await asked.getByLabel('Read as').first().selectOption('smtp-log')
  await button(asked, 'Read again').first().click()
  await expect(asked.getByLabel('Read as').first()).toHaveValue('smtp-log')
})

test('a file is replaced in its place', async ({ page, draft }) => {
  await open(page, await draft({ 'cut.txt': receive('EX01', '10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4...') }))
  await expect(row(page, 'cut.txt')).toContainText('checks read it')
  const chooser = page.waitForEvent('filechooser')
  await button(row(page, 'cut.txt'), 'Replace cut.txt').click()
  const whole = { name: 'whole.txt', mimeType: 'text/plain', buffer: Buffer.from(receive('EX01')) }
  await (await chooser).setFiles(whole)
  await expect(row(page, 'whole.txt')).toContainText('ready')
  await expect(row(page, 'cut.txt')).toHaveCount(0)
  await expect(summary(page)).toContainText('1 file: 1 ready')
})

test('two files that contradict each other: one goes, or both are kept as two audits', async ({
  page,
  draft,
  request,
}) => {
  const both = { 'new.txt': receive('EX01', '10.0.0.9'), 'old.txt': receive('EX01') }
  await open(page, await draft(both))
  await expect(files(page)).toContainText('Two files say different things')
  await expect(files(page)).toContainText('RemoteIPRanges')
  await button(files(page), 'Remove old.txt').last().click()
  await expect(summary(page)).toContainText('1 file: 1 ready')

  const id = await draft(both)
  await open(page, id)
  await button(files(page), 'Keep both as two audits').click()
  await expect(summary(page)).toContainText('1 file: 1 ready')
  const { audit } = await (await request.get(`/api/drafts/${id}`)).json()
  await page.goto(`/e/${audit.environmentId}`)
  await expect(page.getByRole('link', { name: /\(2\)$/ }).first()).toBeVisible()
})

test('logs of one kind are one row, with period, lines and sessions', async ({ page, draft }) => {
  await open(page, await draft({ 'FE/RECV1.LOG': log(1), 'FE/RECV2.LOG': log(2), 'FE/RECV3.LOG': log(3) }))
  await expect(summary(page)).toContainText('3 files: 3 ready')
  const group = row(page, 'FE/RECV*.LOG: 3 files')
  await expect(group).toContainText('6 lines in 3 sessions')
  await expect(group).toContainText('20 Nov 2026, 01:00 UTC to 20 Nov 2026, 03:00 UTC')
  await group.getByText('The 3 files').click()
  await expect(group.getByRole('heading', { name: 'FE/RECV2.LOG' })).toBeVisible()
})

test('files are added to an analysed audit: a revision, and the report before stays', async ({
  page,
  audit,
  request,
}) => {
  const first = await audit({ 'ex01.txt': receive('EX01') })
  const { environmentId } = (await (await request.get(`/api/drafts/${first}`)).json()).audit
  await page.goto(`/a/${first}`)
  await button(page.locator('main'), 'Add files').click()
  await expect(page).toHaveURL(/\/new\/[0-9a-z]{6}$/)
  await expect(page.getByText('Revision 2 of')).toBeVisible()
  await expect(row(page, 'ex01.txt')).toContainText('ready')
  await page.waitForLoadState('networkidle')
  await page
    .locator('input[type=file][multiple]:not([webkitdirectory])')
    .setInputFiles([{ name: 'ex02.txt', mimeType: 'text/plain', buffer: Buffer.from(receive('EX02')) }])
  await expect(row(page, 'ex02.txt')).toContainText('1 object on EX02')
  await button(page.locator('main'), 'Analyse').click()
  await expect(page).toHaveURL(/\/a\/[0-9a-z]{6}$/, { timeout: 45_000 })
  await expect(page.getByText('Revision 2 of')).toBeVisible()
  const connectors = async (id: string) =>
    (await (await request.get(`/api/v1/audits/${id}/report`)).json()).inventory.receiveConnectors.length
  expectNow([await connectors(first), await connectors(page.url().slice(-6))]).toEqual([1, 2])
  await page.goto(`/e/${environmentId}`)
  await expect(page.getByText('Revision 2', { exact: true }).first()).toBeVisible()
})

test('answers are plain forms: they work without scripts', async ({ browser, draft, baseURL, request }) => {
  const id = await draft({ 'certificates.txt': certificate('2028-06-09 10:00:00'), 'ex01.txt': receive('EX01') })
  await expect.poll(async () => (await (await request.get(`/api/drafts/${id}`)).json()).isChecked).toBe(true)
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) })
  const page = await context.newPage()
  await page.goto(`/new/${id}`)
  await row(page, 'certificates.txt').getByLabel('EX01').check()
  await button(row(page, 'certificates.txt'), 'Use this').click()
  await expect(async () => {
    await page.goto(`/new/${id}`)
    await expectNow(row(page, 'certificates.txt')).toContainText('Answered: EX01')
  }).toPass({ timeout: 20_000 })
  await context.close()
})

for (const look of looks) {
  test(`questions are accessible and fit a phone, ${look.theme} ${look.locale}`, async ({
    page,
    draft,
    wear,
    axe,
    request,
  }) => {
    await wear(look)
    const id = await draft({
      'certificates.txt': certificates,
      'mojibake.txt': `${receive('EX05')}Comment : B\u00c3\u00bcro\n`,
      'latin.txt': Buffer.from(`${receive('EX04')}Comment : M\u00fcnchen\n`, 'latin1'),
      'notes.txt': 'shopping list',
      'new.txt': receive('EX01', '10.0.0.9'),
      'old.txt': receive('EX01'),
      'FE/RECV1.LOG': log(1),
      'FE/RECV2.LOG': log(2),
    })
    await expect.poll(async () => (await (await request.get(`/api/drafts/${id}`)).json()).isChecked).toBe(true)
    await open(page, id)
    await expect(row(page, 'certificates.txt').getByRole('radio').first()).toBeVisible()
    for (const summary of await files(page).locator('summary').all()) await summary.click()
    // Under the bar at the top something is always half hidden, wherever the last click has scrolled to.
    const toTop = () => page.evaluate(() => window.scrollTo(0, 0))
    await toTop()
    expectNow(await axe()).toEqual([])
    await page.setViewportSize({ width: 360, height: 640 })
    await toTop()
    expectNow(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    expectNow(await axe()).toEqual([])
    await page
      .getByRole('link', { name: /certificates\.txt/ })
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('certificates.txt')
    expectNow(await axe()).toEqual([])
    expectNow(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
}

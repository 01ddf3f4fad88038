import { expect, looks, sampleFile, test } from './fixtures'

const cut = 'munich/ex02-receive-connectors.txt'

const header = [
  'Received: from mail.example.net (203.0.113.7) by EX01.contoso.com (10.0.0.5) with Microsoft SMTP Server',
  ' id 15.2.1748.10; Fri, 20 Nov 2026 12:00:05 +0100',
  'From: a@example.net',
  'To: b@contoso.com',
  'Subject: Test',
  'Message-ID: <1@example.net>',
  'X-MS-Exchange-Organization-AuthAs: Anonymous',
  'Date: Fri, 20 Nov 2026 12:00:00 +0100',
  '',
].join('\r\n')

const log = [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.0.0.0',
  '#Log-type: SMTP Receive Protocol Log',
  '#Date: 2026-11-20T11:00:04.113Z',
  '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
  '2026-11-20T11:00:04.113Z,EX01\\Default Frontend EX01,08DD115CB9D4C88C,0,10.0.0.5:25,203.0.113.7:51234,+,,',
  '2026-11-20T11:00:05.213Z,EX01\\Default Frontend EX01,08DD115CB9D4C88C,1,10.0.0.5:25,203.0.113.7:51234,-,,Local',
  '',
].join('\r\n')

test.describe('what is missing', () => {
  test('by command, by server and by check, each with an address', async ({ page, audit }) => {
    const id = await audit({ [cut]: sampleFile(cut) })
    await page.goto(`/a/${id}/coverage`)
    await expect(page.getByRole('link', { name: 'By command' })).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('article').filter({ hasText: 'Get-ADPermission' }).first()).toContainText('for EX02')
    await page.getByRole('link', { name: 'By server' }).click()
    await expect(page).toHaveURL(/\?view=servers$/)
    const place = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'EX02' }) })
    await expect(place).toContainText("Get-ReceiveConnector -Server 'EX02' | Get-ADPermission")
    await expect(place).toContainText('cut or partial')
    await page.getByRole('link', { name: 'By check' }).click()
    await expect(page.getByRole('table', { name: 'Checks that could not be done' })).toBeVisible()
  })

  test('names what is there but cut, with its lines and the command for it', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/coverage`)
    const partial = page.getByRole('region', { name: 'There, but not whole' })
    await expect(partial).toContainText(cut)
    await partial.getByText('Command that gets it whole').last().click()
    await expect(partial).toContainText("Get-ReceiveConnector -Server 'EX02'")
    await partial
      .locator(`li:has-text("${cut}")`)
      .getByRole('link', { name: /^lines / })
      .click()
    await expect(page.getByRole('heading', { level: 1, name: cut })).toBeVisible()
  })

  test('as e-mail text in both languages, whatever the page speaks', async ({ page, sample, wear, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    for (const look of [looks[0], looks[1]]) {
      await wear(look)
      await page.goto(`/a/${sample}/coverage`)
      const mail = page.locator('#mail')
      const copied = async (language: RegExp) => {
        const part = mail.locator('[data-copy]').filter({ has: page.getByRole('button', { name: language }) })
        await part.getByRole('button').click()
        await expect(mail.getByRole('status').filter({ hasText: /^(?:Copied|Kopiert)$/ })).toHaveCount(1)
        const text = await page.evaluate(() => navigator.clipboard.readText())
        await page.reload()
        return text
      }
      const english = await copied(/English|englisch/i)
      const german = await copied(/German|deutsch/i)
      expect(english).toContain('Collect-Postern.ps1')
      expect(english).toMatch(/^Exports for the mail flow audit/)
      expect(german).toMatch(/Guten Tag/)
      expect(german).toContain('$FormatEnumerationLimit = -1')
    }
  })

  test('leads to the script with the servers filled in', async ({ page, audit }) => {
    const id = await audit({ [cut]: sampleFile(cut) })
    await page.goto(`/a/${id}/coverage`)
    await page.getByRole('main').getByRole('link', { name: 'collection script' }).click()
    await expect(page.getByText('.\\Collect-Postern.ps1 -Server EX02')).toBeVisible()
  })
})

test.describe('files', () => {
  test('logs, wishes and headers are told in words and kept apart', async ({ page, audit }) => {
    const wish = "Set-ReceiveConnector -Identity 'EX01\\Default Frontend EX01' -RequireTLS $true\r\n"
    const id = await audit({ 'RECV2026112011-1.LOG': log, 'message.txt': header, 'fix.ps1': wish })
    await page.goto(`/a/${id}/files`)
    const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
    await expect(row('RECV2026112011-1.LOG')).toContainText('received mail')
    await expect(row('RECV2026112011-1.LOG')).toContainText('2 records of 1 session')
    await expect(row('fix.ps1')).toContainText('1 object as commands would make it')
    await row('message.txt').getByRole('link', { name: 'message.txt' }).click()
    await expect(page.getByText('Headers of 1 message')).toBeVisible()
    await expect(page.getByText(/lines? used · .* passed over/)).toBeVisible()
  })

  test('long lines break or do not, in the address', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/files/s8`)
    await page.getByRole('link', { name: 'Do not break long lines' }).click()
    await expect(page).toHaveURL(/\?wrap=no$/)
    const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(width).toBeLessThanOrEqual(0)
    await expect(page.getByRole('link', { name: 'Break long lines', exact: true })).toBeVisible()
  })
})

for (const look of looks)
  test(`no accessibility fault and no sideways scroll: ${look.theme}, ${look.locale}`, async ({
    page,
    sample,
    axe,
    wear,
  }) => {
    await wear(look)
    for (const path of ['/coverage?view=servers', '/files/s8?wrap=no']) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(`/a/${sample}${path}`)
      expect(await axe(), path).toEqual([])
      await page.setViewportSize({ width: 360, height: 740 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `${path} at 360 px`).toBeLessThanOrEqual(360)
    }
  })

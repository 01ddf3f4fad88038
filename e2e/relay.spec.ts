import { expect, looks, test } from './fixtures'

const connector = (server: string, name: string, ranges: string, role = 'HubTransport') => `
Identity         : ${server}\\${name}
Name             : ${name}
Server           : ${server}
Enabled          : True
TransportRole    : ${role}
Bindings         : {0.0.0.0:25}
RemoteIPRanges   : {${ranges}}
AuthMechanism    : ExternalAuthoritative
PermissionGroups : ExchangeServers
RequireTLS       : False
`
const prompt = (server: string) => `[PS] C:\\>Get-ReceiveConnector -Server ${server} | Format-List\n`

for (const look of looks)
  test(`who can relay has no violations: ${look.theme}, ${look.locale}`, async ({ page, sample, axe, wear }) => {
    await wear(look)
    for (const query of ['', '?show=open']) {
      await page.goto(`/a/${sample}/relay${query}`)
      await expect(page.locator('h1')).toBeVisible()
      expect(await axe()).toEqual([])
    }
  })

test('the sentence comes first, and its witness leads to a trace', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/relay`)
  await expect(page.getByText(/^At least one public address can relay: /)).toBeVisible()
  await page.getByRole('link', { name: 'Show the way' }).click()
  await expect(page).toHaveURL(/simulate\?from=/)
  await expect(page.getByRole('status').filter({ hasText: /^Yes\./ })).toBeVisible()
})

test('a table with heads, whose cells lead to the question they answer', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/relay`)
  const table = page.getByRole('table')
  expect(await table.getByRole('rowheader').count()).toBeGreaterThan(3)
  expect(await table.getByRole('rowheader').count()).toBeLessThanOrEqual(30)
  await expect(table.getByText('by design').first()).toBeVisible()
  const cell = table.getByRole('link', { name: 'any', exact: true }).first()
  const href = await cell.getAttribute('href')
  expect(href).toMatch(/simulate\?.*from=.*to=/)
  await cell.click()
  await expect(page.locator('#answer')).toBeVisible()
})

test('the filter leaves what is open', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/relay`)
  const all = await page.getByRole('rowheader').count()
  await page.getByRole('link', { name: 'Only any and ?' }).first().click()
  await expect(page).toHaveURL(/show=open/)
  expect(await page.getByRole('rowheader').count()).toBeLessThan(all)
})

test('a cell that cannot be told names the cmdlet, and the command stands below', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/relay`)
  const open = page.getByRole('cell').filter({ has: page.getByRole('link', { name: '?', exact: true }) })
  const cmdlets = await open.locator('code').allTextContents()
  expect(cmdlets.length).toBeGreaterThanOrEqual(await open.count())
  await open.locator('a[href="#missing"]').first().click()
  const missing = page.getByRole('region', { name: 'What would tell' })
  await expect(missing).toBeInViewport()
  for (const cmdlet of new Set(cmdlets)) await expect(missing.getByText(cmdlet).first()).toBeVisible()
})

test('servers that answer alike share a column', async ({ page, audit }) => {
  const id = await audit({
    'a.txt': `${prompt('EX01')}${connector('EX01', 'R', '10.0.0.0/8')}`,
    'b.txt': `${prompt('EX02')}${connector('EX02', 'R', '10.0.0.0/8')}`,
    'c.txt': `${prompt('EX03')}${connector('EX03', 'R', '10.0.0.0/8')}`,
  })
  await page.goto(`/a/${id}/relay`)
  await expect(page.getByRole('columnheader', { name: /EX01–EX03:25/ })).toBeVisible()
  await expect(page.getByRole('rowheader', { name: /^Private networks/ })).toBeVisible()
})

test('a file for spreadsheets runs no formula', async ({ page, request, audit }) => {
  const id = await audit({ 'a.txt': `${prompt('=cmd')}${connector('=cmd', 'R', '10.0.0.0/8')}` })
  const answer = await request.get(`/a/${id}/relay/csv`)
  expect(answer.headers()['content-disposition']).toContain('attachment')
  const text = await answer.text()
  expect(text).not.toMatch(/(^|[,;\n])=/)
  expect(text.split('\n')[0]).toContain('Sender')
  await page.goto(`/a/${id}/relay`)
  await expect(page.getByRole('link', { name: 'Download CSV' }).first()).toBeVisible()
})

test('without connectors the page says what to add', async ({ page, audit }) => {
  const text =
    'Get-AcceptedDomain | Format-List\n\nName : contoso.com\nDomainName : contoso.com\nDomainType : Authoritative\n'
  const id = await audit({ 'a.txt': text })
  await page.goto(`/a/${id}/relay`)
  await expect(page.getByText('No receive connector in this audit.')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 780 } })
  test('the matrix is a list of what is open', async ({ page, sample, axe, wear }) => {
    await wear({ theme: 'dark', locale: 'de' })
    await page.goto(`/a/${sample}/relay`)
    await expect(page.getByRole('table')).toBeHidden()
    await expect(page.getByRole('listitem').getByText('alle', { exact: true }).first()).toBeVisible()
    for (const word of await page.locator('dt').filter({ visible: true }).all())
      await expect(word).toHaveText(/^(alle|\?)$/)
    await page.getByRole('link', { name: 'Alle', exact: true }).filter({ visible: true }).click()
    await expect(page).toHaveURL(/show=all/)
    await expect(page.locator('dt').filter({ hasText: 'nein', visible: true }).first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    expect(await axe()).toEqual([])
  })
})

import type { APIRequestContext, Page } from '@playwright/test'
import { expect, looks, test } from './fixtures'

const exported = (server: string, groups: string, ranges = '0.0.0.0-255.255.255.255') =>
  `[PS] C:\\>Get-ReceiveConnector -Server ${server} | fl\r\n\r\nIdentity : ${server}\\Default\r\nName : Default\r\nServer : ${server}\r\nEnabled : True\r\nTransportRole : FrontendTransport\r\nBindings : {0.0.0.0:25}\r\nRemoteIPRanges : {${ranges}}\r\nAuthMechanism : Tls, ExternalAuthoritative\r\nPermissionGroups : ${groups}\r\nRequireTLS : False\r\n`
const hostile = '<img src=x onerror=alert(1)>'

async function analysed(request: APIRequestContext, environmentName: string, files: Record<string, string>) {
  const { id, environmentId } = await (await request.post('/api/drafts', { data: { environmentName } })).json()
  for (const [name, text] of Object.entries(files))
    await request.put(`/api/drafts/${id}/uploads?name=${name}`, {
      data: Buffer.from(text),
      headers: { 'Content-Type': 'application/octet-stream' },
    })
  expect((await request.post(`/api/audits/${id}/start`)).status()).toBe(202)
  const status = async () => (await (await request.get(`/api/audits/${id}/status`)).json()).status
  await expect.poll(status, { timeout: 60_000 }).toBe('done')
  return { id: String(id), env: String(environmentId) }
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
/** No connector answers a stranger. */
const safe = { 'ex01.txt': exported('EX01', 'AnonymousUsers', '10.0.0.1-10.0.0.200') }
const open = { 'ex01.txt': exported('EX01', 'AnonymousUsers, ExchangeServers') }

test('a starter is kept, broken by the next audit, and removed', async ({ page, request }) => {
  test.slow()
  const { env } = await analysed(request, 'Expecting', safe)
  await page.goto(`/e/${env}`)
  await page.getByRole('link', { name: 'Expectations' }).click()
  await page.getByRole('button', { name: 'Expect this: A stranger must not relay' }).click()
  await expect(row(page, 'A stranger must not relay')).toContainText('Kept')
  const { id } = await analysed(request, 'Expecting', open)
  await page.reload()
  await expect(page.getByText('One is broken')).toBeVisible()
  await expect(row(page, 'A stranger must not relay')).toContainText('at EX01')
  await page.getByRole('link', { name: 'See the answer' }).click()
  await expect(page).toHaveURL(`/a/${id}/simulate?from=203.0.113.7&rcpt=example.net&to=EX01`)
  await page.goto(`/e/${env}/expectations`)
  await page.getByRole('button', { name: 'Remove the expectation' }).click()
  await expect(page.getByText('Nothing is expected yet')).toBeVisible()
})

test('an answer of the simulator is kept under a name; what cannot be told is neither kept nor broken', async ({
  page,
  request,
  axe,
}) => {
  test.slow()
  const { id, env } = await analysed(request, 'Keeping', safe)
  await page.goto(`/a/${id}/simulate?from=203.0.113.7&rcpt=example.net&to=EX01`)
  await page.getByText('Keep as expectation').focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Name (may').fill(hostile)
  await expect(page.getByLabel('The answer must be')).toHaveValue('rejected')
  expect(await axe()).toEqual([])
  await page.getByRole('button', { name: 'Keep expectation' }).click()
  await expect(page).toHaveURL(`/e/${env}/expectations`)
  await expect(row(page, hostile)).toContainText('Kept')
  await expect(page.locator('main img')).toHaveCount(0)
  await analysed(request, 'Keeping', { 'ex02.txt': exported('EX02', 'AnonymousUsers') })
  await page.reload()
  await expect(row(page, hostile)).toContainText('Cannot tell')
  await expect(row(page, hostile)).not.toContainText(/Kept|Broken/)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('an answer can be kept and removed', async ({ page, request }) => {
    const { id } = await analysed(request, 'Expecting without scripts', safe)
    await page.goto(`/a/${id}/simulate?from=203.0.113.7&rcpt=example.net&to=EX01`)
    await page.getByText('Keep as expectation').click()
    await page.getByLabel('The answer must be').selectOption('relayed')
    await page.getByRole('button', { name: 'Keep expectation' }).click()
    await expect(page.getByText('One is broken')).toBeVisible()
    await page.getByRole('button', { name: 'Remove the expectation' }).click()
    await expect(page.getByText('Nothing is expected yet')).toBeVisible()
  })
})

for (const look of looks)
  test(`has no accessibility fault and does not scroll sideways: ${look.theme}, ${look.locale}`, async ({
    page,
    request,
    axe,
    wear,
  }) => {
    test.slow()
    await wear(look)
    const { id, env } = await analysed(request, `Expect ${look.theme} ${look.locale}`, open)
    const check = async (path: string) => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(path)
      for (const details of await page.locator('main details').all())
        await details.evaluate((d) => d.setAttribute('open', ''))
      expect(await axe(), path).toEqual([])
      await page.setViewportSize({ width: 360, height: 740 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `${path} at 360 px`).toBeLessThanOrEqual(360)
    }
    await check(`/e/${env}/expectations`)
    await page.locator('#starters form button').first().click()
    await expect(page.locator('main table')).toBeVisible()
    await check(`/e/${env}/expectations`)
    await check(`/a/${id}/simulate?from=203.0.113.7&rcpt=example.net&to=EX01`)
  })

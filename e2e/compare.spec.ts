import type { APIRequestContext, Page } from '@playwright/test'
import { expect, looks, test } from './fixtures'
import { newPerson } from './people'
import { baseURL } from './server'

type Connector = { name: string; ranges?: string; groups?: string; noise?: string }
const connector = (
  server: string,
  { name, ranges = '10.0.0.1-10.0.0.200', groups = 'AnonymousUsers', noise = '1' }: Connector,
) =>
  [
    `Identity : ${server}\\${name}`,
    `Name : ${name}`,
    `Server : ${server}`,
    'Enabled : True',
    'Bindings : {0.0.0.0:25}',
    `RemoteIPRanges : {${ranges}}`,
    'AuthMechanism : Tls, ExternalAuthoritative',
    `PermissionGroups : ${groups}`,
    'TransportRole : FrontendTransport',
    `ObjectVersion : ${noise}`,
    '',
  ].join('\r\n')
const exported = (server: string, ...connectors: Connector[]) =>
  `[PS] C:\\>Get-ReceiveConnector -Server ${server} | fl\r\n\r\n${connectors.map((c) => connector(server, c)).join('\r\n')}\r\n[PS] C:\\>\r\n`

type Files = Record<string, string>

async function analysed(request: APIRequestContext, environmentName: string, files: Files) {
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

const trusting = { name: 'Appliances', groups: 'ExchangeServers, AnonymousUsers' }
const hostile = '<img src=x onerror=alert(1)>'

/** EX01 repaired and widened, EX02 left out, a connector of EX01 gone. */
async function two(request: APIRequestContext, name: string) {
  const then = await analysed(request, name, {
    'ex01.txt': exported(
      'EX01',
      trusting,
      { name: 'Fax', ranges: '10.9.0.1' },
      { name: 'Scanners', ranges: '10.1.0.1, 10.1.0.2' },
    ),
    'ex02.txt': exported('EX02', trusting),
  })
  const now = await analysed(request, name, {
    'ex01.txt': exported(
      'EX01',
      { ...trusting, groups: 'AnonymousUsers', noise: '2' },
      { name: 'Scanners', ranges: '10.1.0.2, 10.1.0.9', noise: hostile },
    ),
  })
  return { a: then.id, b: now.id, env: now.env, path: `/e/${now.env}/compare?a=${then.id}&b=${now.id}` }
}

const object = (page: Page, name: string) => page.locator('#configuration li').filter({ hasText: name })

test('says what changed, and takes what was left out for no repair', async ({ page, request }) => {
  test.slow()
  const { a, b, env, path } = await two(request, 'Compared')
  await page.goto(`/e/${env}`)
  await page.getByRole('link', { name: 'Compare two audits' }).click()
  await expect(page).toHaveURL(path)

  await expect(page.locator('#summary')).toContainText('because the later exports do not show what it takes')
  await expect(page.locator('#noLongerAssessed')).toContainText('EX02\\Appliances')
  await expect(page.locator('#not-given')).toContainText('Receive connectors of EX02: 1')
  await expect(page.locator('#findings')).not.toContainText('EX02\\Appliances, EX')

  await expect(object(page, 'EX01\\Fax')).toContainText('gone')
  const scanners = object(page, 'EX01\\Scanners')
  await expect(scanners.locator('del')).toHaveText(['\u2212 10.1.0.1'])
  await expect(scanners.locator('ins')).toHaveText(['+ 10.1.0.9'])
  await expect(scanners).toContainText('1 entry stays')
  await expect(object(page, 'EX01\\Appliances').locator('del')).toHaveText(['\u2212 ExchangeServers'])
  await expect(page.getByText(hostile)).toHaveCount(0)

  await page.getByRole('link', { name: 'Show technical details' }).click()
  await expect(page).toHaveURL(/noise=1/)
  await expect(page.getByText(hostile)).toBeVisible()
  await expect(page.locator('#configuration img')).toHaveCount(0)

  await scanners.getByRole('link', { name: 'ex01.txt' }).first().click()
  await expect(page).toHaveURL(new RegExp(`/a/${a}/files/.*#L`))
  await page.goto(`/a/${b}`)
  await page.getByText('since the audit of').click()
  await page.getByRole('link', { name: 'Compare with the audit of' }).click()
  await expect(page).toHaveURL(path)
})

test('is reached from the rail: an audit against the one before it', async ({ page, request }) => {
  test.slow()
  const { a, b, path } = await two(request, 'From the rail')
  await page.goto(`/a/${b}/findings`)
  const rail = page.getByRole('navigation', { name: 'Audit' })
  await rail.getByRole('link', { name: 'Compare' }).click()
  await expect(page).toHaveURL(path)
  await expect(rail.getByRole('link', { name: 'Compare' })).toHaveAttribute('aria-current', 'page')
  await page.goto(`/a/${a}`)
  await rail.getByRole('link', { name: 'Compare' }).click()
  await expect(page.getByText('No audit of this environment is older than this one')).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`/a/${b}`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  await expect(page).toHaveURL(path)
  const alone = await analysed(request, 'Alone', { 'ex01.txt': exported('EX01', trusting) })
  await page.goto(`/a/${alone.id}`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  await expect(page.getByText('A comparison needs two analysed audits')).toBeVisible()
})

test('is taken away as the page shows it', async ({ page, request }) => {
  test.slow()
  const { path, a, b, env } = await two(request, 'Files')
  const other = await analysed(request, 'Other files', { 'ex01.txt': exported('EX01', trusting) })
  await page.goto(`${path}&q=scanners`)
  const json = page.waitForEvent('download')
  await page.getByRole('link', { name: 'JSON' }).click()
  expect((await json).suggestedFilename()).toBe(`postern-compare-${a}-${b}.json`)
  const of = (search: string, at = env) => request.get(`/e/${at}/compare/export?${search}`, { headers })
  const headers = { 'Accept-Language': 'en' }
  const shown = await (await of(`a=${a}&b=${b}&q=scanners&format=json`)).json()
  expect(shown).toMatchObject({ comparison: 1, objects: [{ id: 'EX01\\Scanners' }] })
  const all = (await (await of(`a=${a}&b=${b}&format=csv`)).text()).split('\r\n')
  expect(all[0]).toMatch(/^Change,Severity,/)
  expect(all).toContainEqual(
    expect.stringMatching(/^changed,.*EX01\\Scanners,RemoteIPRanges,10\.1\.0\.1,10\.1\.0\.9,ex01\.txt:\d+/),
  )
  expect(all).toContainEqual(expect.stringMatching(/^gone,.*EX01\\Fax/))
  for (const search of [`a=${a}&b=${other.id}`, `a=zzzzzz&b=${b}`, `b=${b}`])
    expect((await of(`${search}&format=csv`)).status(), search).toBe(404)
  expect((await of(`a=${a}&b=${b}&format=csv`, other.env)).status()).toBe(404)
  expect((await of(`a=${a}&b=${b}&format=exe`)).status()).toBe(400)
})

test('leads to no original whoever may not see them', async ({ request, browser }) => {
  const { path, env } = await two(request, 'Viewed')
  const { cookie } = newPerson({ role: 'viewer', environments: [env] })
  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } })
  await context.setExtraHTTPHeaders({ cookie })
  const page = await context.newPage()
  await page.goto(path)
  await expect(object(page, 'EX01\\Scanners')).toContainText('ex01.txt')
  await expect(page.locator('main a[href*="/files/"]')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Share', exact: true })).toHaveCount(0)
  await context.close()
})

test('takes one audit only, an unknown one, and the same twice', async ({ page, request }) => {
  const one = await analysed(request, 'Once', { 'ex01.txt': exported('EX01', trusting) })
  await page.goto(`/e/${one.env}/compare`)
  await expect(page.getByText('A comparison needs two analysed audits')).toBeVisible()
  await analysed(request, 'Once', { 'ex01.txt': exported('EX01', trusting) })
  await page.goto(`/e/${one.env}/compare?a=zzzzzz&b=${one.id}`)
  await expect(page.getByText('is not among the analysed ones')).toBeVisible()
  await page.goto(`/e/${one.env}/compare?a=${one.id}&b=${one.id}`)
  await expect(page.getByText('Both sides name the same audit')).toBeVisible()
})

test('the audits of another environment cannot be named', async ({ page, request }) => {
  const other = await analysed(request, 'Elsewhere', { 'ex01.txt': exported('EX01', { name: 'Secret' }) })
  const { env, b } = await two(request, 'Apart')
  await page.goto(`/e/${env}/compare?a=${other.id}&b=${b}`)
  await expect(page.getByText('is not among the analysed ones')).toBeVisible()
  await expect(page.getByText('Secret')).toHaveCount(0)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('words can be looked for', async ({ page, request }) => {
    const { path } = await two(request, 'No scripts filtered')
    await page.goto(path)
    await page.getByRole('searchbox').fill('fax')
    await page.getByRole('button', { name: 'Apply' }).click()
    await expect(page).toHaveURL(`${path}&q=fax`)
    await expect(page.getByText(/1 of 3 objects hold “fax”/)).toBeVisible()
    await expect(object(page, 'EX01\\Fax')).toBeVisible()
    await expect(object(page, 'EX01\\Scanners')).toHaveCount(0)
    await page.getByRole('searchbox').fill('nothing has this')
    await page.getByRole('button', { name: 'Apply' }).click()
    await expect(page.getByText('No finding that came, went or changed holds “nothing has this”.')).toBeVisible()
    await page.getByRole('link', { name: 'Remove filter' }).click()
    await expect(page).toHaveURL(path)
    await expect(object(page, 'EX01\\Scanners')).toBeVisible()
  })
  test('two audits can be chosen', async ({ page, request }) => {
    const { a, b, path, env } = await two(request, 'No scripts compared')
    await page.goto(`/e/${env}/compare?a=${b}&b=${a}`)
    await expect(page.getByText('The audit on the left is newer')).toBeVisible()
    await page.getByRole('combobox', { name: 'From' }).selectOption(a)
    await page.getByRole('combobox', { name: 'To' }).selectOption(b)
    await page.getByRole('button', { name: 'Compare' }).click()
    await expect(page).toHaveURL(path)
    await expect(object(page, 'EX01\\Scanners').locator('ins')).toHaveText(['+ 10.1.0.9'])
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
    const { path } = await two(request, `Compare ${look.theme} ${look.locale}`)
    for (const address of [path, `${path}&noise=1`, `${path}&q=relay`]) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(address)
      for (const details of await page.locator('main details').all())
        await details.evaluate((d) => d.setAttribute('open', ''))
      expect(await axe(), address).toEqual([])
      await page.setViewportSize({ width: 360, height: 740 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `${address} at 360 px`).toBeLessThanOrEqual(360)
    }
  })

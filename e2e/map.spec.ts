import { expect, looks, test } from './fixtures'

const connector = (
  server: string,
  name: string,
  ranges: string,
) => `[PS] C:\\>Get-ReceiveConnector -Server ${server} | Format-List

Identity         : ${server}\\${name}
Name             : ${name}
Server           : ${server}
Enabled          : True
TransportRole    : FrontendTransport
Bindings         : {0.0.0.0:25}
RemoteIPRanges   : {${ranges}}
AuthMechanism    : Tls
PermissionGroups : AnonymousUsers
RequireTLS       : False
`

for (const look of looks)
  test(`map and table have no violations: ${look.theme}, ${look.locale}`, async ({ page, sample, axe, wear }) => {
    await wear(look)
    for (const query of ['', '?sel=n:cloud', '?view=table']) {
      await page.goto(`/a/${sample}/map${query}`)
      await expect(page.locator('h1')).toBeVisible()
      expect(await axe()).toEqual([])
    }
  })

test('a card opens its panel below the map and Esc closes it', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/map`)
  await page.locator('[data-card="internet"] a').click()
  await expect(page).toHaveURL(/sel=n%3Ainternet/)
  await expect(page.getByRole('heading', { level: 2, name: 'Internet' })).toBeVisible()
  await expect(page.locator('[data-card="internet"] a')).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/sel=/)
  await expect(page.locator('[data-card="internet"] a')).toBeFocused()
})

test('the cards are one tab stop, and arrow keys walk them', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/map`)
  await expect(page.locator('[data-card] a[tabindex="0"]')).toHaveCount(1)
  await page.locator('[data-card="internet"] a').focus()
  await page.keyboard.press('ArrowDown')
  const below = page.locator('[data-card] a:focus')
  await expect(below).toHaveCount(1)
  await expect(page.locator('[data-card="internet"] a')).not.toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(page.locator('[data-card="internet"] a')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('[data-card="internet"] a')).not.toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('#selection')).toBeVisible()
})

test('a line leads to its connectors, and these to the lines of the file', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/map?view=table`)
  await page
    .getByRole('row', { name: /past the gateway/ })
    .first()
    .getByRole('link')
    .first()
    .click()
  await expect(page).toHaveURL(/sel=e%3A/)
  const panel = page.locator('#selection')
  await expect(panel.getByText('RemoteIPRanges').first()).toBeAttached()
  const place = panel.getByRole('link', { name: /^line \d+$/ }).first()
  expect(await place.getAttribute('href')).toMatch(/^\/a\/\w+\/files\/s\d+.*#L\d+/)
})

test('an address finds the range that contains it', async ({ page, audit }) => {
  const id = await audit({
    'a.txt': connector('EX01', 'Relay', '10.20.0.0/16'),
    'b.txt': connector('EX02', 'Default Frontend EX02', '0.0.0.0-255.255.255.255'),
  })
  await page.goto(`/a/${id}/map`)
  await page.getByRole('searchbox').fill('10.20.1.7')
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByRole('status').first()).toContainText('2 ranges contain 10.20.1.7')
  await expect(page.getByRole('link', { name: '10.20.0.0/16 of EX01\\Relay, port 25' })).toBeVisible()
})

test('hostile names stay text in the page and in the file', async ({ page, request, audit }) => {
  const name = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
  const id = await audit({ 'a.txt': connector('EX01', name, '10.20.0.0/16') })
  let dialogs = 0
  page.on('dialog', (dialog) => {
    dialogs += 1
    void dialog.dismiss()
  })
  await page.goto(`/a/${id}/map`)
  expect(await page.locator('#map-drawing img, #map-drawing script').count()).toBe(0)
  await expect(page.locator('#map-drawing title', { hasText: 'onerror' }).first()).toBeAttached()
  expect(dialogs).toBe(0)
  const svg = await (await request.get(`/a/${id}/map/svg`)).text()
  expect(svg).not.toMatch(/<(img|script)/)
})

test('the file carries title, legend and colours, and opens by itself', async ({ page, request, sample }) => {
  const answer = await request.get(`/a/${sample}/map/svg`)
  expect(answer.headers()['content-type']).toContain('image/svg+xml')
  expect(answer.headers()['content-disposition']).toContain('attachment')
  const svg = await answer.text()
  expect(svg).toContain('Contoso')
  expect(svg).toContain('encrypted if both can')
  expect(svg).not.toContain('var(')
  await page.setContent(svg)
  expect(await page.locator('svg text').count()).toBeGreaterThan(20)
  expect((await request.get('/a/zzzzzz/map/svg')).status()).toBe(404)
})

test('without connectors the page says what to add', async ({ page, audit }) => {
  const id = await audit({
    'a.txt':
      'Get-AcceptedDomain | Format-List\n\nName : contoso.com\nDomainName : contoso.com\nDomainType : Authoritative\n',
  })
  await page.goto(`/a/${id}/map`)
  await expect(page.getByText('No connectors in this audit.')).toBeVisible()
  await expect(page.getByText('Get-ReceiveConnector')).toBeVisible()
})

test('an unknown selection is ignored and said', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/map?sel=n:nowhere`)
  await expect(page.getByText('n:nowhere is not on this map')).toBeVisible()
  await expect(page.locator('#selection')).toHaveCount(0)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('cards are plain links', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/map`)
    await page.locator('[data-card="internet"] a').click()
    await expect(page.locator('#selection')).toContainText('Internet')
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 780 } })
  test('lanes are a list of cards with their doors, nothing pans', async ({ page, sample, axe }) => {
    await page.goto(`/a/${sample}/map`)
    await expect(page.locator('#map-drawing')).toBeHidden()
    const lanes = page.getByRole('region', { name: 'Places by lane' })
    await lanes
      .getByRole('link', { name: /^Internet/ })
      .first()
      .click()
    await expect(page.locator('#selection')).toBeInViewport()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    expect(await axe()).toEqual([])
  })
})

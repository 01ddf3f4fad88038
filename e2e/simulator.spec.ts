import { expect, looks, test } from './fixtures'

const connector = (name: string, ranges: string, role = 'FrontendTransport', port = 25) => `
Identity         : EX01\\${name}
Name             : ${name}
Server           : EX01
Enabled          : True
TransportRole    : ${role}
Bindings         : {0.0.0.0:${port}}
RemoteIPRanges   : {${ranges}}
AuthMechanism    : Tls
PermissionGroups : AnonymousUsers
RequireTLS       : False
`
const any = '0.0.0.0-255.255.255.255'
const prompt = '[PS] C:\\>Get-ReceiveConnector -Server EX01 | Format-List\n'
const front = `${prompt}${connector('Default Frontend EX01', any)}`
const domains = `[PS] C:\\>Get-AcceptedDomain | Format-List

Name       : contoso.com
DomainName : contoso.com
DomainType : Authoritative
`

for (const look of looks)
  test(`the simulator has no violations: ${look.theme}, ${look.locale}`, async ({ page, sample, axe, wear }) => {
    await wear(look)
    for (const query of ['', '?from=203.0.113.7&rcpt=example.net', '?from=10.0.0.300&port=x']) {
      await page.goto(`/a/${sample}/simulate${query}`)
      await expect(page.locator('h1')).toBeVisible()
      expect(await axe()).toEqual([])
    }
  })

test('an example is asked, answered first, and explained with lines of the files', async ({ page, sample }) => {
  await page.goto(`/a/${sample}`)
  await page.getByRole('link', { name: 'Simulator' }).first().click()
  await page.getByRole('link', { name: 'May a stranger relay?' }).click()
  await expect(page).toHaveURL(/from=203\.0\.113\.7/)
  await expect(page.getByText(/^A message from 203\.0\.113\.7, to /).first()).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /^(Yes|No|It depends|Cannot tell)\./ })).toBeVisible()
  const steps = page.getByRole('region', { name: 'Way', exact: true }).getByRole('listitem')
  await expect(steps.first()).toContainText('Connector')
  await steps.first().getByRole('link', { name: /line/ }).first().click()
  await expect(page).toHaveURL(/\/files\/s\d+.*#L\d+/)
})

test('the form becomes an address that says only what is asked, and names no mailbox', async ({ page, audit }) => {
  const id = await audit({ 'receive.txt': front, 'domains.txt': domains })
  await page.goto(`/a/${id}/simulate`)
  await page.getByLabel('IP address or range').fill('203.0.113.7')
  await page.getByLabel('Server').selectOption('EX01')
  await page.getByLabel('Sender domain').fill('a.person@example.net')
  await page.getByLabel('Recipient domain').fill('b@contoso.com')
  await page.getByLabel('Recipient domain').press('Enter')
  await expect(page).toHaveURL(/simulate\?from=203\.0\.113\.7&rcpt=contoso\.com&sender=example\.net&to=EX01/)
  await expect(page.getByLabel('Recipient domain')).toHaveValue('contoso.com')
  await expect(page.getByRole('heading', { name: 'What would have to change' })).toBeVisible()
})

test('what is wrong stands at its field, and what was typed stays', async ({ page, audit }) => {
  const id = await audit({ 'receive.txt': front })
  await page.goto(`/a/${id}/simulate?from=10.0.0.300&port=x&to=EX01`)
  await expect(page.getByRole('status').filter({ hasText: '2 fields need another value.' })).toBeVisible()
  const from = page.getByLabel('IP address or range')
  await expect(from).toHaveAttribute('aria-invalid', 'true')
  await expect(from).toHaveAccessibleDescription(/neither an IP address nor a range/)
  await expect(from).toHaveValue('10.0.0.300')
  await expect(page.getByLabel('Port')).toHaveValue('x')
})

test('a wrong field is named in the summary, which leads to it', async ({ page, audit }) => {
  const id = await audit({ 'receive.txt': front })
  await page.goto(`/a/${id}/simulate?port=x&from=10.0.0.300&to=EX01`)
  const links = page.getByRole('status').getByRole('link')
  await expect(links).toHaveText(['IP address or range', 'Port'])
  await links.last().click()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByLabel('Port')).toBeFocused()
})

test('what was assumed is said, and which addresses of Exchange Online get another answer', async ({ page, audit }) => {
  // without a second leg, that would have to be in the files as well
  const hub = (name: string, ranges: string) => connector(name, ranges, 'HubTransport')
  const receive = `${prompt}${hub('Default Frontend EX01', any)}${hub('Azure', '40.64.0.0/10')}`
  const id = await audit({ 'receive.txt': receive, 'domains.txt': domains })
  await page.goto(`/a/${id}/simulate?cert=exchange-online&rcpt=contoso.com&to=EX01`)
  await expect(page.getByText('40.92.0.1, one of the addresses of Exchange Online')).toBeVisible()
  await expect(page.getByText('the client uses STARTTLS where the server offers it')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /EX01\\Azure takes the message/ })).toBeVisible()
  const other = page.getByRole('listitem').filter({ hasText: 'EX01\\Default Frontend EX01' }).first()
  await other.getByRole('link').click()
  await expect(page.getByRole('status').filter({ hasText: /Default Frontend EX01 takes the message/ })).toBeVisible()
  await expect(page.getByText('one of the addresses of Exchange Online')).toHaveCount(0)
})

test('without a connector the answer is that it cannot be told, and what would tell', async ({ page, audit }) => {
  const id = await audit({ 'domains.txt': domains })
  await page.goto(`/a/${id}/simulate?from=203.0.113.7&rcpt=contoso.com`)
  await expect(page.locator('#answer')).toContainText(/^Cannot tell\./)
  const missing = page.getByRole('region', { name: 'What would tell' })
  await expect(missing.getByText('Get-ReceiveConnector').first()).toBeVisible()
  await expect(page.getByText('There is no connector in these files')).toBeVisible()
})

test('the examples of the sample have clear answers', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/simulate`)
  const examples = page.getByRole('region', { name: 'Questions about this audit' }).getByRole('link')
  const hrefs = await examples.evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''))
  expect(hrefs.length).toBe(6)
  for (const href of hrefs) {
    await page.goto(href)
    await expect(page.locator('#answer')).toContainText(/^(Yes|No)\./)
  }
})

test('a range is answered whole, or says where it differs', async ({ page, audit }) => {
  const id = await audit({ 'receive.txt': `${front}${connector('Scanner', '10.20.4.9')}` })
  await page.goto(`/a/${id}/simulate?from=10.30.0.0/16&to=EX01&rcpt=example.net`)
  await expect(page.getByText('The answer holds for the whole range 10.30.0.0/16')).toBeVisible()
  await page.goto(`/a/${id}/simulate?from=10.20.4.0/24&to=EX01&rcpt=example.net`)
  await page.getByRole('link', { name: '10.20.4.9' }).click()
  await expect(page.getByText('A message from 10.20.4.9, to EX01').first()).toBeVisible()
  await expect(page.getByText(/EX01\\Scanner answers/).filter({ visible: true })).toBeVisible()
  await expect(page.getByText('Not chosen').filter({ visible: true })).toBeVisible()
})

test('without a server every one that listens is asked', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/simulate?from=203.0.113.7&rcpt=example.net`)
  await expect(page.getByRole('heading', { name: 'On other servers' })).toBeVisible()
})

test('what is missing is named with its command', async ({ page, audit }) => {
  const custom = front.replace('AnonymousUsers', 'AnonymousUsers, Custom')
  const id = await audit({ 'receive.txt': custom, 'domains.txt': domains })
  await page.goto(`/a/${id}/simulate?from=203.0.113.7&to=EX01&rcpt=example.net`)
  await expect(page.getByRole('status').filter({ hasText: /^Cannot tell\./ })).toBeVisible()
  await expect(
    page.getByRole('region', { name: 'What would tell' }).getByText('Get-ADPermission').first(),
  ).toBeVisible()
})

test('the way is shown on the map', async ({ page, sample }) => {
  await page.goto(`/a/${sample}/simulate?from=203.0.113.7&rcpt=contoso.com&to=EX01`)
  await page.getByRole('link', { name: 'Show on the map' }).click()
  await expect(page).toHaveURL(/\/map\?path=/)
  await expect(page.getByRole('list', { name: 'The way of the message' }).getByRole('listitem').first()).toBeVisible()
  expect(await page.locator('#map-drawing [data-card][opacity]').count()).toBeGreaterThan(0)
  await page.getByRole('link', { name: 'Show the whole map' }).click()
  await expect(page.locator('#map-drawing [data-card][opacity]')).toHaveCount(0)
})

test('direction swaps, and hostile values stay text', async ({ page, audit }) => {
  const id = await audit({ 'receive.txt': front, 'domains.txt': domains })
  await page.goto(`/a/${id}/simulate?from=203.0.113.7&rcpt=contoso.com&sender=example.net&to=EX01`)
  await page.getByRole('link', { name: 'Swap direction' }).click()
  await expect(page).toHaveURL(/rcpt=example\.net&sender=contoso\.com&start=on-premises&to=EX01/)
  let dialogs = 0
  page.on('dialog', (dialog) => {
    dialogs += 1
    void dialog.dismiss()
  })
  const hostile = encodeURIComponent('"><img src=x onerror=alert(1)>')
  for (const key of ['from', 'to', 'cert', 'sender', 'rcpt', 'size', 'auth'])
    await page.goto(`/a/${id}/simulate?from=10.0.0.1&${key}=${hostile}`)
  expect(dialogs).toBe(0)
  expect(await page.locator('main img').count()).toBe(0)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('the form is sent and answered', async ({ page, audit }) => {
    const id = await audit({ 'receive.txt': front, 'domains.txt': domains })
    await page.goto(`/a/${id}/simulate`)
    await page.getByLabel('IP address or range').fill('203.0.113.7')
    await page.getByLabel('Certificate of the sender').selectOption('name')
    await page.getByLabel('Name in the certificate').fill('mail.example.net')
    await page.getByRole('button', { name: 'Simulate' }).click()
    await expect(page).toHaveURL(/cert=mail\.example\.net&from=203\.0\.113\.7/)
    await expect(page.locator('#answer')).toBeVisible()
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 780 } })
  test('nothing widens the page', async ({ page, sample, axe, wear }) => {
    await wear({ theme: 'light', locale: 'de' })
    for (const query of ['', '?from=10.10.0.0/16&rcpt=example.net&to=EX01', '?start=on-premises&rcpt=example.net']) {
      await page.goto(`/a/${sample}/simulate${query}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    }
    expect(await axe()).toEqual([])
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 780 } })
  test('steps are folded but for what is open and what decides', async ({ page, audit, axe }) => {
    const id = await audit({ 'receive.txt': front, 'domains.txt': domains })
    await page.goto(`/a/${id}/simulate?from=203.0.113.7&to=EX01&rcpt=example.net`)
    const steps = page.getByRole('region', { name: 'Way', exact: true }).getByRole('listitem').locator('details')
    const shown = steps.filter({ visible: true })
    const count = await shown.count()
    expect(count).toBeGreaterThan(2)
    await expect(shown.last()).toHaveAttribute('open', '')
    await expect(shown.first()).not.toHaveAttribute('open', '')
    await expect(shown.first().getByRole('link', { name: /line/ }).first()).toBeHidden()
    await shown.first().locator('summary').focus()
    await page.keyboard.press('Enter')
    await expect(shown.first().getByRole('link', { name: /line/ }).first()).toBeVisible()
    expect(await axe()).toEqual([])
    await page.emulateMedia({ media: 'print' })
    await expect(shown).toHaveCount(0)
    await expect(page.getByRole('link', { name: /line/ }).first()).toBeVisible()
  })
})

test('a trace over HTTP answers, and names wrong fields', async ({ request, sample }) => {
  const url = `/api/v1/audits/${sample}/trace`
  const good = await request.post(url, { data: { from: '203.0.113.7', to: 'EX01', rcptTo: 'a@contoso.com' } })
  expect((await good.json()).hops[0].steps[0].stage).toBe('connector-selection')
  const bad = await request.post(url, { data: { from: 'x', port: 0 } })
  expect(bad.status()).toBe(400)
  expect((await bad.json()).errors.map((e: { field: string }) => e.field)).toEqual(['from', 'port'])
  const exposure = await (await request.get(`/api/v1/audits/${sample}/exposure`)).json()
  expect(exposure.listeners.length).toBeGreaterThan(0)
})

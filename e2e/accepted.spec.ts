import { readFileSync } from 'node:fs'
import type { APIRequestContext, Page } from '@playwright/test'
import { expect, looks, test } from './fixtures'

/** Trusts every address in its ranges like an Exchange server. */
const trusting = (server: string) =>
  `[PS] C:\\>Get-ReceiveConnector | fl\r\n\r\nIdentity : ${server}\\Appliances\r\nName : Appliances\r\nServer : ${server}\r\nEnabled : True\r\nBindings : {0.0.0.0:25}\r\nRemoteIPRanges : {10.0.0.1-10.0.0.200}\r\nAuthMechanism : Tls, ExternalAuthoritative\r\nPermissionGroups : ExchangeServers, AnonymousUsers\r\nTransportRole : FrontendTransport\r\n`
const rule = 'externally-secured-connector'
const hostile = '=1+1 <img src=x onerror=alert(1)> [a](javascript:1)'

type Audit = { id: string; env: string; finding: string }
type Report = { findings: { id: string; rule: string; accepted?: { reason: string } }[] }

const reportOf = async (request: APIRequestContext, id: string): Promise<Report> =>
  (await request.get(`/api/v1/audits/${id}/report`)).json()

/** An audit of an environment of its own: what is accepted there is nothing to the other tests. */
async function analysed(request: APIRequestContext, environmentName: string, servers: string[]): Promise<Audit> {
  const { id, environmentId } = await (await request.post('/api/drafts', { data: { environmentName } })).json()
  for (const server of servers)
    await request.put(`/api/drafts/${id}/uploads?name=${server}.txt`, {
      data: Buffer.from(trusting(server)),
      headers: { 'Content-Type': 'application/octet-stream' },
    })
  expect((await request.post(`/api/audits/${id}/start`)).status()).toBe(202)
  const status = async () => (await (await request.get(`/api/audits/${id}/status`)).json()).status
  await expect.poll(status, { timeout: 60_000 }).toBe('done')
  const finding = (await reportOf(request, id)).findings.find((f) => f.rule === rule)
  return { id, env: environmentId, finding: finding?.id ?? '' }
}

const box = (page: Page) => page.getByRole('region', { name: 'Status' })
const onFinding = (page: Page, { id, finding }: Audit) => page.goto(`/a/${id}/findings/${finding}`)

async function accept(page: Page, reason: string) {
  await page.getByText('Accept this risk …').click()
  await page.getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: 'Accept risk' }).click()
}

test('accepted, it counts nowhere; another object opens it again; ended early it is back', async ({
  page,
  request,
}) => {
  test.slow()
  const audit = await analysed(request, 'Accepts', ['EX01'])
  const total = async () => {
    await page.goto(`/a/${audit.id}/findings`)
    return Number(/of (\d+) findings?/.exec((await page.locator('#results [role=status]').textContent()) ?? '')?.[1])
  }
  const before = await total()
  await onFinding(page, audit)
  await page.getByText('Accept this risk …').focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Reason').fill(hostile)
  await page.getByRole('button', { name: 'Accept risk' }).focus()
  await page.keyboard.press('Enter')
  await expect(box(page)).toContainText('Accepted until')
  await expect(box(page)).toBeFocused()
  await expect(box(page)).toContainText(hostile)
  await expect(box(page).locator('img')).toHaveCount(0)

  expect(await total()).toBe(before - 1)
  await expect(page.locator(`#results a[href*="${rule}."]`)).toHaveCount(0)
  await page.getByRole('link', { name: '+ 1 accepted' }).click()
  await expect(page).toHaveURL(/st=accepted/)
  await expect(page.locator('#results tbody')).toContainText('Accepted until')
  await expect(page.getByRole('link', { name: 'Remove filter: Status: Accepted' })).toBeVisible()
  await page.goto(`/a/${audit.id}`)
  await expect(page.locator('#counts-h + ul')).toContainText('Accepted1')
  await expect(page.getByText('Nothing found that lets strangers in')).toHaveCount(0)

  const csv = await (await request.get(`/api/v1/audits/${audit.id}/export?format=csv`)).text()
  expect(csv).toMatch(/accepted until/)
  const sarif = await (await request.get(`/api/v1/audits/${audit.id}/export?format=sarif`)).json()
  const suppressed = sarif.runs[0].results.filter((r: { suppressions?: unknown }) => r.suppressions)
  expect(suppressed.map((r: { ruleId: string }) => r.ruleId)).toEqual([rule])
  const markdown = await (await request.get(`/api/v1/audits/${audit.id}/export?format=markdown`)).text()
  expect(markdown).not.toMatch(/(?<!\\)<img/)
  expect((await request.get(`/api/v1/audits/${audit.id}/export?format=constructor`)).status()).toBe(400)

  await page.goto(`/e/${audit.env}`)
  const list = page.getByRole('region', { name: 'Accepted risks', exact: true })
  await expect(list).toContainText(hostile)
  const download = page.waitForEvent('download')
  await list.getByRole('link', { name: 'Download for the command line' }).click()
  const file = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
  expect(file).toMatchObject([{ rule, object: 'EX01\\Appliances', reason: hostile }])

  const grown = await analysed(request, 'Accepts', ['EX01', 'EX02'])
  expect(grown.finding).toBe(audit.finding)
  await onFinding(page, grown)
  await expect(box(page)).toContainText('Open again')
  await expect(box(page)).toContainText('EX02\\Appliances')
  await page.goto(`/e/${audit.env}`)
  await expect(list).toContainText('Open again: One object was not there')

  await list.getByRole('button', { name: 'End acceptance' }).click()
  await expect(list).toContainText('None at present.')
  expect(await total()).toBe(before)
  await onFinding(page, audit)
  await expect(page.getByText('Accept this risk …')).toBeVisible()
  await expect(page.getByText('Accepted once before')).toBeVisible()
})

test('ends on the page of the finding, and keeps the list that it was opened from', async ({ page, request }) => {
  const audit = await analysed(request, 'Ends here', ['EX01'])
  await page.goto(`/a/${audit.id}/findings/${audit.finding}?sev=medium`)
  await accept(page, 'the fax')
  await expect(page).toHaveURL(/\?sev=medium#acceptance$/)
  await box(page).getByRole('button', { name: 'End acceptance' }).click()
  await expect(page.getByText('Accept this risk …')).toBeVisible()
  await expect(box(page)).toBeFocused()
  expect((await reportOf(request, audit.id)).findings.some((f) => f.accepted)).toBe(false)
})

test('says what is wrong and keeps what was typed', async ({ page, request, axe }) => {
  const audit = await analysed(request, 'Wrong', ['EX01'])
  await onFinding(page, audit)
  await page.locator('#acceptance form').evaluate((form: HTMLFormElement) => {
    form.noValidate = true
  })
  await page.getByText('Accept this risk …').click()
  await page.getByLabel('Last day').fill('2020-01-01')
  await page.getByLabel('Reason').fill('kept')
  await page.getByRole('button', { name: 'Accept risk' }).click()
  await expect(page.getByText('This day is over. Name today or a later day.')).toBeVisible()
  await expect(page.getByLabel('Last day')).toBeFocused()
  await expect(page.getByLabel('Reason')).toHaveValue('kept')
  expect(await axe()).toEqual([])
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('a risk can be accepted, refused and ended', async ({ page, request }) => {
    const audit = await analysed(request, 'No scripts', ['EX01'])
    await onFinding(page, audit)
    await accept(page, '   ')
    await expect(page.getByText('Give a reason')).toBeVisible()
    await page.getByLabel('Reason').fill('the fax')
    await page.getByRole('button', { name: 'Accept risk' }).click()
    await expect(box(page)).toContainText('the fax')
    await page.goto(`/e/${audit.env}`)
    await page.getByRole('button', { name: 'End acceptance' }).click()
    await expect(page.getByText('None at present.')).toBeVisible()
  })
})

for (const look of looks)
  test(`accepted risks have no accessibility fault and do not scroll sideways: ${look.theme}, ${look.locale}`, async ({
    page,
    request,
    axe,
    wear,
  }) => {
    test.slow()
    await wear(look)
    const name = `Looks ${look.theme} ${look.locale}`
    const audit = await analysed(request, name, ['EX01'])
    const paths = [`/a/${audit.id}/findings/${audit.finding}`]
    const check = async () => {
      for (const path of paths) {
        await page.setViewportSize({ width: 1440, height: 900 })
        await page.goto(path)
        for (const details of await page.locator('main details').all())
          await details.evaluate((d) => d.setAttribute('open', ''))
        expect(await axe(), path).toEqual([])
        await page.setViewportSize({ width: 360, height: 740 })
        const wide = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(wide, `${path} at 360 px`).toBeLessThanOrEqual(360)
      }
    }
    await check()
    await page.locator('#accept-reason').fill(`${'w'.repeat(200)} ${hostile}`)
    await page.locator('#acceptance form button').click()
    await expect(page.locator('#acceptance')).toContainText(hostile)
    const grown = await analysed(request, name, ['EX01', 'EX02'])
    paths.push(
      `/a/${grown.id}/findings/${grown.finding}`,
      `/a/${audit.id}/findings?st=open,accepted`,
      `/a/${audit.id}`,
      `/e/${audit.env}`,
    )
    await check()
  })

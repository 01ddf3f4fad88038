import type { Page } from '@playwright/test'
import { expect, looks, test } from './fixtures'

const status = (page: Page) => page.locator('#results [role=status]')

async function firstWith(page: Page, sample: string, wanted: (f: Finding) => boolean): Promise<Finding> {
  const report = (await (await page.request.get(`/api/v1/audits/${sample}/report`)).json()) as { findings: Finding[] }
  const found = report.findings.find((f) => f.absorbedBy === null && wanted(f))
  if (!found) throw new Error('the sample has no such finding')
  return found
}
type Finding = {
  id: string
  rule: string
  absorbedBy: string | null
  title: { en: string }
  evidence: { source: string; lines: [number, number]; text: string }[]
  fix: { placeholders: { name: string }[]; steps: { kind: string; powershell: string }[] } | null
}

test.describe('findings', () => {
  test('are grouped by rule, worst first, and say how many there are', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/findings`)
    await expect(status(page)).toContainText(/^\d+ of \d+ findings, in \d+ groups/)
    const words = await page.locator('#results tbody tr:first-child th svg').count()
    expect(words).toBeGreaterThan(3)
    const first = page.locator('#results tbody').first().locator('tr').nth(1)
    await expect(first).toContainText('Critical')
  })

  test('a filter is in the address, as a chip, and goes away with it', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/findings`)
    await page.getByText('Severity', { exact: true }).first().click()
    await page.getByRole('checkbox', { name: 'Medium' }).check()
    await page.getByRole('searchbox').fill('EX0')
    await page.getByRole('button', { name: 'Apply' }).click()
    await expect(page).toHaveURL(/sev=medium/)
    await expect(page).toHaveURL(/q=EX0/)
    for (const row of await page.locator('#results tbody tr:has(td)').all()) await expect(row).toContainText('Medium')
    await page.getByRole('link', { name: /Remove filter: Severity/ }).click()
    await expect(page).toHaveURL(/findings\?q=EX0$/)
  })

  test('announces what it does not know and shows the rest', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/findings?sev=xyz,high&srv=NOWHERE`)
    await expect(page.getByText('Filter sev=xyz is unknown and was ignored.')).toBeVisible()
    await expect(page.getByText('Filter srv=NOWHERE is unknown and was ignored.')).toBeVisible()
    await expect(page.getByRole('link', { name: /Remove filter: Severity: High/ })).toBeVisible()
  })

  test('says so when nothing matches, and offers the way back', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/findings?q=zzzzzz&sev=low`)
    await expect(page.getByText('No finding matches “Low” and “zzzzzz”.')).toBeVisible()
    await page.getByRole('link', { name: 'Remove all' }).last().click()
    await expect(page).toHaveURL(/findings$/)
  })

  test('sorts by links that tell the order', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/findings?group=none`)
    await page.getByRole('link', { name: /Finding, sort/ }).click()
    await expect(page).toHaveURL(/sort=finding/)
    const titles = await page.locator('#results tbody th > a').allTextContents()
    expect(titles).toEqual([...titles].sort())
    await expect(page.getByRole('columnheader', { name: /Finding/ })).toHaveAttribute('aria-sort', 'ascending')
  })

  test('are cards on a phone, still read as a table', async ({ page, sample }) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`/a/${sample}/findings`)
    await expect(page.getByRole('table')).toBeVisible()
    expect(await page.getByRole('rowheader').count()).toBeGreaterThan(5)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })
})

test.describe('a finding', () => {
  test('shows the marked lines of the original and leads to the file at that line', async ({ page, sample }) => {
    const finding = await firstWith(page, sample, (f) => f.evidence.length > 1)
    const [item] = finding.evidence
    if (!item) throw new Error('no evidence')
    await page.goto(`/a/${sample}/findings/${finding.id}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(finding.title.en)
    const first = item.text.split('\n')[0]?.trim() ?? ''
    await expect(page.locator('#evidence mark').filter({ hasText: first }).first()).toBeVisible()
    await page.locator('#evidence').getByRole('link', { name: 'Open the file here' }).first().click()
    await expect(page).toHaveURL(/\/files\/s\d+(\?from=\d+)?#L\d+/)
    const line = Number(/#L(\d+)/.exec(page.url())?.[1])
    await expect(page.locator(`[data-line="${line}"]`)).toBeInViewport()
    await expect(page.locator(`[data-line="${line}"]`)).toHaveAttribute('data-active', '')
    await expect(page.locator(`[data-line="${line}"] mark`)).toBeVisible()
  })

  test('walks the filtered list', async ({ page, sample }) => {
    await page.goto(`/a/${sample}/findings?sev=high`)
    await page
      .locator('#results tbody th a.link')
      .filter({ hasNotText: /findings?$/ })
      .nth(1)
      .click()
    await expect(page).toHaveURL(/findings\/.+\?sev=high/)
    await expect(page.getByText(/^1 of \d+/)).toBeVisible()
    const title = await page.getByRole('heading', { level: 1 }).textContent()
    await page.getByRole('link', { name: 'Next' }).click()
    await expect(page.getByText(/^2 of \d+/)).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(title ?? '')
  })

  test('gives five steps, and an open value blocks copying until it is filled in', async ({
    page,
    context,
    sample,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const finding = await firstWith(page, sample, (f) => (f.fix?.placeholders.length ?? 0) > 0)
    const change = finding.fix?.steps.find((s) => s.kind === 'change')?.powershell ?? ''
    const names = finding.fix?.placeholders.map((p) => p.name) ?? []
    await page.goto(`/a/${sample}/findings/${finding.id}`)
    const fix = page.locator('#fix')
    await expect(fix.locator('ol h3')).toHaveText([/Back up/, /Try/, /Change/, /Check/, /Go back/])
    const step = fix.locator('li:has(> h3)').filter({ hasText: 'Makes the change.' })
    await step.getByRole('button', { name: 'Copy command' }).click()
    await expect(step.getByRole('alert')).toContainText('first')
    for (const [i] of names.entries()) await fix.locator('fieldset input').nth(i).fill(`'value-${i}'`)
    await step.getByRole('button', { name: 'Copy command' }).click()
    await expect(step.getByRole('button', { name: 'Copied' })).toBeVisible()
    const expected = names.reduce((code, name, i) => code.replaceAll(`<${name}>`, `'value-${i}'`), change)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(expected)
  })

  test('shows uploaded markup as text', async ({ page, audit }) => {
    const name = 'EX01\\<img src=x onerror=alert(1)>'
    const text = [
      `Identity          : ${name}`,
      'Name              : <img src=x onerror=alert(1)>',
      'Server            : EX01',
      'Enabled           : True',
      'Bindings          : {0.0.0.0:25}',
      'RemoteIPRanges    : {0.0.0.0-255.255.255.255}',
      'AuthMechanism     : Tls, ExternalAuthoritative',
      'PermissionGroups  : ExchangeServers, AnonymousUsers',
      'TransportRole     : FrontendTransport',
    ].join('\r\n')
    const id = await audit({ 'receive.txt': `[PS] C:\\>Get-ReceiveConnector | fl\r\n\r\n${text}\r\n` })
    await page.goto(`/a/${id}/findings`)
    await expect(page.getByRole('link', { name: /<img src=x/ }).first()).toBeVisible()
    await page
      .getByRole('link', { name: /<img src=x/ })
      .first()
      .click()
    await expect(page.locator('main')).toContainText('<img src=x onerror=alert(1)>')
    expect(await page.locator('main img').count()).toBe(0)
    await page.goto(`/a/${id}/files/s1`)
    await expect(page.getByRole('region', { name: 'Text of the file' })).toContainText('<img src=x onerror=alert(1)>')
  })
})

for (const look of looks)
  test(`no accessibility fault and no sideways scroll: ${look.theme}, ${look.locale}`, async ({
    page,
    sample,
    axe,
    wear,
  }) => {
    test.slow()
    await wear(look)
    const finding = await firstWith(page, sample, (f) => (f.fix?.placeholders.length ?? 0) > 0)
    for (const path of ['', '?group=server&sev=high', '?q=zzzz', `/${finding.id}`]) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(`/a/${sample}/findings${path}`)
      for (const details of await page.locator('main details').all())
        await details.evaluate((d) => d.setAttribute('open', ''))
      expect(await axe(), path).toEqual([])
      await page.setViewportSize({ width: 360, height: 740 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `${path} at 360 px`).toBeLessThanOrEqual(360)
    }
  })

test('a finding leads to the question whose answer rests on its lines', async ({ page, sample }) => {
  for (const rule of ['open-relay-anonymous', 'hybrid-backdoor-foreign-tenants']) {
    const finding = await firstWith(page, sample, (f) => f.rule === rule)
    await page.goto(`/a/${sample}/findings/${finding.id}`)
    if (rule === 'open-relay-anonymous')
      await expect(page.getByRole('main').getByRole('link', { name: 'Who can relay' })).toHaveAttribute(
        'href',
        /\/relay$/,
      )
    await page.getByRole('link', { name: 'Follow it step by step' }).click()
    await expect(page.locator('#answer')).toContainText(/^Yes\./)
    const places = await page
      .getByRole('region', { name: 'Way', exact: true })
      .getByRole('link')
      .evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''))
    const proven = finding.evidence.filter((e) =>
      places.some((p) => p.includes(`/files/${e.source}`) && p.includes(`#L${e.lines[0]}`)),
    )
    expect(proven.length).toBeGreaterThan(0)
  }
})

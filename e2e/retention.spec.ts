import Database from 'libsql'
import { axeFaults, expect, looks, sampleFile, test } from './fixtures'
import { dataDir, running } from './server'

// What retention does to an audit is looked at through its pages: the row says the originals are gone, as retention makes it say.
test.skip(Boolean(running), 'needs the database of the server that the tests started')

const name = 'munich/ex01-receive-connectors.txt'
const day = new Date('2026-11-02T08:00:00Z')

function database<T>(work: (open: InstanceType<typeof Database>) => T): T {
  const open = new Database(`${dataDir}/postern.db`, { timeout: 10_000 })
  try {
    return work(open)
  } finally {
    open.close()
  }
}

const forget = (id: string) =>
  database((open) =>
    open.prepare('UPDATE "Audit" SET "originalsDeletedAt" = ? WHERE "id" = ?').run(day.toISOString(), id),
  )

for (const look of looks)
  test(`pages of an audit without originals are calm and whole: ${look.theme}, ${look.locale}`, async ({
    page,
    audit,
    wear,
    request,
  }) => {
    await wear(look)
    const id = await audit({ [name]: sampleFile(name) })
    const report = await (await request.get(`/api/v1/audits/${id}/report`)).json()
    forget(id)
    const date = look.locale === 'de' ? '02.11.2026' : '2 Nov 2026'
    const finding = `/a/${id}/findings/${encodeURIComponent(report.findings[0].id)}`
    for (const path of [`/a/${id}`, `/a/${id}/files`, `/a/${id}/files/s1`, finding, `/a/${id}/simulate`]) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await axeFaults(page), path).toEqual([])
      await page.setViewportSize({ width: 360, height: 640 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
    }
    for (const path of [`/a/${id}/files`, `/a/${id}/files/s1`]) {
      await page.goto(path)
      await expect(page.getByText(date)).toBeVisible()
      await expect(page.locator('a[download]')).toHaveCount(0)
    }
    await page.goto(finding)
    const quoted: string = report.findings[0].evidence[0].text.split('\n')[0].trim()
    await expect(page.locator('figure pre').filter({ hasText: quoted }).first()).toBeVisible()
    expect((await request.get(`/api/v1/audits/${id}/sources/s1/raw`)).status()).toBe(410)
    expect((await request.post(`/api/audits/${id}/start`)).status()).toBe(410)
  })

test('an environment keeps originals for ever only when somebody says so', async ({ page, request }) => {
  const { id } = await (await request.post('/api/drafts', { data: { environmentName: 'Keeps for ever' } })).json()
  const { audit } = await (await request.get(`/api/drafts/${id}`)).json()
  await page.goto(`/settings/environments/${audit.environmentId}`)
  await page.getByLabel('Never delete them').check()
  await page.getByRole('button', { name: 'Save name and days' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.goto('/settings/retention')
  await expect(page.getByRole('row', { name: /Keeps for ever/ })).toContainText('never deleted')
  await expect(page.getByText('Nothing is due')).toBeVisible()
})

for (const scripts of [true, false])
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts })
    test('an environment goes when its name is typed, and not before', async ({ page, request }) => {
      const environmentName = `Goes ${scripts}`
      const { id } = await (await request.post('/api/drafts', { data: { environmentName } })).json()
      const { audit } = await (await request.get(`/api/drafts/${id}`)).json()
      await page.goto(`/settings/environments/${audit.environmentId}`)
      await page.getByText('Delete this environment').click()
      await expect(page.getByText('Deletes 1 audit with reports and findings, no uploaded file')).toBeVisible()
      await page.getByLabel('To confirm, type its name').fill('Another')
      await page.getByRole('button', { name: 'Delete it for good' }).click()
      await expect(page.getByText('This is not the name of the environment. Nothing was deleted.')).toBeVisible()
      if (scripts) expect(await axeFaults(page)).toEqual([])
      await page.getByLabel('To confirm, type its name').fill(environmentName)
      await page.getByRole('button', { name: 'Delete it for good' }).click()
      await expect(page).toHaveURL(/\/settings\/environments$/)
      await expect(page.getByText(environmentName)).toHaveCount(0)
      expect((await request.get(`/e/${audit.environmentId}`)).status()).toBe(404)
      expect((await request.get(`/api/drafts/${id}`)).status()).toBe(404)
    })
  })

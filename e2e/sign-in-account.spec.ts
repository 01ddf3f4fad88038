import type { Page } from '@playwright/test'
import { expect } from './fixtures'
import { admin, sizes, test } from './own-server'

test.describe.configure({ mode: 'serial' })

const main = (page: Page) => page.getByRole('main')

test('signing out everywhere ends every session at once', async ({ page, browser, own, signIn, signOutEverywhere }) => {
  await page.goto('/sign-in')
  await signIn()
  await expect(page).toHaveURL(`${own.url}/`)
  const other = await browser.newContext({ baseURL: own.url, storageState: await page.context().storageState() })
  const otherPage = await other.newPage()
  await otherPage.goto('/rules')
  await expect(otherPage).toHaveURL(/\/rules$/)
  await page.goto('/settings/profile')
  await signOutEverywhere()
  await otherPage.goto('/rules')
  await expect(otherPage).toHaveURL(/\/sign-in/)
  await other.close()
})

test('the password is changed only by whoever knows the one before', async ({
  page,
  signIn,
  signOutEverywhere,
  own,
}) => {
  const next = 'copper quiet lantern harbour'
  const change = async (current: string, password: string) => {
    await page.getByLabel('Current password').fill(current)
    await page.getByLabel('New password').fill(password)
    await page.getByRole('button', { name: 'Change password' }).click()
  }
  await page.goto('/settings/profile')
  await signIn()
  await change('not the password', next)
  await expect(main(page).getByRole('alert')).toHaveText(/match/)
  await change(admin.password, 'short')
  await expect(page.getByLabel('New password')).toBeFocused()
  await change(admin.password, next)
  await expect(page.getByText('The password was changed.')).toBeVisible()
  await signOutEverywhere()
  await page.goto('/settings/profile')
  await signIn(admin.email, next)
  await change(next, admin.password)
  await expect(page.getByText('The password was changed.')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`^${own.url}/settings/profile`))
})

test('a link sets a password once; one that is not open says nothing', async ({ page, browser, own, signIn, axe }) => {
  await page.goto('/settings/people')
  await signIn()
  await page.getByLabel('Name').fill('Berta Braun')
  await page.getByLabel('E-mail address').fill('berta@example.org')
  await page.getByRole('button', { name: 'Invite and make the link' }).click()
  const shown = page.getByText(/\/link\/[\w-]{43}/)
  await expect(shown).toBeVisible()
  const link = /\/link\/[\w-]{43}/.exec(await shown.innerText())?.[0] ?? ''
  const context = await browser.newContext({ baseURL: own.url, storageState: { cookies: [], origins: [] } })
  const guest = await context.newPage()
  const answer = await guest.goto(link)
  expect(answer?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  await guest.getByLabel('New password').fill('berta braun is here')
  await guest.getByRole('button', { name: 'Set password' }).click()
  await expect(guest.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true')
  await guest.getByLabel('New password').fill('seven lilac teapots')
  await guest.getByRole('button', { name: 'Set password' }).click()
  await expect(guest).toHaveURL(`${own.url}/`)
  await context.close()
  await page.context().clearCookies()
  const texts: string[] = []
  for (const path of [link, `/link/${'x'.repeat(43)}`, '/link/x']) {
    await page.goto(path)
    texts.push(await main(page).innerText())
  }
  expect(new Set(texts).size).toBe(1)
  expect(texts[0]).toContain('This link is not valid')
  expect(await axe()).toEqual([])
})

test('a forgotten password without a mail server leads to an administrator', async ({ page, axe }) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgotten your password?' }).click()
  await expect(page.getByText(/An administrator can make a link/)).toBeVisible()
  expect(await axe()).toEqual([])
})

test('the profile fits every size and language', async ({ page, signIn, axe, wear }, info) => {
  test.setTimeout(180_000)
  await page.goto('/settings/profile')
  await signIn()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Set up authenticator app' }).click()
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
  for (const { width, ...look } of sizes) {
    await page.setViewportSize({ width, height: 900 })
    await wear(look)
    for (const name of ['profile', 'sign-in']) {
      await page.goto(`/settings/${name}`)
      await page.screenshot({ path: info.outputPath(`${name}-${width}-${look.locale}.png`), fullPage: true })
      expect(await axe(), `${name} ${width} ${look.locale}`).toEqual([])
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect(isWide, `${name} scrolls sideways at ${width}`).toBe(false)
    }
  }
  await wear({ theme: 'light', locale: 'en' })
  await page.goto('/settings/profile')
  await page.getByRole('button', { name: 'Cancel set-up' }).click()
  await expect(page.getByRole('button', { name: 'Set up authenticator app' })).toBeVisible()
})

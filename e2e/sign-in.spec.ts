import type { Page } from '@playwright/test'
import { expect } from './fixtures'
import { admin, test } from './own-server'

test.describe.configure({ mode: 'serial' })

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).find((cookie) => cookie.name === 'postern-session')?.value
const main = (page: Page) => page.getByRole('main')

test.describe('a password', () => {
  test('leads to exactly the address that was asked for', async ({ page, signIn }) => {
    await page.goto('/rules?q=tls&area=RCV#top')
    await expect(page).toHaveURL(/\/sign-in\?to=/)
    await signIn()
    await expect(page).toHaveURL(/\/rules\?q=tls&area=RCV$/)
  })

  test('that is wrong is refused in one sentence, which has the focus', async ({ page, signIn }) => {
    await page.goto('/sign-in')
    for (const email of [admin.email, 'nobody@example.org']) {
      await signIn(email, 'not the password')
      const message = page.getByRole('alert').filter({ hasText: /match/ })
      await expect(message).toBeFocused()
      await expect(page.getByLabel('E-mail address')).toHaveValue(email)
      await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
    }
    expect(await cookieOf(page)).toBeUndefined()
  })

  test('can be shown while it is typed', async ({ page }) => {
    await page.goto('/sign-in')
    const field = page.getByLabel('Password', { exact: true })
    await expect(field).toHaveAttribute('type', 'password')
    await page.getByRole('button', { name: 'Show password' }).click()
    await expect(field).toHaveAttribute('type', 'text')
  })

  test('is throttled, and the page tells for how long', async ({ page, signIn, wear }) => {
    await page.goto('/sign-in')
    for (let n = 0; n < 6; n++) {
      await signIn('nobody-there@example.org', `wrong ${n}`)
      await expect(page.getByRole('alert').filter({ hasText: /./ })).toBeFocused()
    }
    // The waits grow with each try, so that one is met however slow the machine is.
    const untilTold = (words: RegExp) =>
      expect(async () => {
        await signIn('nobody-there@example.org', 'wrong')
        await expect(main(page).getByRole('alert')).toHaveText(words, { timeout: 2000 })
      }).toPass({ timeout: 40_000 })
    await untilTold(/Wait \d+ seconds?, then try again/)
    await wear({ theme: 'dark', locale: 'de' })
    await page.goto('/sign-in')
    await untilTold(/Warten Sie \d+ Sekunden?/)
  })

  test('works without scripts', async ({ browser, own }) => {
    const context = await browser.newContext({
      ...{ baseURL: own.url, javaScriptEnabled: false, storageState: { cookies: [], origins: [] } },
      extraHTTPHeaders: { 'x-forwarded-for': '198.51.100.254' },
    })
    const page = await context.newPage()
    const send = async (password: string) => {
      await page.getByLabel('E-mail address').fill(admin.email)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
    }
    await page.goto('/help?x=1')
    await send('not the password')
    await expect(page.getByRole('alert')).toHaveText(/match/)
    await send(admin.password)
    await expect(page).toHaveURL(/\/help\?x=1$/)
    await context.close()
  })

  const elsewhere = [
    ...['//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'javascript:alert(1)'],
    ...[
      '/%09/evil.example',
      '/\t/evil.example',
      '%2F%2Fevil.example',
      'http:evil.example',
      '/\n/evil.example',
      '///evil.example',
    ],
    '/../\\evil.example',
  ]
  test('leads to no other site', async ({ request, own }) => {
    for (const to of elsewhere) {
      const answer = await request.get(`/sign-in?to=${encodeURIComponent(to)}`)
      const field = /name="to" value="([^"]*)"/.exec(await answer.text())?.[1]
      expect(new URL(field ?? 'none', own.url).origin, to).toBe(own.url)
      const start = await request.get(`/api/auth/oidc/start?to=${encodeURIComponent(to)}`, { maxRedirects: 0 })
      expect(new URL(start.headers().location ?? '', own.url).origin, to).toBe(own.url)
    }
  })

  test('begins a session of its own, whatever cookie was there before', async ({
    page,
    context,
    own,
    signIn,
    signOutEverywhere,
  }) => {
    const planted = 'A'.repeat(43)
    await context.addCookies([{ name: 'postern-session', value: planted, url: own.url }])
    await page.goto('/sign-in')
    await signIn()
    await expect(page).toHaveURL(`${own.url}/`)
    const first = await cookieOf(page)
    expect(first).not.toBe(planted)
    await page.goto('/settings/profile')
    await signOutEverywhere()
    await page.goto('/sign-in')
    await context.addCookies([{ name: 'postern-session', value: first ?? '', url: own.url }])
    await signIn()
    await expect(page).toHaveURL(`${own.url}/`)
    expect(await cookieOf(page)).not.toBe(first)
  })
})

import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
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
    await expect(main(page).getByRole('alert')).toHaveText(/Wait \d+ seconds?, then try again/)
    await wear({ theme: 'dark', locale: 'de' })
    await page.goto('/sign-in')
    for (let n = 0; n < 3; n++) await signIn('nobody-there@example.org', 'wrong')
    await expect(main(page).getByRole('alert')).toHaveText(/Warten Sie \d+ Sekunden?/)
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

  test('begins a session of its own, whatever cookie was there before', async ({ page, context, own, signIn }) => {
    const planted = 'A'.repeat(43)
    await context.addCookies([{ name: 'postern-session', value: planted, url: own.url }])
    await page.goto('/sign-in')
    await signIn()
    await expect(page).toHaveURL(`${own.url}/`)
    const first = await cookieOf(page)
    expect(first).not.toBe(planted)
    await page.goto('/settings/profile')
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.goto('/sign-in')
    await context.addCookies([{ name: 'postern-session', value: first ?? '', url: own.url }])
    await signIn()
    await expect(page).toHaveURL(`${own.url}/`)
    expect(await cookieOf(page)).not.toBe(first)
  })
})

const totp = (key: string) => new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) })

test.describe('a second step', () => {
  let key = ''
  let recovery: string[] = []
  /** A code works once: each sign-in takes the next one. */
  let taken = 0
  const code = () => totp(key).generate({ timestamp: Math.max(Date.now(), taken) } as never)

  test('by an app is set up with the key, and confirmed by its first code', async ({ page, signIn }) => {
    await page.goto('/settings/profile')
    await signIn()
    await page.getByRole('button', { name: 'Set up authenticator app' }).click()
    await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
    key = (await main(page).locator('code').innerText()).trim()
    const before = await cookieOf(page)
    await page.getByLabel('Code of the app').fill('000000')
    await page.getByRole('button', { name: 'Confirm code' }).click()
    await expect(main(page).getByRole('alert')).toBeFocused()
    taken = Date.now()
    await page.getByLabel('Code of the app').fill(code())
    await page.getByRole('button', { name: 'Confirm code' }).click()
    const codes = main(page).getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
    await expect(codes).toHaveCount(10)
    recovery = await codes.allInnerTexts()
    expect(await cookieOf(page)).not.toBe(before)
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await expect(codes).toHaveCount(0)
    await page.goBack()
    await expect(main(page).getByText(recovery[0] ?? '')).toHaveCount(0)
  })

  test('is asked for after the password, and leads on to the address', async ({ page, signIn, own }) => {
    await page.goto('/rules?q=tls')
    await signIn()
    await expect(page.getByRole('heading', { name: 'Second step' })).toBeVisible()
    const half = await cookieOf(page)
    await page.goto('/rules')
    await expect(page).toHaveURL(/\/sign-in/)
    await page.goto(`/sign-in?to=${encodeURIComponent('/rules?q=tls')}`)
    await page.getByLabel('Code of the authenticator app').fill('123456')
    await page.getByRole('button', { name: 'Confirm code' }).click()
    await expect(main(page).getByRole('alert')).toBeFocused()
    taken += 30_000
    await page.getByLabel('Code of the authenticator app').fill(code())
    await page.getByRole('button', { name: 'Confirm code' }).click()
    await expect(page).toHaveURL(`${own.url}/rules?q=tls`)
    expect(await cookieOf(page)).not.toBe(half)
  })

  test('by a recovery code works once', async ({ page, signIn, own }) => {
    const [code = ''] = recovery
    for (const isFirst of [true, false]) {
      await page.goto('/sign-in')
      await signIn()
      await page.getByText('Use a recovery code').click()
      await page.getByLabel('Recovery code').fill(code.toLowerCase())
      await page.getByRole('button', { name: 'Use recovery code' }).click()
      if (isFirst) {
        await expect(page).toHaveURL(`${own.url}/`)
        await page.goto('/settings/profile')
        await expect(page.getByText('9 codes are left.')).toBeVisible()
        await page.getByRole('button', { name: 'Sign out everywhere' }).click()
      } else
        await expect(
          main(page)
            .getByRole('alert')
            .filter({ hasText: /not accepted/ }),
        ).toBeVisible()
    }
  })
})

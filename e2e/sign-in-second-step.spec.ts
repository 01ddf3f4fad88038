import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { expect } from './fixtures'
import { sizes, test } from './own-server'

test.describe.configure({ mode: 'serial' })

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).find((cookie) => cookie.name === 'postern-session')?.value
const main = (page: Page) => page.getByRole('main')

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

  test('by a recovery code works once', async ({ page, signIn, signOutEverywhere, own }) => {
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
        await signOutEverywhere()
      } else
        await expect(
          main(page)
            .getByRole('alert')
            .filter({ hasText: /not accepted/ }),
        ).toBeVisible()
    }
  })

  test('by a passkey', async ({ page, signIn, signOutEverywhere, own, axe }, info) => {
    const client = await page.context().newCDPSession(page)
    await client.send('WebAuthn.enable')
    await client.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    })
    await page.goto('/sign-in')
    await signIn()
    await page.getByText('Use a recovery code').click()
    await page.getByLabel('Recovery code').fill(recovery[1] ?? '')
    await page.getByRole('button', { name: 'Use recovery code' }).click()
    await expect(page).toHaveURL(`${own.url}/`)
    await page.goto('/settings/profile')
    await page.getByLabel('Name of the passkey').fill('Key ring')
    await page.getByRole('button', { name: 'Add passkey' }).click()
    await expect(main(page).getByText('Key ring', { exact: true })).toBeVisible()
    await page.getByText('Rename passkey “Key ring”').click()
    await page.screenshot({ path: info.outputPath('rename.png'), fullPage: true })
    expect(await axe()).toEqual([])
    await page.getByLabel('New name of “Key ring”').fill('Bunch of keys')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(page.getByText('The passkey has its new name.')).toBeVisible()
    await expect(main(page).getByText('Bunch of keys', { exact: true })).toBeVisible()
    await signOutEverywhere()
    await page.goto('/rules?q=tls')
    await signIn()
    await page.getByRole('button', { name: 'Use passkey' }).click()
    await expect(page).toHaveURL(`${own.url}/rules?q=tls`)
  })

  test('looks right', async ({ page, signIn, axe, wear }, info) => {
    test.setTimeout(180_000)
    for (const { width, ...look } of sizes) {
      await page.setViewportSize({ width, height: 900 })
      await page.context().clearCookies()
      await wear(look)
      await page.goto('/sign-in')
      await page.screenshot({ path: info.outputPath(`sign-in-${width}-${look.locale}.png`), fullPage: true })
      expect(await axe()).toEqual([])
      await signIn()
      await expect(page.getByLabel(/^Code /)).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('lang', look.locale)
      await page.screenshot({ path: info.outputPath(`second-${width}-${look.locale}.png`), fullPage: true })
      expect(await axe()).toEqual([])
    }
  })

  test('is removed again', async ({ page, signIn, own }) => {
    await page.goto('/sign-in')
    await signIn()
    await page.getByText('Use a recovery code').click()
    await page.getByLabel('Recovery code').fill(recovery[2] ?? '')
    await page.getByRole('button', { name: 'Use recovery code' }).click()
    await expect(page).toHaveURL(`${own.url}/`)
    await page.goto('/settings/profile')
    await page.getByRole('button', { name: 'Remove authenticator app' }).click()
    await expect(page.getByText('The authenticator app was removed.')).toBeVisible()
    await page.getByRole('button', { name: 'Remove passkey “Bunch of keys”' }).click()
    await expect(page.getByText('No second step is set up.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Recovery codes' })).toHaveCount(0)
  })
})

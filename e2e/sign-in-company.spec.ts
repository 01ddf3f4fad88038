import type { Page } from '@playwright/test'
import { expect } from './fixtures'
import { admin, test } from './own-server'

test.describe.configure({ mode: 'serial' })

const main = (page: Page) => page.getByRole('main')

test.describe('the company account', () => {
  test.use({ allowedMessages: ['request to http://127.0.0.1:', 'status of 404'] })
  const atProvider = async (page: Page, account: string) => {
    await expect(page.getByRole('heading', { name: 'Company account' })).toBeVisible()
    await page.getByLabel('Account').fill(account)
    await page.getByRole('button', { name: 'Continue' }).click()
  }

  test('is set up, tested, and lets people in by their group', async ({ page, signIn, own }) => {
    own.provider.accounts.ada = { name: 'Ada', email: admin.email, email_verified: true, groups: ['admins'] }
    own.provider.accounts.carl = { name: 'Carl', email: 'carl@contoso.com', email_verified: true, groups: ['readers'] }
    own.provider.accounts.dora = { name: 'Dora', email: 'dora@contoso.com', email_verified: true, groups: ['others'] }
    await page.goto('/settings/sign-in')
    await signIn()
    await expect(page.getByText(`${own.url}/api/auth/oidc/callback`)).toBeVisible()
    await page.getByLabel('Name on the button').fill('Contoso')
    await page.getByLabel('Issuer').fill('http://id.contoso.com')
    await page.getByLabel('Client ID').fill('postern')
    await page.getByLabel('Client secret').fill('shared')
    await page.getByLabel('Line 1: Group').fill('admins')
    await page.getByLabel('Line 1: Role').selectOption('admin')
    await page.getByLabel('Line 2: Group').fill('readers')
    await page.getByLabel(/^People whom nobody has invited/).check()
    await page.getByRole('button', { name: 'Save company sign-in' }).click()
    await expect(page.getByLabel('Issuer')).toBeFocused()
    await page.getByLabel('Issuer').fill(own.provider.issuer)
    await page.getByLabel('Client secret').fill('shared')
    await page.getByRole('button', { name: 'Save company sign-in' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()

    await page.getByRole('link', { name: 'Test company sign-in' }).click()
    await atProvider(page, 'carl')
    await expect(page.getByText('You would come in as viewer, in all environments.')).toBeVisible()
    await expect(page.getByRole('row', { name: 'email carl@contoso.com' })).toBeVisible()
    await expect(page.getByText('Passwords can be switched off by an administrator')).toBeVisible()
  })

  test('brings back to the address that was asked for', async ({ page, own }) => {
    await page.goto('/rules?q=tls')
    await page.getByRole('link', { name: 'Sign in with Contoso' }).click()
    await atProvider(page, 'carl')
    await expect(page).toHaveURL(`${own.url}/rules?q=tls`)
    await page.getByRole('button', { name: /Carl/ }).click()
    await expect(page.getByText('carl@contoso.com')).toBeVisible()
  })

  test('refuses with the reason', async ({ page, own }) => {
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Sign in with Contoso' }).click()
    await atProvider(page, 'dora')
    await expect(main(page).getByRole('alert')).toHaveText(/None of your groups may use this server/)
    await page.context().clearCookies()
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Sign in with Contoso' }).click()
    await page.getByRole('button', { name: 'Refuse' }).click()
    await expect(main(page).getByRole('alert')).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`^${own.url}/sign-in`))
  })

  test('of somebody with a password is connected in the profile; then passwords can be switched off', async ({
    page,
    signIn,
    signOutEverywhere,
    own,
  }) => {
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Sign in with Contoso' }).click()
    await atProvider(page, 'ada')
    await expect(main(page).getByRole('alert')).toHaveText(/not connected/)
    await page.getByText('Sign in with a password').click()
    await signIn()
    await expect(page).toHaveURL(`${own.url}/`)
    await page.goto('/settings/profile')
    await page.getByRole('link', { name: 'Connect with Contoso' }).click()
    await expect(page.getByText('The company account is connected.')).toBeVisible()
    await signOutEverywhere()
    await page.getByRole('link', { name: 'Sign in with Contoso' }).click()
    await expect(page).toHaveURL(`${own.url}/`)
    await page.goto('/settings/sign-in')
    await page.getByRole('button', { name: 'Switch passwords off' }).click()
    await expect(page.getByText('People sign in with the company account only.')).toBeVisible()
    await page.context().clearCookies()
    await page.goto('/sign-in')
    await expect(page.getByLabel('E-mail address')).toHaveCount(0)
    expect((await page.goto('/sign-in/forgotten'))?.status()).toBe(404)
  })

  test('can be given up again, when passwords are back', async ({ page, signIn, own }) => {
    await page.goto('/settings/sign-in')
    await page.getByRole('link', { name: 'Sign in with Contoso' }).click()
    await atProvider(page, 'ada')
    await expect(page).toHaveURL(`${own.url}/settings/sign-in`)
    await page.getByRole('button', { name: 'Switch passwords on' }).click()
    await expect(page.getByText('People can sign in with a password.')).toBeVisible()
    await page.getByRole('button', { name: 'Remove company sign-in' }).click()
    await expect(page.getByText('Save the company sign-in first.')).toBeVisible()
    await page.context().clearCookies()
    await page.goto('/sign-in')
    await expect(page.getByRole('link', { name: /^Sign in with/ })).toHaveCount(0)
    await signIn()
    await expect(page).toHaveURL(`${own.url}/`)
  })
})

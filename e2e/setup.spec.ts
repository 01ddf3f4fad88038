import { readFileSync } from 'node:fs'
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { test as base, expect } from './fixtures'
import { admin, newServer, sizes } from './own-server'

// Two new servers: one is set up with scripts, one without.

type Own = Awaited<ReturnType<typeof newServer>>
type State = Awaited<ReturnType<BrowserContext['storageState']>>

let signedIn: State = { cookies: [], origins: [] }
const test = base.extend<object, { own: Own }>({
  own: [
    async ({ browser: _ }, use) => {
      const own = await newServer()
      await use(own)
      await own.stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ own }, use) => use(own.url),
  storageState: async ({ browserName: _ }, use) => use(signedIn),
})
test.describe.configure({ mode: 'serial', timeout: 120_000 })

const main = (page: Page) => page.getByRole('main')
const line = (page: Page, name: string) =>
  main(page)
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`^${name}`) })
const current = (page: Page) => page.getByRole('navigation', { name: 'Steps of the set-up' }).locator('[aria-current]')

async function claim(page: Page, dataDir: string) {
  await page.getByLabel('Set-up code').fill(readFileSync(path.join(dataDir, 'setup-code'), 'utf8').trim())
  await page.getByLabel('Your name').fill(admin.name)
  await page.getByLabel('E-mail address').fill(admin.email)
  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await expect(page).toHaveURL(/\/setup\/2$/)
}

/** What stands in front of the server on the port, and takes bodies of so many bytes, as nginx does. */
async function proxyTo(port: number, most: number) {
  const server = createServer((request, answer) => {
    if (Number(request.headers['content-length'] ?? 0) > most) {
      request.resume()
      return answer.writeHead(413, { 'Content-Type': 'text/html' }).end('<h1>413 Request Entity Too Large</h1>')
    }
    const { method, headers, url } = request
    const onward = ask({ host: '127.0.0.1', port, method, headers, path: url }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(answer)
    })
    request.pipe(onward.on('error', () => answer.destroy()))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close }
}

test.describe('the set-up', () => {
  test('goes step by step, each at its own address, back and forth', async ({ page, own, axe }) => {
    await page.goto('/')
    await expect(page).toHaveURL(/\/setup$/)
    await expect(current(page)).toHaveText('1 Your account')
    await page.getByLabel('Your name').fill(admin.name)
    await page.getByLabel('E-mail address').fill(admin.email)
    await page.reload()
    await expect(page.getByLabel('Your name')).toHaveValue(admin.name)
    await expect(page.getByLabel('E-mail address')).toHaveValue(admin.email)
    const password = page.getByLabel('Password', { exact: true })
    const strength = main(page).getByRole('status')
    for (const [typed, said] of [
      ['short', 'At least 12 characters.'],
      [`${admin.name} 2026`, /^Leave out your name/],
      ['passwordpassword', /easy to guess/],
      [admin.password, 'A very good password.'],
    ] as const) {
      await password.fill(typed)
      await expect(strength).toHaveText(said)
    }
    expect(await axe()).toEqual([])
    await password.fill('')
    await expect(strength).toBeEmpty()
    await claim(page, own.dataDir)
    signedIn = await page.context().storageState()

    await expect(current(page)).toHaveText('2 This instance')
    await expect(line(page, 'Public address')).toContainText(`You reach this server at ${own.url}`)
    await page.getByLabel('Name of this instance').fill(' ')
    await page.getByLabel('Keep originals').fill('0')
    await page.getByRole('button', { name: 'Save and go on' }).click()
    await expect(page.getByLabel('Name of this instance')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Keep originals')).toHaveAttribute('aria-invalid', 'true')
    await page.getByLabel('Name of this instance').fill('Contoso')
    await page.getByLabel('Keep originals').fill('45')
    await page.reload()
    await expect(page.getByLabel('Keep originals')).toHaveValue('45')
    await page.getByRole('button', { name: 'Save and go on' }).click()

    await expect(page).toHaveURL(/\/setup\/3$/)
    await expect(line(page, 'Uploads through')).toContainText('30 MB came through.')
    await expect(line(page, 'Database')).toContainText('SQLite answers and saves.')
    await expect(line(page, 'Disk space')).toContainText(/\d [GT]B are free/)
    await expect(line(page, 'Clock')).toContainText('have the same time')
    await expect(line(page, 'Analysis')).toContainText('Ready; nothing waits.')
    await page.goBack()
    await expect(page.getByLabel('Name of this instance')).toHaveValue('Contoso')
    await expect(page.getByLabel('Keep originals')).toHaveValue('45')
    await page.goForward()
    await page.getByRole('link', { name: 'Go on' }).click()

    await expect(page).toHaveURL(/\/setup\/4$/)
    await expect(page.getByRole('link', { name: 'Start a real audit' })).toHaveAttribute('href', '/new')
    await page.goto('/settings/retention')
    await expect(page.getByLabel('Keep originals')).toHaveValue('45')
    await page.goto('/setup/4')
    await page.getByRole('button', { name: 'Look at the sample audit' }).click()
    await expect(page).toHaveURL(/\/new\/|\/a\//)
    await page.goto('/setup/4') // the sample is there: opened, not made again
    await expect(page.getByRole('link', { name: 'Look at the sample audit' })).toBeVisible()
    await page.goto('/setup') // done once and for all: the steps after it are there
    await expect(page).toHaveURL(/\/setup\/2$/)
  })

  test.describe('of somebody who is signed in', () => {
    test.use({ allowedMessages: ['429', '413', 'Failed to load resource'] })

    test('says what a proxy in front of it refuses, and how to mend that', async ({ browser, own, request }) => {
      const nginx = await proxyTo(own.port, 1_048_576)
      const context = await browser.newContext({ baseURL: nginx.url, storageState: signedIn })
      const page = await context.newPage()
      await page.goto('/setup/3')
      await expect(line(page, 'Uploads through')).toContainText(/30 MB were refused on the way|was cut before 30 MB/)
      await expect(line(page, 'Uploads through')).toContainText('client_max_body_size')
      await context.close()
      nginx.close()
      // What the server itself refuses: nobody, and too much.
      const tooMuch = Buffer.alloc(41_000_000)
      expect((await request.post('/api/checks/upload', { data: tooMuch })).status()).toBe(400)
      const nobody = await fetch(`${own.url}/api/checks/upload`, { method: 'POST', body: 'x' })
      expect(nobody.status).toBe(401)
    })

    test('may be tested only so often', async ({ page, own, request }) => {
      await expect(async () => {
        expect((await request.post('/api/checks/upload', { data: 'x' })).status()).toBe(429)
      }).toPass()
      await page.goto('/settings/system')
      await expect(line(page, 'Uploads through')).toContainText('Not tested yet.')
      await expect(line(page, 'Public address')).toContainText(own.url)
      await page.getByRole('button', { name: 'Test with 30 MB' }).click()
      await expect(line(page, 'Uploads through')).toContainText(/Wait \d+ seconds|The connection was cut/)
    })

    test('fits every size and language', async ({ page, axe, wear }, info) => {
      test.setTimeout(240_000)
      for (const { width, ...look } of sizes) {
        await page.setViewportSize({ width, height: 900 })
        await wear(look)
        for (const at of ['/setup/2', '/setup/3', '/setup/4', '/settings/system']) {
          await page.goto(at)
          if (at === '/setup/3') await expect(main(page).getByText(/Wait \d|Warten Sie \d/)).toBeVisible()
          const name = `${at.replaceAll('/', '-')}-${width}-${look.locale}`
          await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
          expect(await axe(), name).toEqual([])
          const isWide = await page.evaluate(
            () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
          )
          expect(isWide, `${name} scrolls sideways`).toBe(false)
        }
      }
    })
  })
})

test('the set-up needs no scripts', async ({ browser }) => {
  const own = await newServer()
  const context = await browser.newContext({ baseURL: own.url, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/')
  await claim(page, own.dataDir)
  await expect(line(page, 'Public address')).toContainText(own.url)
  await page.getByLabel('Keep originals').fill('0')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await expect(page.getByLabel('Keep originals')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Keep originals').fill('7')
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await expect(page).toHaveURL(/\/setup\/3$/)
  await expect(line(page, 'Uploads through')).toContainText(`${own.url}/api/checks/upload`)
  await expect(line(page, 'Clock')).toHaveCount(0)
  await page.getByRole('link', { name: 'Go on' }).click()
  await page.getByRole('button', { name: 'Look at the sample audit' }).click()
  await expect(page).toHaveURL(/\/new\/|\/a\//)
  await context.close()
  await own.stop()
})

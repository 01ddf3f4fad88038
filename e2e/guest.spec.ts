import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type APIRequestContext, test as base, type Page } from '@playwright/test'
import { originalsFoundIn, otherOriginals, otherSample } from '../lib/server/testing/sample-originals'
import { admin } from '../scripts/first-admin.mjs'
import { axeFaults, expect, looks, test } from './fixtures'
import { everythingOf, guestBrowser, guestRequests, type Link, linksIn, share } from './guests'
import { withDatabase } from './people'
import { baseURL, dataDir, stateFile } from './server'

const names = { environmentName: 'Bergbau Nordhang', name: 'Prüfung Nordhang' }
const originals = [...otherOriginals, ...Object.values(names), 'Nordhang', admin.name, admin.email]
const everything = { fix: true, evidence: true, findings: true, export: true }

type Report = { findings: { id: string; severity: string; absorbedBy: string | null; objects: { id: string }[] }[] }
const reportOf = async (request: APIRequestContext, audit: string): Promise<Report> =>
  (await request.get(`/api/v1/audits/${audit}/report`)).json()

async function worstOf(request: APIRequestContext, audit: string): Promise<string> {
  const lead = (await reportOf(request, audit)).findings.find((f) => f.absorbedBy === null)
  return lead?.id ?? ''
}

const opensOf = async (request: APIRequestContext, audit: string, link: Link): Promise<number> => {
  const { shares } = await (await request.get(`/api/v1/audits/${audit}/shares`)).json()
  return shares.find((s: { id: string }) => s.id === link.id).opens
}

/** Something else in the database than the server would write: a clock cannot be turned on. */
async function inDatabase(sql: string, args: (string | number)[]): Promise<void> {
  withDatabase((database) => database.prepare(sql).run(...args))
}
const expire = (link: Link) =>
  inDatabase('update "Share" set "endsAt" = ? where "id" = ?', [new Date(Date.now() - 1000).toISOString(), link.id])

const withoutNames = { Accept: 'text/html', 'Accept-Language': 'en' }

/** An analysed audit of the environment of `names`. */
async function analysed(request: APIRequestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const { id } = await (await request.post('/api/drafts', { data: names })).json()
  for (const [name, text] of Object.entries(files)) {
    const headers = { 'Content-Type': 'application/octet-stream' }
    const where = `/api/drafts/${id}/uploads?name=${encodeURIComponent(name)}`
    expect((await request.put(where, { data: Buffer.from(text), headers })).status()).toBe(201)
  }
  expect((await request.post(`/api/audits/${id}/start`)).status()).toBe(202)
  const status = async () => (await (await request.get(`/api/audits/${id}/status`)).json()).status
  await expect.poll(status, { timeout: 120_000 }).toBe('done')
  return id
}

/** How it was before: other rights, other domains, other names. */
const older = Object.fromEntries(
  Object.entries(otherSample).map(([name, text]) => [
    name,
    text
      .replaceAll('AnonymousUsers', 'ExchangeUsers')
      .replace(/quarzberg\.(?=com\b)/g, 'altquarz.')
      .replaceAll('Relay Bergwerk', 'Relay Altstollen'),
  ]),
)
originals.push('altquarz', 'Relay Altstollen')

/** The sample under names that stand in none of the product's own texts, and an earlier audit of it. */
const otherAudit = base.extend<object, { other: string; earlier: string }>({
  other: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL, storageState: stateFile })
      await use(await analysed(request, otherSample))
      await request.dispose()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  earlier: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL, storageState: stateFile })
      await use(await analysed(request, older))
      await request.dispose()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

otherAudit.describe('what a guest gets', () => {
  const kinds = ['audit', 'finding', 'findings', 'map'] as const
  for (const kind of kinds)
    for (const level of ['pseudonyms', 'summary'] as const) {
      if (level === 'summary' && kind === 'map') continue
      otherAudit(
        `${kind}, ${level}: no byte of any answer tells whose it is`,
        async ({ request, other, playwright }) => {
          otherAudit.slow()
          const target = {
            audit: { kind },
            finding: { kind, finding: await worstOf(request, other) },
            findings: { kind, search: 'sev=critical,high' },
            map: { kind, search: '' },
          }[kind]
          const link = await share(request, other, { target, level, allows: everything })
          const guest = await guestRequests(playwright)
          const seen = await crawl(guest, link)
          expect(seen.faults).toEqual([])
          expect(seen.pages.length).toBeGreaterThan(unlinked.length + (kind === 'audit' ? 20 : 0))
        },
      )
    }

  otherAudit(
    'comparison, pseudonyms: no byte of any answer tells whose it is',
    async ({ request, other, earlier, playwright }) => {
      otherAudit.slow()
      const target = { kind: 'comparison', other: earlier }
      const link = await share(request, other, { target, allows: everything })
      const guest = await guestRequests(playwright)
      expect((await crawl(guest, link)).faults).toEqual([])
      const text = await (await guest.get(link.path)).text()
      for (const shown of ['Receive connector', 'PermissionGroups', 'ExchangeUsers']) expect(text).toContain(shown)
      const file = async (format: string) => {
        const answer = await guest.get(`/s/${link.id}/export?format=${format}`, {
          headers: { 'Accept-Language': 'en' },
        })
        return { status: answer.status(), text: await answer.text() }
      }
      const { comparison, objects } = JSON.parse((await file('json')).text)
      expect([comparison, objects.length > 0]).toEqual([1, true])
      expect((await file('csv')).text).toMatch(/^Change,Severity,[\s\S]*PermissionGroups,ExchangeUsers,AnonymousUsers/)
      expect((await file('markdown')).status).toBe(404)
    },
  )

  otherAudit('with full names the same search finds them', async ({ request, other, playwright }) => {
    const link = await share(request, other, { level: 'full', password: 'long enough', allows: everything })
    const guest = await guestRequests(playwright)
    await unlock(guest, link)
    expect(originalsFoundIn(await everythingOf(await guest.get(link.path)), originals).length).toBeGreaterThan(5)
  })
})

/** Without scripts: the form of the page, as a browser sends it. */
async function unlock(guest: APIRequestContext, link: Link, password = 'long enough') {
  const html = await (await guest.get(link.path)).text()
  const fields = [...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
    /name="([^"]*)"/.exec(tag)?.[1] ?? '',
    (/value="([^"]*)"/.exec(tag)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  ])
  return guest.post(`/s/${link.id}`, { multipart: { ...Object.fromEntries(fields), password } })
}

/** Every page that can be reached, as HTML and as what the router fetches, and the addresses that nobody links to. */
async function crawl(guest: APIRequestContext, link: Link) {
  const base = `/s/${link.id}`
  const faults: string[] = []
  const pages: string[] = []
  const wanted = new Set([link.path, ...unlinked.map((p) => base + p)])
  // Lists are linked with every filter there is; some of each page are enough.
  const states = new Map<string, number>()
  const isNew = (href: string): boolean => {
    const at = href.replace(/\?.*/, '')
    if (!wanted.has(href)) states.set(at, (states.get(at) ?? 0) + 1)
    return (states.get(at) ?? 0) <= 8
  }
  for (const at of wanted) {
    for (const headers of [withoutNames, { RSC: '1' }, { RSC: '1', 'Next-Router-Prefetch': '1' }]) {
      const answer = await guest.get(at, { headers })
      const text = await everythingOf(answer)
      const found = originalsFoundIn(text, originals)
      if (found.length > 0) faults.push(`${at} ${JSON.stringify(headers)}: ${found.slice(0, 5).join(', ')}`)
      faults.push(...headerFaults(at, answer.headers()))
      if (text.includes(link.token)) faults.push(`${at}: the token`)
      if (headers === withoutNames)
        for (const href of linksIn(await answer.text(), link)) if (isNew(href)) wanted.add(href)
    }
    pages.push(at)
  }
  return { faults, pages }
}

const unlinked = [
  ...['/findings', '/findings?q=Frontend', '/findings/no-such.000000', '/map', '/map?view=table', '/coverage'],
  ...[
    '/coverage?view=checks',
    '/coverage?view=servers',
    '/compare',
    '/compare?noise=1&q=x',
    '/nothing/here',
    '/files/s1',
  ],
  ...['/export?format=csv', '/export?format=markdown', '/export?format=json', '/export?format=none', '/map/svg'],
  ...['/map/svg?theme=dark&lang=de', '/findings/%E0%A4%A', '/map?sel=n%3Anothing', '?lang=de'],
]

function headerFaults(at: string, headers: Record<string, string>): string[] {
  return [
    ...(headers['cache-control']?.includes('no-store') ? [] : [`cache-control ${headers['cache-control']}`]),
    ...(headers['referrer-policy'] === 'no-referrer' ? [] : [`referrer-policy ${headers['referrer-policy']}`]),
    ...(headers['x-robots-tag']?.includes('noindex') ? [] : ['x-robots-tag']),
  ].map((fault) => `${at}: ${fault}`)
}

test.describe('a link that is not active', () => {
  const inactive = async (request: APIRequestContext, sample: string): Promise<Readonly<Record<string, Link>>> => {
    const ended = await share(request, sample)
    expect((await request.delete(`/api/v1/shares/${ended.id}`)).status()).toBe(204)
    const expired = await share(request, sample)
    await expire(expired)
    const locked = await share(request, sample, { password: 'long enough' })
    await expire(locked)
    const unknown = { id: 'x', path: `/s/${'Ab1-_'.repeat(9).slice(0, 43)}`, token: '' }
    return { unknown, ended, expired, locked }
  }

  test('is like any other that is not: status, headers, body, pages, forms, files', async ({
    request,
    sample,
    playwright,
  }) => {
    const answers = new Map<string, string[]>()
    for (const [name, link] of Object.entries(await inactive(request, sample))) {
      const guest = await guestRequests(playwright)
      const first = await guest.get(link.path, { headers: withoutNames })
      const base = new URL(first.url()).pathname
      const told: string[] = []
      for (const at of ['', '/findings', '/export?format=csv', '/map/svg', '/what/ever'])
        for (const headers of [withoutNames, { RSC: '1' }]) {
          const answer = await guest.get(base + at, { headers })
          told.push(neutral(`${answer.status()} ${JSON.stringify(answer.headers())} ${await answer.text()}`, base))
        }
      const opened = await guest.post(`${base}/opened`)
      told.push(neutral(`${opened.status()} ${JSON.stringify(opened.headers())}`, base))
      const entry = await guest.get(link.path, { maxRedirects: 0 })
      told.push(`${entry.status()} ${Object.keys(entry.headers()).sort()}`)
      answers.set(name, told)
    }
    const malformed = await (await guestRequests(playwright)).get('/s/abcdefghij', { headers: withoutNames })
    const [first] = answers.get('unknown') ?? []
    const seen = first?.replace(/<script\b[^>]*>.*?<\/script>/gs, '') // what browsers without scripts get
    for (const text of ['404 {', 'This link is not active', 'Ask the person who sent it']) expect(seen).toContain(text)
    for (const name of ['ended', 'expired', 'locked']) expect(answers.get(name), name).toEqual(answers.get('unknown'))
    const text = `${malformed.status()} ${JSON.stringify(malformed.headers())} ${await malformed.text()}`
    expect(neutral(text, '/s/abcdefghij')).toBe(first)
  })

  test('takes as long as any other', async ({ request, sample, playwright }) => {
    test.slow()
    const links = await inactive(request, sample)
    const times = new Map<string, number[]>(Object.keys(links).map((name) => [name, []]))
    const sample25 = async () => {
      for (let n = 0; n < 25; n++)
        for (const [name, link] of Object.entries(links)) {
          const guest = await guestRequests(playwright) // another address each time: guesses are counted
          const start = performance.now()
          await guest.get(link.path)
          times.get(name)?.push(performance.now() - start)
          await guest.dispose()
        }
    }
    // The lower quarter: what else the machine does only ever takes longer. What it does by chance goes with more samples, a difference stays.
    const typical = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 4)] ?? 0
    await expect(async () => {
      await sample25()
      const each = [...times.values()].map(typical)
      expect(Math.max(...each) / Math.min(...each)).toBeLessThan(1.6)
    }).toPass({ timeout: 120_000 })
  })

  test('is what an address that guesses gets, whatever it asks for', async ({ request, sample, playwright }) => {
    const link = await share(request, sample)
    const guest = await guestRequests(playwright)
    const guesses = Array.from({ length: 60 }, (_, n) => `/s/${`${n}`.padStart(43, '-')}`)
    for (const guess of guesses) await guest.get(guess)
    expect((await guest.get(link.path)).status()).toBe(404)
    expect((await (await guestRequests(playwright)).get(link.path)).status()).toBe(200)
  })
})

/** Without what differs from one request to the next: nonces, the time, the address itself. */
const neutral = (text: string, base: string): string =>
  text
    .replaceAll(base, '/s/ID')
    .replaceAll(base.slice('/s/'.length), 'ID')
    .replace(/nonce(=|-|\\?":\\?")[\w+/=\\"-]{20,}/g, 'nonce')
    .replace(/"date":"[^"]*"|"content-length":"\d+"/g, '')
    .replace(/[\w+/]{22}==/g, 'nonce')
    .replace(/"b\\?":\\?"[\w-]+\\?"|\b[0-9a-z]{32}\b|\\?"[\w-]{21,22}\\?"/gi, '')
    // Parts of a page are sent as they become ready: in which order, and in how many pieces, differs from one request to the next.
    .replace(/"\]\)<\/script><script[^>]*>self\.__next_f\.push\(\[1,"/g, '')
    .split(/\n|\\n/)
    .sort()
    .join('\n')

test.describe('opening', () => {
  const counted = { timeout: 8000 }

  test('is not counted by programs that fetch links', async ({ request, sample, playwright }) => {
    const link = await share(request, sample)
    const guest = await guestRequests(playwright)
    for (const method of ['GET', 'HEAD']) await guest.fetch(link.path, { method })
    for (const method of ['GET', 'HEAD']) await guest.fetch(`/s/${link.id}/findings`, { method })
    await guest.get(`/s/${link.id}/opened`)
    expect(await opensOf(request, sample, link)).toBe(0)
  })

  test('is counted once a visit, when the page was seen for two seconds', async ({ request, sample, browser }) => {
    const link = await share(request, sample)
    const context = await guestBrowser(browser)
    const page = await context.newPage()
    await page.goto(link.path)
    await expect.poll(() => opensOf(request, sample, link), counted).toBe(1)
    await page.reload()
    await page.getByRole('link', { name: 'Findings', exact: true }).first().click()
    await page.waitForTimeout(3000)
    expect(await opensOf(request, sample, link)).toBe(1)
    await context.close()
  })
})

test.describe('a browser that has the link open', () => {
  test.use({ allowedMessages: ['404'] })

  test('loses it with the next click when it is ended', async ({ request, sample, browser }) => {
    const link = await share(request, sample)
    const context = await guestBrowser(browser)
    const page = await context.newPage()
    await page.goto(link.path)
    await expect(page.getByRole('navigation', { name: 'Pages of this view' })).toBeVisible()
    expect((await request.delete(`/api/v1/shares/${link.id}`)).status()).toBe(204)
    await page.getByRole('link', { name: 'Map', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'This link is not active' })).toBeVisible()
    await page.goto(`/s/${link.id}/findings`)
    await expect(page.getByRole('heading', { name: 'This link is not active' })).toBeVisible()
    await context.close()
  })

  test('hands its token to nobody, and gets nothing with it but the link', async ({ request, sample, browser }) => {
    const link = await share(request, sample)
    const context = await guestBrowser(browser)
    const page = await context.newPage()
    const sent: string[] = []
    page.on('request', (r) => sent.push(`${r.url()} ${r.headers().referer ?? ''}`))
    await page.goto(link.path)
    expect(page.url()).toMatch(new RegExp(`/s/${link.id}$`))
    await page.getByRole('link', { name: 'Map', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Map' })).toBeVisible()
    const mentions = sent.filter((line) => line.includes(link.token))
    expect(mentions.map((line) => new URL(line.split(' ')[0] ?? '').pathname)).toEqual([link.path])
    expect(sent.filter((line) => line.split(' ')[1]?.includes('/s/'))).toEqual([])
    const cookies = await context.cookies()
    const kept = cookies.find((c) => c.name === 'postern-guest')
    expect(kept).toMatchObject({ path: `/s/${link.id}`, httpOnly: true, sameSite: 'Lax', expires: -1 })
    for (const at of [`/a/${sample}`, '/', '/shares', '/rules']) {
      await page.goto(at)
      expect(new URL(page.url()).pathname, at).toBe('/sign-in')
    }
    for (const at of [`/api/v1/audits/${sample}/report`, `/api/audits/${sample}/status`])
      expect((await context.request.get(at)).status(), at).toBe(401)
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
    for (const file of files)
      expect(readFileSync(path.join(file.parentPath, file.name)).includes(link.token), file.name).toBe(false)
    await context.close()
  })
})

test('files are there only where the link allows them, and the log says who took them', async ({
  request,
  sample,
  playwright,
}) => {
  const files = ['/export?format=csv', '/export?format=markdown', '/export?format=json', '/map/svg']
  const statuses = async (link: Link) => {
    const guest = await guestRequests(playwright)
    await guest.get(link.path)
    return Promise.all(files.map(async (at) => (await guest.get(`/s/${link.id}${at}`)).status()))
  }
  expect(await statuses(await share(request, sample))).toEqual([404, 404, 404, 404])
  const allowed = await share(request, sample, { allows: { export: true } })
  expect(await statuses(allowed)).toEqual([200, 200, 200, 200])
  const sql = 'select count(*) as taken from "Activity" where action = ? and object = ?'
  const rows = withDatabase((database) => database.prepare(sql).all('share-exported', allowed.id))
  expect(rows).toEqual([{ taken: 4 }])
})

test.describe('a password', () => {
  test('opens the link without scripts, and wrong ones wait', async ({ request, sample, browser }) => {
    const link = await share(request, sample, { password: 'otter basalt 49' })
    const context = await guestBrowser(browser, { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${link.path}/findings`)
    expect(await page.content()).not.toContain('Critical')
    const give = async (password: string) => {
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Open' }).click()
    }
    await give('otter basalt 48')
    await expect(page.getByText('This is not the password')).toBeVisible()
    expect(await opensOf(request, sample, link)).toBe(0)
    await give('otter basalt 49')
    await expect(page.getByRole('navigation', { name: 'Pages of this view' })).toBeVisible()
    expect(await opensOf(request, sample, link)).toBe(1)
    await page.goto(link.path) // the mail again
    await expect(page.getByRole('navigation', { name: 'Pages of this view' })).toBeVisible()
    await context.clearCookies({ name: 'postern-visit' })
    await page.goto(link.path)
    // Each one makes the next wait longer, so that at some point even a slow machine is too fast.
    await expect(async () => {
      await give('guess')
      await expect(page.getByText(/Too many tries. Wait \d+ seconds?/)).toBeVisible({ timeout: 1000 })
    }).toPass()
    await context.close()
  })
})

/** How a page looks: in both languages and colours, at the widths of a phone and a desk, without a fault of accessibility. */
async function looksRight(page: Page, at: string) {
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(at)
    expect(await axeFaults(page), `${at} ${width}`).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide, `${at} ${width}`).toBeLessThanOrEqual(0)
  }
}

test.describe('every page of a link', () => {
  for (const look of looks)
    test(`is fit for everybody: ${look.theme}, ${look.locale}`, async ({ request, sample, browser }) => {
      test.slow()
      const link = await share(request, sample, { allows: everything })
      const locked = await share(request, sample, { password: 'long enough' })
      const context = await guestBrowser(browser)
      await context.addCookies(
        Object.entries(look).map(([name, value]) => ({ name, value, domain: '127.0.0.1', path: '/' })),
      )
      const page = await context.newPage()
      await page.goto(link.path)
      const finding = page.locator(`a[href^="/s/${link.id}/findings/"]`).first()
      const detail = (await finding.getAttribute('href')) ?? ''
      for (const at of ['', '/findings', '/map', '/map?view=table', '/coverage'])
        await looksRight(page, `/s/${link.id}${at}`)
      await looksRight(page, detail)
      await looksRight(page, locked.path)
      await looksRight(page, '/s/unknown')
      await context.close()
    })

  test('shows everything without scripts', async ({ request, sample, browser }) => {
    const link = await share(request, sample, { allows: everything })
    const context = await guestBrowser(browser, { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(link.path)
    await expect(page.getByText('read only')).toBeVisible()
    await page.getByRole('link', { name: 'Findings', exact: true }).first().click()
    const first = page.locator(`a[href^="/s/${link.id}/findings/"]`).first()
    const title = await first.innerText()
    await first.click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    for (const section of ['Why it matters', 'How to fix', 'Evidence'])
      await expect(page.getByRole('heading', { name: section })).toBeVisible()
    await page.getByRole('link', { name: 'Map', exact: true }).click()
    await expect(page.locator('#map-drawing svg')).toBeVisible()
    await page.goto(`${link.path}?lang=de`)
    await expect(page.getByText('nur lesen')).toBeVisible()
    await expect(page.getByText('Übersicht')).toBeVisible()
    await context.close()
  })
})

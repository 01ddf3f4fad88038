import { randomUUID } from 'node:crypto'
import type { APIRequestContext, Page } from '@playwright/test'
import { zipSync } from 'fflate'
import { ask, callAction } from './attackers'
import { expect, sampleFile, test } from './fixtures'
import { guestBrowser, share } from './guests'
import { newPerson, withDatabase } from './people'

// Markup in everything that somebody can upload or type, on every page: it is shown as it was typed, and nothing of it runs. The page of
// every test fails on any message of the console or of the policy, and on any request to another origin.

const payloads = [
  '"><img src=x onerror=alert(1)>',
  '<svg/onload=alert(2)>',
  '</script><script>alert(3)</script>',
  "{{constructor.constructor('alert(4)')()}}",
  'javascript:alert(5)',
  "'--><iframe srcdoc=x>",
]
const files = [
  ...['munich/ex01-receive-connectors.txt', 'munich/ex01-certificates.txt', 'munich/permissions.txt'],
  ...['vienna/transcript.txt', 'organisation/accepted-domains.txt', 'organisation/servers.txt'],
]

let turn = 0
const next = (): string => payloads[turn++ % payloads.length] ?? ''
/** Every value that is text gets markup behind it; with `all`, also those that are read as something else. */
const planted = (text: string, all: boolean): string =>
  text.replace(/^([ \t]*[A-Z]\w* *: )([^\r\n]+)/gm, (whole, head: string, value: string) =>
    !all &&
    /^(True|False|[\d.:,;{}\s/-]+|\{?[\w, ]*\}?)$/.test(value.trim()) &&
    !/Comment|Banner|Fqdn|Subject/.test(head)
      ? whole
      : `${head}${value.replace(/\}$/, '')}${next()}${value.endsWith('}') ? '}' : ''}`,
  )
const named = (name: string): string => `${name.replaceAll('/', '-')} ${next().replaceAll('/', '∕')}.txt`

const contents = (all: boolean): Record<string, string | Buffer> => {
  const known = files.map((file) => [named(file), planted(sampleFile(file).toString(), all)] as const)
  const zip = zipSync({ '"><img src=x onerror=alert(6)>.txt': Buffer.from(known[0]?.[1] ?? '') })
  return { ...Object.fromEntries(known), [`${next().replaceAll('/', '∕')}.zip`]: Buffer.from(zip) }
}

/** Addresses of this server that a page leads to. */
const linksOf = (page: Page): Promise<string[]> =>
  page.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))

/** What a browser made of the page that no text can make. */
const broken = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...[...document.querySelectorAll('img[src="x"], iframe[srcdoc], svg[onload], [onerror], [onload]')].map(
      (e) => e.outerHTML,
    ),
    ...[...document.querySelectorAll('a, form, button, use, image')]
      .flatMap((e) => ['href', 'action', 'formaction', 'xlink:href'].map((name) => e.getAttribute(name) ?? ''))
      // React gives the forms of its actions an address of its own, until it has taken them over.
      .filter(
        (address) =>
          /^\s*(javascript|data|vbscript):/i.test(address) &&
          !/^javascript:throw new Error\('A React form/.test(address),
      ),
  ])

/** Walks from page to page; returns how many showed some of the markup as text. */
async function walk(page: Page, starts: readonly string[], isIn: (path: string) => boolean, most: number) {
  const wanted = new Set(starts)
  let seen = 0
  let shown = 0
  for (const at of wanted) {
    if (seen >= most) break
    seen++
    await page.goto(at)
    expect.soft(await broken(page), at).toEqual([])
    const text = (await page.locator('body').textContent()) ?? ''
    if (payloads.some((payload) => text.includes(payload.slice(0, 12)))) shown++
    for (const href of await linksOf(page)) {
      const path = href.split('#')[0] ?? ''
      // One of a kind is enough: lists of findings lead to the same page with other filters.
      if (isIn(path) && !path.includes('?') && !/\/(csv|svg|export|raw|accepted|keys)$/.test(path)) wanted.add(path)
    }
  }
  return { seen, shown }
}

async function environmentOf(request: APIRequestContext, audit: string): Promise<string> {
  return (await (await request.get(`/api/drafts/${audit}`)).json()).audit.environmentId
}

test('what the walk looks for is found where it is', async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: true })
  for (const planted of [...payloads, '<a href="javascript:alert(1)">x</a>']) {
    if (/^(javascript|\{\{|<\/script)/.test(planted)) continue
    await page.setContent(`<p title="">${planted}</p>`)
    expect((await broken(page)).length, planted).toBeGreaterThan(0)
  }
  await page.close()
})

test.describe('markup', () => {
  test.use({
    // What is not there is a 404, which the console tells.
    allowedMessages: [
      'Failed to load resource: the server responded with a status of 404',
      "because the document's frame is sandboxed", // the preview of a link, which runs nothing
    ],
  })

  for (const all of [false, true])
    test(`in ${all ? 'every' : 'every textual'} value of an export and every name`, async ({
      page,
      request,
      audit,
    }) => {
      test.setTimeout(240_000)
      page.on('dialog', (dialog) => {
        throw new Error(`ran: ${dialog.message()}`)
      })
      const id = await audit(contents(all))
      const env = await environmentOf(request, id)
      // Names that are typed, and what is kept about a finding.
      await request.patch(`/api/drafts/${id}`, { data: { name: payloads[0] } })
      const me = newPerson({ role: 'admin', environments: 'all' })
      withDatabase((database) => {
        database.prepare('update "Environment" set name = ? where id = ?').run(`${payloads[1]} ${env.slice(0, 8)}`, env)
        database.prepare('update "User" set name = ? where id = ?').run(payloads[0] ?? '', me.id)
      })
      const { findings } = await (await request.get(`/api/v1/audits/${id}/findings`)).json()
      const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
      for (const finding of findings.slice(0, 2))
        await callAction(
          'app/a/[audit]/actions.ts acceptFinding',
          { audit: id, finding: finding.id, search: '', reason: payloads.join(' '), until },
          me.cookie,
        )
      const expectation = {
        env,
        name: payloads[2] ?? '',
        question: 'from=203.0.113.7&rcpt=%3Csvg/onload%3Dalert(7)%3E',
        expected: 'refused',
      }
      await callAction('app/e/[env]/expectations/actions.ts keepAction', expectation, me.cookie)
      const token = { name: payloads[3] ?? '', days: '30', where: 'all', 'may:read': 'on' }
      await callAction('app/settings/tokens/actions.ts createTokenAction', token, me.cookie)
      const link = await share(request, id, { note: payloads[4], level: 'pseudonyms' })
      const isHere = (path: string) => path.startsWith(`/a/${id}`) || path.startsWith(`/e/${env}`)
      const query = encodeURIComponent(payloads[0] ?? '')
      const starts = [
        ...[
          `/a/${id}`,
          `/a/${id}/findings`,
          `/a/${id}/map`,
          `/a/${id}/map?view=table`,
          `/a/${id}/relay`,
          `/a/${id}/files`,
        ],
        ...[
          `/a/${id}/files/s1`,
          `/a/${id}/files/s2`,
          `/a/${id}/coverage`,
          `/a/${id}/simulate?from=203.0.113.7&rcpt=${query}`,
        ],
        ...[
          `/a/${id}/findings?q=${query}`,
          `/a/${id}/findings?sev=${query}`,
          `/a/${id}/map?sel=${query}`,
          `/a/${id}/share`,
        ],
        ...[`/e/${env}`, `/e/${env}/expectations`, `/e/${env}/compare`, '/', '/shares', '/new', `/new/${id}`],
        ...[
          '/settings/activity',
          '/settings/tokens',
          '/settings/people',
          '/settings/environments',
          `/sign-in/again?to=${query}`,
        ],
        ...[`/rules/${query}`, `/a/${query}`, `/shares?audit=${id}&note=${query}`, `/shares/preview/${id}/audit`],
      ]
      const { seen, shown } = await walk(page, starts, isHere, 70)
      expect(seen).toBeGreaterThan(starts.length)
      expect(shown).toBeGreaterThan(10)
      for (const at of [`/a/${id}/map/svg`, `/a/${id}/map/svg?theme=dark`]) {
        const answer = await request.get(at)
        const svg = await answer.text()
        expect.soft(svg).not.toMatch(/<img|<script|<iframe|<[^>]* on(load|error)=/)
        // As a file of its own, where its scripts would run.
        if (answer.ok()) await page.setContent(svg)
        expect.soft(await broken(page), at).toEqual([])
      }
      expect((await request.delete(`/api/v1/shares/${link.id}`)).status()).toBe(204)
    })

  test('on the pages of a guest who sees full names', async ({ browser, request, audit }) => {
    test.setTimeout(180_000)
    const id = await audit(contents(false))
    const allows = { fix: true, evidence: true, findings: true, export: true }
    const link = await share(request, id, { level: 'full', password: 'otter basalt 49', allows, note: payloads[0] })
    const context = await guestBrowser(browser)
    const page = await context.newPage()
    const heard: string[] = []
    page.on('dialog', (dialog) => heard.push(`dialog ${dialog.message()}`))
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) heard.push(message.text())
    })
    await page.goto(link.path)
    await page.getByLabel('Password').fill('otter basalt 49')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('navigation', { name: 'Pages of this view' }).waitFor()
    const base = `/s/${link.id}`
    const { seen, shown } = await walk(
      page,
      [base, `${base}/findings`, `${base}/map`],
      (path) => path.startsWith(base),
      25,
    )
    expect(heard).toEqual([])
    expect(seen).toBeGreaterThan(5)
    expect(shown).toBeGreaterThan(2)
    await context.close()
  })
})

test('formulas in exports, and lines in names of files, are text', async ({ request, audit }) => {
  const starts = ['=', '+', '-', '@', '\t', '\r', ' =', '＝']
  const connector = (n: number, start: string) =>
    `Name : ${start}cmd${n}\nServer : EX01\nBindings : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.1-10.0.0.9}\nPermissionGroups : AnonymousUsers\nAuthMechanism : None\nComment : ${start}HYPERLINK("http://evil.example")\n`
  const id = await audit({ "=cmd|' /C calc'!A0.txt": starts.map((start, n) => connector(n, start)).join('\n') })
  const env = await environmentOf(request, id)
  const person = newPerson({ role: 'admin', environments: 'all' })
  withDatabase((database) => database.prepare('update "User" set name = ? where id = ?').run('=1+1|cmd', person.id))
  await ask(`/api/drafts`, person.cookie, {
    method: 'POST',
    body: JSON.stringify({ name: '@SUM(1)', environmentId: env }),
  })
  await ask(`/a/${id}`, person.cookie)
  const link = await share(request, id, { allows: { export: true }, note: '=1+1' })
  const told: string[] = []
  const exports = [
    ...[`/api/v1/audits/${id}/export?format=csv`, `/a/${id}/relay/csv`, `/shares/${link.id}/keys`],
    '/api/activity/export?format=csv',
  ]
  for (const at of exports) {
    const answer = await request.get(at)
    expect(answer.status(), at).toBe(200)
    const text = await answer.text()
    told.push(text)
    const cells = text.replace(/^\ufeff/, '').split(/[\r\n]+|(?:^|,)"?|"?[,;]"?/m)
    expect
      .soft(
        cells.filter((cell) => /^\s*[=+@\t]|^-[^\d]/.test(cell)),
        at,
      )
      .toEqual([])
    const disposition = answer.headers()['content-disposition'] ?? ''
    expect.soft(disposition, at).toMatch(/^attachment; filename="[\w.-]+"$/)
  }
  for (const formula of ["'=cmd", "'+cmd", "'@cmd"]) expect(told.join('\n')).toContain(formula)
  // A name that would begin a header of its own.
  const name = `a\r\nX-Evil: 1\u0000"; filename="b.html`
  const draft = await (
    await request.post('/api/drafts', { data: { environmentId: env, name: `n ${randomUUID()}${name}` } })
  ).json()
  expect(draft.name).not.toMatch(/[\r\n\0]/)
  const put = await request.put(`/api/drafts/${draft.id}/uploads?name=${encodeURIComponent(name)}`, { data: 'x' })
  expect((await put.json()).name).not.toMatch(/[\r\n\0]/)
  expect(put.headers()['x-evil']).toBeUndefined()
})

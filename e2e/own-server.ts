import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { admin, claimServer } from '../scripts/first-admin.mjs'
import { startOidcProvider, type TestProvider } from '../scripts/oidc-provider.mjs'
import { probePort, serve, whenReady } from '../scripts/serve.mjs'
import { test as base, type Look } from './fixtures'

// How people sign in is set for the whole server, so its tests have one of their own.

export { admin }

type Own = { readonly url: string; readonly provider: TestProvider }

let people = 0
/** A client address that no other test has: tries are counted by address. */
const newAddress = () => `198.51.100.${(++people % 250) + 1}`

/** A server of its own on an empty data directory, which nobody has claimed. `stop` removes all of it. */
export async function newServer() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'postern-own-'))
  const port = await probePort(0)
  const url = `http://localhost:${port}` // passkeys need a name
  const env = { PORT: String(port), DATA_DIR: dataDir, POSTERN_TRUSTED_PROXIES: '1' }
  const child = serve(port, env, ['ignore', 'ignore', 'inherit'])
  if (!(await whenReady(child, port))) throw new Error('the server did not start')
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { port, url, dataDir, stop }
}

type People = {
  readonly signIn: (email?: string, password?: string) => Promise<void>
  /** On the page of the profile. Ends where the browser has its answer: whoever goes on before that is still signed in. */
  readonly signOutEverywhere: () => Promise<void>
}

/** The test of a server of its own, with its admin, nobody signed in, and a company's sign-in that can be set up there. */
export const test = base.extend<People, { own: Own }>({
  own: [
    async ({ browser: _ }, use) => {
      const { port, url, dataDir, stop } = await newServer()
      await claimServer(`http://127.0.0.1:${port}`, dataDir)
      const provider = await startOidcProvider({
        redirectUris: [`${url}/api/auth/oidc/callback`],
        accounts: {},
        clientSecret: 'shared',
      })
      await use({ url, provider })
      await provider.close()
      await stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ own }, use) => use(own.url),
  storageState: { cookies: [], origins: [] },
  extraHTTPHeaders: async ({ locale: _ }, use) => use({ 'x-forwarded-for': newAddress() }),
  signIn: async ({ page }, use) => {
    await use(async (email = admin.email, password = admin.password) => {
      await page.getByLabel(/^(E-mail address|E-Mail-Adresse)$/).fill(email)
      await page.getByLabel(/^(Password|Kennwort)$/).fill(password)
      await page.getByRole('button', { name: /^(Sign in|Anmelden)$/ }).click()
    })
  },
  signOutEverywhere: async ({ page }, use) => {
    await use(async () => {
      await page.getByRole('button', { name: 'Sign out everywhere' }).click()
      await page.waitForURL(/\/sign-in$/)
    })
  },
})

/** Both languages on a desk and on a phone; the colours alternate. */
export const sizes: readonly (Look & { readonly width: number })[] = [
  { locale: 'en', theme: 'light', width: 1440 },
  { locale: 'de', theme: 'dark', width: 1440 },
  { locale: 'de', theme: 'light', width: 360 },
  { locale: 'en', theme: 'dark', width: 360 },
]

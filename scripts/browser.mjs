// Finds a Chromium for the browser tests.
import { accessSync, constants, existsSync } from 'node:fs'

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]
/** A Chromium for the tests: named, Playwright's own, on the machine, or the one that ships inside an npm package (Linux x64). */
export async function findBrowser() {
  const ok = (p) => {
    try {
      accessSync(p, constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const { chromium } = await import('@playwright/test')
  if (existsSync(chromium.executablePath())) return undefined // playwright install has been run
  const found = candidates.find(ok)
  if (found) return found
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: bundled } = await import('@sparticuz/chromium')
    return bundled.executablePath() // unpacks to os.tmpdir(), about a second
  }
  throw new Error('No Chromium found: run `npx playwright install chromium` or set CHROMIUM_PATH')
}

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig, devices } from '@playwright/test'

// E2E_URL names a server that runs already (npm run dev); otherwise the built app is started on a fresh data directory.
const running = process.env.E2E_URL
const port = Number(process.env.E2E_PORT ?? 4110)
const baseURL = running ?? `http://127.0.0.1:${port}`

const ownServer = {
  command: 'node scripts/start.mjs',
  url: `${baseURL}/api/ready`,
  env: { PORT: String(port), DATA_DIR: mkdtempSync(path.join(tmpdir(), 'postern-e2e-')) },
  timeout: 240_000,
  reuseExistingServer: false,
  stdout: 'pipe' as const,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5000 },
}

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  timeout: 60_000,
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    launchOptions: {
      // scripts/test.mjs finds one; undefined is the browser that Playwright installed
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses to start as root with its sandbox
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
        '--font-render-hinting=none',
        '--force-color-profile=srgb',
      ],
    },
  },
  ...(running ? {} : { webServer: ownServer }),
})

import { defineConfig, devices } from '@playwright/test'
import { baseURL, dataDir, port, running, stateFile } from './e2e/server'

const ownServer = {
  command: 'node scripts/start.mjs',
  url: `${baseURL}/api/ready`,
  // As behind one reverse proxy, so that a test can come from an address of its own: tries are counted by address.
  env: { PORT: String(port), DATA_DIR: dataDir, POSTERN_TRUSTED_PROXIES: '1' },
  timeout: 240_000,
  reuseExistingServer: false,
  stdout: 'pipe' as const,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5000 },
}

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  timeout: 60_000,
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    storageState: stateFile,
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

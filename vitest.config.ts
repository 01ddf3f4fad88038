import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: {
      '@': import.meta.dirname,
      'server-only': path.resolve(import.meta.dirname, 'lib/server/testing/empty.ts'),
    },
  },
  test: {
    pool: 'forks',
    setupFiles: ['scripts/vitest-seed.ts'],
    // A limit for what hangs, not for what is slow: machines that test are busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,components,lib,scripts,samples,bench}/**/*.test.{ts,tsx}'],
          exclude: ['lib/server/**'],
        },
      },
      {
        // A database of each kind and a real worker: only these tests pay for starting them.
        extends: true,
        test: {
          name: 'server',
          include: ['lib/server/**/*.test.ts'],
          globalSetup: 'lib/server/testing/global-setup.ts',
        },
      },
    ],
  },
})

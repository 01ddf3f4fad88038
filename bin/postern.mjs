#!/usr/bin/env node
// The version is answered before anything is imported: npm itself takes most of the 300 ms that it may need.
const VERSION = '0.1.0' // lib/cli/version.test.ts holds it to package.json
if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-v')) {
  process.stdout.write(`postern ${VERSION}\n`)
} else {
  const { loadCli } = await import('./load.mjs')
  const { main } = await import((await loadCli()).href)
  await main(process.argv.slice(2), VERSION)
}

#!/usr/bin/env node
// The version is answered before anything is imported: npm itself takes most of the 300 ms that it may need.
const VERSION = '0.1.0' // lib/cli/usage.test.ts holds it to package.json

async function start() {
  const { loadCli } = await import('./load.mjs')
  return import((await loadCli()).href)
}

if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-v')) {
  process.stdout.write(`postern ${VERSION}\n`)
} else {
  try {
    const { main } = await start()
    await main(process.argv.slice(2), VERSION)
  } catch (error) {
    // main tells its own errors; what arrives here kept it from starting, for example packages that are not installed
    const id = Math.floor(Math.random() * 0xffffffff)
      .toString(16)
      .padStart(8, '0')
    process.stderr.write(
      `postern: internal error ${id}: it cannot be started (${String(error.message).split('\n')[0]}).\n`,
    )
    if (process.argv.includes('--debug')) process.stderr.write(`${error.stack}\n`)
    process.exitCode = 4
  }
}

// npm run keys -- secret | uploads, with the server stopped. What it does is lib/server/keys, bundled here: the server's own code.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { generate, root } from './lib.mjs'

/** Bundles the command; packages are loaded from where they are installed. */
export async function bundleKeys(outfile = path.join(root, 'dist', 'keys.mjs')) {
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/server/keys/command.ts'],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { '@': root, 'server-only': path.join(root, 'lib/server/testing/empty.ts') },
    outfile,
    logLevel: 'error',
  })
  return outfile
}

if (process.argv[1] === import.meta.filename) {
  process.env.DATA_DIR = path.resolve(root, process.env.DATA_DIR || 'data')
  generate()
  const { keys } = await import(pathToFileURL(await bundleKeys()).href)
  process.exitCode = await keys(process.argv.slice(2))
}

// The worker process as one file, dist/worker.mjs. It is a process and not a thread, because V8 can abort the whole process when the heap
// limit of a thread is passed in one large step; Next bundles threads only, so it is bundled here.
import path from 'node:path'
import { build, context } from 'esbuild'
import { root } from './lib.mjs'

export const workerFile = path.join(root, 'dist', 'worker.mjs')

const options = (outfile) => ({
  absWorkingDir: root,
  entryPoints: ['lib/server/jobs/worker.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  alias: { '@': root },
  outfile,
  logLevel: 'error',
})

export const bundleWorker = (outfile = workerFile) => build(options(outfile))

/** Bundles now and at each change, until the process ends. */
export async function watchWorker() {
  const watching = await context(options(workerFile))
  await watching.watch()
}

if (process.argv[1] === import.meta.filename) await bundleWorker()

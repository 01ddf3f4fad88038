import path from 'node:path'
import { build } from 'esbuild'

/** The worker thread's code as one file, the way the app's build makes it: Node 20 cannot run TypeScript. */
export async function bundleWorker(dir: string): Promise<string> {
  const root = path.resolve(import.meta.dirname, '../../..')
  const outfile = path.join(dir, 'worker.mjs')
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/server/jobs/worker.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'error',
  })
  return outfile
}

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { bundleWorker } from '../../../scripts/worker-bundle.mjs'
import { pgBin, startPg, stopPg } from './pg'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of a server on which a test may create databases; null where there is none. */
    pgUrl: string | null
    workerFile: string
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Once a run: the worker's bundle, and a PostgreSQL cluster where its binaries are installed. */
export default async function setup(project: TestProject) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'postern-test-'))
  const workerFile = path.join(scratch, 'worker.mjs')
  const clean = () => rmSync(scratch, { recursive: true, force: true })
  await bundleWorker(workerFile)
  project.provide('workerFile', workerFile)
  if (!pgBin()) {
    if (process.env.REQUIRE_PG) throw new Error('REQUIRE_PG is set but no PostgreSQL server binaries were found')
    console.log('PostgreSQL tests are skipped: no server binaries found (PG_BIN names their folder)')
    project.provide('pgUrl', null)
    return clean
  }
  const cluster = mkdtempSync(path.join(tmpdir(), 'postern-pg-'))
  project.provide('pgUrl', startPg(cluster, await freePort()))
  return () => {
    stopPg(cluster)
    clean()
  }
}

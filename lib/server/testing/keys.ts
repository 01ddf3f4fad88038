import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleKeys } from '../../../scripts/keys.mjs'
import type { TestServer } from './databases'

const root = path.resolve(import.meta.dirname, '../../..')

/** What a run of `npm run keys` ended with; null where it was killed. */
export type KeysRun = { readonly code: number | null; readonly output: string }
export type KeysCommand = {
  /** `meanwhile` may kill it. */
  readonly run: (
    words: readonly string[],
    env?: Readonly<Record<string, string>>,
    meanwhile?: (child: ChildProcess) => Promise<void>,
  ) => Promise<KeysRun>
  readonly close: () => void
}

/** `npm run keys` as a process of its own, on the data of this test. */
export async function keysCommand(server: TestServer): Promise<KeysCommand> {
  const file = await bundleKeys(path.join(root, 'dist', `keys-${randomUUID()}.mjs`)) // where its packages are found
  const code = `import(${JSON.stringify(pathToFileURL(file).href)}).then(async (m) => { process.exitCode = await m.keys(process.argv.slice(1)) })`
  return {
    run: async (words, env = {}, meanwhile = async () => {}) => {
      const own = { DATA_DIR: server.dir, DATABASE_URL: server.url }
      const child = spawn(process.execPath, ['-e', code, ...words], { env: { ...process.env, ...own, ...env } })
      let output = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
      const gone = new Promise<number | null>((resolve) => child.once('close', resolve))
      await meanwhile(child)
      return { code: await gone, output }
    },
    close: () => rmSync(file, { force: true }),
  }
}

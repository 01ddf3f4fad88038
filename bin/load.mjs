// The command line is TypeScript. It is bundled on first use, and again when a source has changed, into dist/cli-<hash>.mjs; in a
// checkout that cannot be written, into the temporary folder of the user.
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const root = path.resolve(import.meta.dirname, '..')

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!['fixtures', 'examples', 'testing'].includes(entry.name)) yield* sources(name)
    } else if (/\.(ts|json)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) yield name
  }
}

/** Changes with every edit of a source: name, size and time of change, which are quicker to ask for than contents. */
function fingerprint() {
  const hash = createHash('sha256')
  hash.update(process.version)
  for (const file of [
    ...sources(path.join(root, 'lib/core')),
    ...sources(path.join(root, 'lib/cli')),
    path.join(root, 'package.json'),
  ].sort()) {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file}\0${size}\0${mtimeMs}\0`)
  }
  return hash.digest('hex').slice(0, 16)
}

function writableFolder() {
  const preferred = path.join(root, 'dist')
  try {
    mkdirSync(preferred, { recursive: true })
    accessSync(preferred, constants.W_OK)
    return preferred
  } catch {
    // A folder of one's own: what lies in a folder that everybody may write could have been put there by somebody else.
    const own = path.join(os.tmpdir(), `postern-${process.getuid?.() ?? 'user'}`)
    mkdirSync(own, { recursive: true, mode: 0o700 })
    const { uid, mode } = statSync(own)
    if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0))
      throw new Error(`${own} belongs to somebody else`)
    return own
  }
}

// Drivers of databases hold machine code and are loaded from where they are installed, wherever the bundle lies.
const require = createRequire(import.meta.url)
const drivers = {
  name: 'drivers',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(libsql|pg)$/ }, ({ path: name }) => ({
      path: pathToFileURL(require.resolve(name)).href,
      external: true,
    })),
}

async function bundle(target) {
  const { build } = await import('esbuild')
  const result = await build({
    entryPoints: [path.join(root, 'lib/cli/main.ts')],
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    logLevel: 'silent',
    alias: { '@': root },
    plugins: [drivers],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
  const partial = `${target}.${process.pid}`
  writeFileSync(partial, result.outputFiles[0].contents)
  renameSync(partial, target) // another process may be doing the same: whoever is last wins, both wrote the same
}

function removeOld(folder, keep) {
  for (const name of readdirSync(folder)) {
    if (/^cli-[0-9a-f]{16}\.mjs/.test(name) && name !== keep) {
      const old = path.join(folder, name)
      try {
        if (Date.now() - statSync(old).mtimeMs > 600_000) rmSync(old) // a run that began a moment ago may still import it
      } catch {}
    }
  }
}

/** The bundle of the sources as they are now. */
export async function loadCli() {
  const name = `cli-${fingerprint()}.mjs`
  const built = path.join(root, 'dist', name)
  if (existsSync(built)) return pathToFileURL(built)
  const folder = writableFolder()
  const target = path.join(folder, name)
  if (!existsSync(target)) {
    await bundle(target)
    removeOld(folder, name)
  }
  return pathToFileURL(target)
}

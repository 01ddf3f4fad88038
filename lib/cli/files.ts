import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import { type AuditFile, defaultLimits } from '@/lib/core'
import { UsageError } from './errors'

/** npm starts scripts in the folder of the package; the paths were typed where npm was started. */
export const startFolder = (): string =>
  process.env.npm_lifecycle_event === 'postern' && process.env.INIT_CWD ? process.env.INIT_CWD : process.cwd()

type Found = { readonly name: string; readonly file: string; readonly size: number }

function statOf(file: string): Stats | null {
  try {
    return statSync(file)
  } catch {
    return null
  }
}

function* walk(
  folder: string,
  prefix: string,
  seen: ReadonlySet<string>,
  skipped: (name: string) => void,
): Generator<Found> {
  let entries: string[]
  try {
    entries = readdirSync(folder).sort()
  } catch {
    skipped(prefix === '' ? folder : prefix)
    return
  }
  for (const entry of entries) {
    if (entry.startsWith('.')) continue // .git, .DS_Store and their like are no exports
    const file = path.join(folder, entry)
    const name = prefix === '' ? entry : `${prefix}/${entry}`
    const stat = statOf(file)
    if (stat?.isFile()) yield { name, file, size: stat.size }
    else if (stat?.isDirectory()) {
      const identity = `${stat.dev}:${stat.ino}`
      if (!seen.has(identity)) yield* walk(file, name, new Set([...seen, identity]), skipped) // a link back up would never end
    } else skipped(name)
  }
}

/** A path as it was typed, with slashes, without what leads out of the folder: names in a report do not tell where it was made. */
const givenName = (given: string): string =>
  path.isAbsolute(given)
    ? path.basename(given)
    : path
        .normalize(given)
        .split(path.sep)
        .filter((part) => part !== '..' && part !== '.' && part !== '')
        .join('/') || path.basename(path.resolve(startFolder(), given))

function unique(found: readonly Found[]): Found[] {
  const names = new Map<string, string>()
  const out: Found[] = []
  for (const f of found) {
    const before = names.get(f.name)
    if (before === f.file) continue // the same file was given twice
    let name = f.name
    for (let i = 2; names.has(name); i++) name = `${f.name} (${i})`
    names.set(name, f.file)
    out.push({ ...f, name })
  }
  return out
}

/** Stops a little above the size that is refused anyway: an endless stream must not fill the memory. */
async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    chunks.push(chunk)
    length += chunk.length
    if (length > defaultLimits.fileBytes) break
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/**
 * The files of the paths, sorted by name. A file in a folder is named relative to that folder; where several paths are given, the
 * folder's name stands in front. A path that does not exist is wrong usage; what cannot be read below a folder is told to `skipped`.
 */
export async function findFiles(paths: readonly string[], skipped: (name: string) => void): Promise<AuditFile[]> {
  const found: Found[] = []
  const files: AuditFile[] = []
  for (const given of paths) {
    if (given === '-') {
      if (!files.some((f) => f.name === 'stdin')) files.push({ name: 'stdin', bytes: await readStandardInput() })
      continue
    }
    const file = path.resolve(startFolder(), given)
    const stat = statOf(file)
    if (!stat) throw new UsageError(`${given} does not exist or cannot be read.`)
    if (stat.isDirectory())
      found.push(...walk(file, paths.length > 1 ? givenName(given) : '', new Set([`${stat.dev}:${stat.ino}`]), skipped))
    else found.push({ name: givenName(given), file, size: stat.size })
  }
  files.push(...unique(found).map(({ name, file, size }) => ({ name, size, bytes: () => readFileSync(file) })))
  return files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

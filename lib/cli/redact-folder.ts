import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from './errors'

/** Throws where there is something in the folder already, or a file of its name. `named`: as it was typed. */
export function needEmptyFolder(named: string, folder: string): void {
  let entries: string[]
  try {
    entries = readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw new UsageError(`--out: ${named} is no folder that can be written to.`)
  }
  if (entries.length > 0) throw new UsageError(`--out: ${named} is not empty; name another folder.`)
}

/** Writes a file below the folder, and never over one that is there. `name` has slashes, and leads nowhere else. */
export function writeNew(folder: string, name: string, text: string, { mode = 0o644 } = {}): void {
  const parts = name.split('/').filter((p) => p !== '' && p !== '.' && p !== '..')
  const file = path.join(folder, ...parts)
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text, { flag: 'wx', mode })
  } catch {
    throw new UsageError(`--out: ${file} cannot be written.`)
  }
}

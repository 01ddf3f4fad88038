import { type AuditFile, type Replaced, restoreText } from '@/lib/core'
import { type Context, inStartFolder, option } from './context'
import { exitCodes, UsageError } from './errors'
import { filesOf, needPaths } from './input'
import { writeOut } from './output'
import { needEmptyFolder, writeNew } from './redact-folder'
import { readKey } from './redact-key'

const textOf = ({ bytes }: AuditFile): string =>
  new TextDecoder('utf-8').decode(typeof bytes === 'function' ? bytes() : bytes)

/** `postern redact --restore`: texts with the originals in place of their pseudonyms, to standard output or into a folder. */
export async function restoreFiles(key: string, paths: readonly string[], context: Context): Promise<number> {
  needPaths('redact --restore', paths)
  const table = readKey(key)
  const out = option(context.args, 'out')
  if (out !== undefined) needEmptyFolder(out, inStartFolder(out))
  const files = (await filesOf(paths, context)).filter((f) => f.name.split('/').at(-1) !== 'key.json')
  if (out !== undefined) writeRestored(inStartFolder(out), files, table)
  else if (files.length === 1) await writeOut(files.map((f) => restoreText(textOf(f), table)))
  else throw new UsageError(`redact --restore prints one file; for ${files.length} name a folder with --out.`)
  return exitCodes.done
}

function writeRestored(folder: string, files: readonly AuditFile[], table: readonly Replaced[]): void {
  // What comes out holds what was hidden before: it is for the person alone who has the key.
  for (const file of files)
    writeNew(folder, restoreText(file.name, table), restoreText(textOf(file), table), { mode: 0o600 })
}

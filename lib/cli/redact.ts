import { randomBytes } from 'node:crypto'
import { type KeyEntry, type LeftOutReason, type RedactedExports, redactExports, visible } from '@/lib/core'
import { type Context, inStartFolder, option } from './context'
import { exitCodes, UsageError } from './errors'
import { filesOf, needPaths, nothingReadable, progressLine, readAnswers } from './input'
import { needEmptyFolder, writeNew } from './redact-folder'
import { keyText } from './redact-key'
import { restoreFiles } from './restore'

const reasons: Readonly<Record<LeftOutReason, { readonly en: string; readonly de: string }>> = {
  'not-recognised': {
    en: 'not recognised as an export, left out',
    de: 'nicht als Export erkannt, weggelassen',
  },
  log: {
    en: 'a protocol log or headers of messages, left out',
    de: 'ein Protokoll oder Kopfzeilen von Nachrichten, weggelassen',
  },
  'not-readable': { en: 'cannot be read, left out', de: 'nicht lesbar, weggelassen' },
  unsafe: {
    en: 'a name in it could not be replaced everywhere, left out',
    de: 'ein Name darin ließ sich nicht überall ersetzen, weggelassen',
  },
}

const farewell = {
  en: (files: number, folder: string) =>
    `${files} ${files === 1 ? 'file' : 'files'} in ${folder}. key.json there leads back to the originals: keep it, and do not pass it on.`,
  de: (files: number, folder: string) =>
    `${files} ${files === 1 ? 'Datei' : 'Dateien'} in ${folder}. key.json dort führt zu den Originalen zurück: Bewahren Sie die Datei auf, und geben Sie sie nicht weiter.`,
}

/** `postern redact`: the exports with pseudonyms in a folder of their own, or with `--restore` the way back. */
export async function redact(paths: readonly string[], context: Context): Promise<number> {
  const key = option(context.args, 'restore')
  if (key !== undefined) return restoreFiles(key, paths, context)
  needPaths('redact', paths)
  const out = option(context.args, 'out')
  if (out === undefined) throw new UsageError('redact needs --out DIR, the folder for the redacted exports.')
  const folder = inStartFolder(out)
  needEmptyFolder(out, folder)
  const answers = readAnswers(context)
  const files = await filesOf(paths, context)
  const seed = randomBytes(32).toString('base64url')
  const progress = progressLine(context.quiet)
  const made = redactExports(files, { seed, now: new Date(), answers, onProgress: progress.show })
  progress.end()
  for (const { name, reason } of made.leftOut) context.tell(`${visible(name)}: ${reasons[reason][context.lang]}`)
  if (made.files.length === 0) return nothingReadable(context)
  writeAll(folder, made, { seed, table: made.table })
  context.tell(farewell[context.lang](made.files.length, visible(out)))
  return exitCodes.done
}

function writeAll(folder: string, { files }: RedactedExports, key: { seed: string; table: readonly KeyEntry[] }): void {
  // The key first: without it nothing that follows could be led back.
  writeNew(folder, 'key.json', keyText(key), { mode: 0o600 })
  for (const { name, text } of files) writeNew(folder, name, text)
}

import { existsSync, readFileSync } from 'node:fs'
import { collectScript } from '@/lib/core'
import { type Context, deliver, inStartFolder, option } from './context'
import { exitCodes, UsageError } from './errors'

/** A file of that name which is not the script is somebody's work. */
function refuseToOverwrite(out: string): void {
  const file = inStartFolder(out)
  if (!existsSync(file)) return
  let found: string | null = null
  try {
    found = readFileSync(file, 'utf8')
  } catch {
    // a folder, or not readable: told as the file that is there
  }
  if (found !== collectScript.text)
    throw new UsageError(`--out: ${out} exists and is something else; name another file.`)
}

/** `postern collect`: the collection script, byte for byte. Its hash goes to standard error, beside it. */
export async function collect(positionals: readonly string[], context: Context): Promise<number> {
  if (positionals.length > 0) throw new UsageError('collect takes no PATH: it prints the script; --out names a file.')
  if (option(context.args, 'format') !== undefined)
    throw new UsageError('--format: collect prints a script, in no other format.')
  const out = option(context.args, 'out')
  if (out !== undefined) refuseToOverwrite(out)
  await deliver(context, [collectScript.text])
  if (out !== undefined || process.stdout.isTTY !== true)
    context.tell(`${collectScript.name} ${collectScript.version}, SHA-256 ${collectScript.sha256}`)
  return exitCodes.done
}

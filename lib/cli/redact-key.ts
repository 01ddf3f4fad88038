import { z } from 'zod'
import { type KeyEntry, pseudonymKinds, type Replaced, readKeyTableCsv } from '@/lib/core'
import { readTextFile } from './context'
import { UsageError } from './errors'

const warning = 'Secret: it leads from the pseudonyms back to the originals. Do not pass it on with the exports.'

const keyFile = z.object({
  postern: z.literal('key'),
  warning: z.string(),
  seed: z.string(),
  table: z.array(z.object({ pseudonym: z.string().min(1), original: z.string(), kind: z.enum(pseudonymKinds) })),
})

export const keyText = ({ seed, table }: { seed: string; table: readonly KeyEntry[] }): string =>
  `${JSON.stringify({ postern: 'key', warning, seed, table }, null, 2)}\n`

/** The table of a key file, or of the key table of a shared link. Throws where it is neither. */
export function readKey(file: string): readonly Replaced[] {
  const text = readTextFile('restore', file)
  const table = readKeyTableCsv(text)
  if (table !== null) return table
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // told below, as for any other file that is none
  }
  const parsed = keyFile.safeParse(value)
  if (!parsed.success) throw new UsageError(`--restore: ${file} is no key file of postern, and no key table of a link.`)
  return parsed.data.table
}

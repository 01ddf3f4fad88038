import type { Limits } from './limits'
import { readAll } from './read-all'
import type { ReportSource } from './report/schema'
import { type AuditFile, openSources } from './sources'
import { decodeText } from './text'

/** What one upload is and holds: its source and, for an archive, one for each member. */
export const inspect = (file: AuditFile, limits: Limits): ReportSource[] =>
  readAll([file], limits, () => undefined).sources

/** Decoded text of an upload, or of the member of an archive that `name` names; null where there is no text to show. */
export function openSource(file: AuditFile, name: string, limits: Limits): { text: string; encoding: string } | null {
  const source = openSources([file], limits).find((s) => s.name === name && !s.isArchive)
  const loaded = source?.load?.()
  if (loaded === undefined || 'refusal' in loaded) return null
  const { text, encoding } = decodeText(loaded.bytes)
  return { text, encoding }
}

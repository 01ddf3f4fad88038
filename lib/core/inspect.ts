import { decodeSource } from './decode-source'
import type { Limits } from './limits'
import { readAll } from './read-all'
import { readingOf } from './reading'
import type { ReportSource } from './report/schema'
import type { Answers } from './rules/define-rule'
import { type AuditFile, openSources } from './sources'

/** What one upload is and holds: its source and, for an archive, one for each member. */
export const inspect = (file: AuditFile, limits: Limits, answers: Answers = {}): ReportSource[] =>
  readAll([file], limits, readingOf(answers), () => undefined).sources

/** Decoded text of an upload, or of the member of an archive that `name` names; null where there is no text to show. */
export function openSource(
  file: AuditFile,
  name: string,
  limits: Limits,
  answers: Answers = {},
): { text: string; encoding: string } | null {
  const source = openSources([file], limits).find((s) => s.name === name && !s.isArchive)
  const loaded = source?.load?.()
  if (loaded === undefined || 'refusal' in loaded) return null
  const { text, encoding } = decodeSource(name, loaded.bytes, readingOf(answers))
  return { text, encoding }
}

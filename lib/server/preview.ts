import 'server-only'
import type { Answers, Examination, ReportSource } from '@/lib/core'
import { db } from './db'
import { examinationOf } from './examinations'
import { isSettled } from './jobs/preview'
import { toAnswers } from './rows'
import { listUploads, type UploadRow } from './sources'

/** The files of a draft as its page shows them. `isChecked`: nothing about them is still being worked on. */
export type DraftFiles = { readonly uploads: readonly UploadRow[]; readonly isChecked: boolean }

/** Uploads, each with what it says beside the others: contradictions, and servers that another file names. */
export async function draftFiles(auditId: string): Promise<DraftFiles> {
  const client = await db()
  const isChecked = await isSettled(client, auditId) // asked first: what is read after it can only be newer
  const audit = await client.audit.findUnique({ where: { id: auditId }, select: { preview: true, answers: true } })
  const uploads = await listUploads(auditId)
  const together = await examinationOf(audit?.preview ?? null)
  const answers = toAnswers(audit?.answers)
  return { uploads: uploads.map((upload) => withKept(besideOthers(upload, together), answers)), isChecked }
}

/** Letters that are to stay as they are: asked and answered, though nothing in the file changes. */
function withKept(upload: UploadRow, answers: Answers): UploadRow {
  const isKept = (s: ReportSource) => answers[`mojibake:${s.name}`] === 'keep'
  if (!upload.sources.some(isKept)) return upload
  const split = (s: ReportSource, of: boolean) => s.notices.filter((n) => (n.code === 'mojibake') === of)
  const settled = upload.sources
    .filter(isKept)
    .map((s) => [s.name, [...(upload.facts.settled[s.name] ?? []), ...split(s, true)]] as const)
  return {
    ...upload,
    sources: upload.sources.map((s) => (isKept(s) ? { ...s, notices: split(s, false) } : s)),
    facts: { ...upload.facts, settled: { ...upload.facts.settled, ...Object.fromEntries(settled) } },
  }
}

function besideOthers(upload: UploadRow, together: Examination): UploadRow {
  const seen = new Map(together.sources.map((s) => [s.name, s]))
  const own = seen.get(upload.name)
  if (upload.status !== 'read' || own?.sha256 !== upload.sha256) return upload
  const names = new Set(upload.sources.map((s) => s.name))
  const mine = together.excerpts.filter((e) => names.has(e.source))
  const servers = Object.entries(together.servers).filter(([name]) => names.has(name))
  return {
    ...upload,
    sources: upload.sources.map((s) => seen.get(s.name) ?? s),
    facts: {
      ...upload.facts,
      servers: { ...upload.facts.servers, ...Object.fromEntries(servers) },
      excerpts: [...upload.facts.excerpts, ...mine],
    },
  }
}

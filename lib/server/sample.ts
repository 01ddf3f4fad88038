import 'server-only'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { Actor } from './access'
import { recordOfAudit } from './activity-audits'
import { createDraft, startAnalysis } from './drafts'
import { chosenEnvironment } from './environment-choice'
import { AppError } from './errors'
import type { AuditRow } from './rows'
import { addUpload } from './sources'

/** The fictional organisation that ships with Postern, as exports on the disk (samples/README.md). */
const folder = () => path.join(/* turbopackIgnore: true */ process.cwd(), 'samples', 'contoso')

async function sampleFiles(): Promise<string[]> {
  const entries = await readdir(/* turbopackIgnore: true */ folder(), { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name))
}

/** Uploads the sample like any other files, and starts its analysis. Throws `no-environment` for who may not make one for it. */
export async function createSampleAudit(actor: Actor): Promise<AuditRow> {
  const files = await sampleFiles()
  if (files.length === 0) throw new AppError('not-found')
  const environmentId = await chosenEnvironment(actor, { environmentName: 'Contoso' })
  const audit = await createDraft({ environmentId, createdBy: actor.id, name: 'Contoso', isSample: true })
  for (const file of files) {
    const body = Readable.toWeb(createReadStream(/* turbopackIgnore: true */ file)) as ReadableStream<Uint8Array>
    const { size } = await stat(/* turbopackIgnore: true */ file)
    await addUpload(audit.id, path.relative(folder(), file), body, size)
  }
  await startAnalysis(audit.id)
  await recordOfAudit(actor, 'audit-created', audit.id, { details: { sample: true } })
  return { ...audit, status: 'queued', sources: files.length }
}

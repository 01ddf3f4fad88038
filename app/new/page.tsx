import { forbidden, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { formatDate } from '@/lib/i18n/format'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { type AuditRow, createDraft, deleteAudit, listAudits } from '@/lib/server/audits'
import { chosenEnvironment } from '@/lib/server/environment-choice'
import { AppError } from '@/lib/server/errors'
import { enter, enterEnvironment } from '@/lib/server/gate'

type Props = { searchParams: Promise<{ env?: string | string[] }> }

/** Nobody has chosen anything yet: what it carries are names by default, in the language of whoever opened it. */
const isEmpty = (a: AuditRow) => a.status === 'draft' && a.sources === 0

const abandonedAfter = 7 * 24 * 3_600_000

/** Somebody who may upload, but nowhere: an administrator can change that. */
function orForbidden(error: unknown): never {
  if (error instanceof AppError && error.code === 'no-environment') forbidden()
  throw error
}

/** Drafts that nobody put a file into for a week. */
async function dropAbandoned(audits: readonly AuditRow[]): Promise<void> {
  const oldest = Date.now() - abandonedAfter
  const isAbandoned = (a: AuditRow) => isEmpty(a) && !a.isSample && a.createdAt.getTime() < oldest
  await Promise.all(audits.filter(isAbandoned).map((a) => deleteAudit(a.id)))
}

/**
 * A draft has an address of its own at once, so that a reload keeps its files. Each visit makes a new one: two tabs must never put the
 * files of two customers together. (Links to this page are not opened ahead of time; lists leave empty drafts out.)
 */
export default async function NewAuditPage({ searchParams }: Props) {
  const { env } = await searchParams
  const actor = await enter('upload')
  const wanted = typeof env === 'string' && (await enterEnvironment(env, 'upload')) ? env : null
  const audits = await listAudits(actor)
  await dropAbandoned(audits)
  const environmentId = wanted ?? audits.find((a) => !a.isSample && !isEmpty(a))?.environmentId
  const t = await getTranslations('upload')
  const name = t('defaultName', { date: formatDate(new Date(), await getLocale()) })
  const chosen = await chosenEnvironment(actor, { environmentId }, t('defaultEnvironment')).catch(orForbidden)
  const draft = await createDraft({ name, environmentId: chosen, createdBy: actor.id })
  await recordOfAudit(actor, 'audit-created', draft.id)
  redirect(`/new/${draft.id}`)
}

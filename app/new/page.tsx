import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { formatDate } from '@/lib/i18n/format'
import { isUnaware } from '@/lib/server/access'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { createDraft, listAudits } from '@/lib/server/audits'
import { dropAbandoned, isEmptyDraft } from '@/lib/server/draft-changes'
import { chosenEnvironment } from '@/lib/server/environment-choice'
import { AppError } from '@/lib/server/errors'
import { enter, enterEnvironment } from '@/lib/server/gate'
import { isOtherSite } from '@/lib/server/hosts'
import { throttle } from '@/lib/server/throttle'

type Props = { searchParams: Promise<{ env?: string | string[] }> }

/** Somebody who may upload, but nowhere: an administrator can change that. */
function orForbidden(error: unknown): never {
  if (error instanceof AppError && error.code === 'no-environment') forbidden()
  throw error
}

/**
 * A draft has an address of its own at once, so that a reload keeps its files. Each visit makes a new one: two tabs must never put the
 * files of two customers together. (Links to this page are not opened ahead of time; lists leave empty drafts out.)
 */
export default async function NewAuditPage({ searchParams }: Props) {
  const { env } = await searchParams
  const actor = await enter('upload')
  if (isOtherSite(await headers())) redirect('/') // a page elsewhere could make drafts here
  await throttle('start an upload', actor.id)
  const wanted = typeof env === 'string' && (await enterEnvironment(env, 'upload')) ? env : null
  const audits = await listAudits(actor)
  await dropAbandoned(actor, audits)
  const environmentId = wanted ?? audits.find((a) => !a.isSample && !isEmptyDraft(a))?.environmentId
  const t = await getTranslations('upload')
  const name = t('defaultName', { date: formatDate(new Date(), await getLocale()) })
  const chosen = await chosenEnvironment(actor, { environmentId }, t('defaultEnvironment')).catch(orForbidden)
  const draft = await createDraft({ name, environmentId: chosen, createdBy: actor.id, isUnaware: isUnaware(actor) })
  await recordOfAudit(actor, 'audit-created', draft.id)
  redirect(`/new/${draft.id}`)
}

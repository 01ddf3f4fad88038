import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { formatDate } from '@/lib/i18n/format'
import { createDraft, listAudits } from '@/lib/server/audits'
import { getEnvironment } from '@/lib/server/environments'

type Props = { searchParams: Promise<{ env?: string | string[] }> }

/**
 * A draft has an address of its own at once, so that a reload keeps its files. A draft that is still empty is taken again: opening
 * this page twice, or a browser that opens it ahead of time, leaves nothing behind.
 */
export default async function NewAuditPage({ searchParams }: Props) {
  const { env } = await searchParams
  const wanted = typeof env === 'string' ? await getEnvironment(env) : null
  const audits = await listAudits()
  const environmentId = wanted?.id ?? audits.find((a) => !a.isSample)?.environmentId
  const empty = audits.find(
    (a) => a.status === 'draft' && a.sources === 0 && !a.isSample && (!wanted || a.environmentId === wanted.id),
  )
  if (empty) redirect(`/new/${empty.id}`)
  const t = await getTranslations('upload')
  const name = t('defaultName', { date: formatDate(new Date(), await getLocale()) })
  const draft = await createDraft({
    name,
    ...(environmentId ? { environmentId } : { environmentName: t('defaultEnvironment') }),
  })
  redirect(`/new/${draft.id}`)
}

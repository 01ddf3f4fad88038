import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { FileTable } from '@/components/files'
import { EmptyState, Notice, PageHeader } from '@/components/ui'
import { fileRows } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'
import { keptUntil } from '@/lib/server/retention'
import { auditOf } from '../audit'
import { NotYet } from '../not-yet'

type Props = { params: Promise<{ audit: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('files'))('title') }
}

export default async function FilesPage({ params }: Props) {
  const { actor, audit, report } = await auditOf((await params).audit)
  if (!report) return <NotYet audit={audit} actor={actor} />
  const t = await getTranslations('files')
  const rows = fileRows(report)
  return (
    <div className="mx-auto max-w-app">
      <PageHeader title={t('title')} meta={audit.originalsDeletedAt ? undefined : <Kept audit={audit.id} />} />
      {audit.originalsDeletedAt && (
        <Notice
          className="mb-6"
          title={t('deleted', { date: formatDate(audit.originalsDeletedAt, await getLocale()) })}
        >
          {t('deletedText')}
        </Notice>
      )}
      {rows.length === 0 ? <EmptyState>{t('none')}</EmptyState> : <FileTable base={`/a/${audit.id}`} rows={rows} />}
    </div>
  )
}

/** What the list is, and how long the originals stay. */
async function Kept({ audit }: { audit: string }) {
  const t = await getTranslations('files')
  const end = await keptUntil(audit)
  const kept = end ? t('keptUntil', { date: formatDate(end, await getLocale()) }) : t('keptAlways')
  return `${t('intro')} ${kept}`
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { FileTable } from '@/components/files'
import { EmptyState, PageHeader } from '@/components/ui'
import { fileRows } from '@/lib/core'
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
      <PageHeader title={t('title')} meta={t('intro')} />
      {rows.length === 0 ? <EmptyState>{t('none')}</EmptyState> : <FileTable base={`/a/${audit.id}`} rows={rows} />}
    </div>
  )
}

import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Shell } from '@/app/shell'
import { ClientMessages } from '@/components/shell'
import { PageHeader } from '@/components/ui'
import { type AuditRow, getAudit } from '@/lib/server/audits'
import { Draft } from './draft'
import { Analysing, Failed } from './running'

type Props = { params: Promise<{ draft: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('upload'))('title') }
}

export default async function DraftPage({ params }: Props) {
  const audit = await getAudit((await params).draft)
  if (!audit) notFound()
  if (audit.status === 'done') redirect(`/a/${audit.id}`)
  return (
    <Shell>
      <ClientMessages use={['uploader', 'common']}>
        <Stage audit={audit} />
      </ClientMessages>
    </Shell>
  )
}

async function Stage({ audit }: { audit: AuditRow }) {
  const t = await getTranslations('upload')
  if (audit.status === 'draft') {
    return (
      <div className="mx-auto max-w-app">
        <PageHeader title={t('title')} />
        <Draft audit={audit} />
      </div>
    )
  }
  return (
    <div className="mx-auto max-w-reading">
      <PageHeader eyebrow={audit.environmentName} title={audit.name} />
      {audit.status === 'failed' ? <Failed audit={audit} /> : <Analysing audit={audit} />}
    </div>
  )
}

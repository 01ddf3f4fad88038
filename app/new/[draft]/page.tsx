import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Shell } from '@/app/shell'
import { ClientMessages } from '@/components/shell'
import { Notice, PageHeader } from '@/components/ui'
import { RevisionNote } from '@/components/upload/revision-note'
import type { Actor } from '@/lib/server/access'
import { type AuditRow, getAudit, revisionsAround } from '@/lib/server/audits'
import { errorCodes, refusals } from '@/lib/server/errors'
import { enterAudit } from '@/lib/server/gate'
import { Draft } from './draft'
import { Analysing, Failed } from './running'

type Props = { params: Promise<{ draft: string }>; searchParams: Promise<{ refused?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('upload'))('title') }
}

export default async function DraftPage({ params, searchParams }: Props) {
  const { draft } = await params
  const actor = await enterAudit(draft, 'upload')
  const audit = await getAudit(draft)
  if (!audit) notFound()
  if (audit.status === 'done' && actor.permissions.has('read')) redirect(`/a/${audit.id}`)
  return (
    <Shell>
      <ClientMessages use={['uploader', 'common']}>
        <Stage actor={actor} audit={audit} refused={(await searchParams).refused} />
      </ClientMessages>
    </Shell>
  )
}

type StageProps = { actor: Actor; audit: AuditRow; refused: string | string[] | undefined }

async function Stage({ actor, audit, refused }: StageProps) {
  const t = await getTranslations('upload')
  if (audit.status === 'draft') {
    return (
      <div className="mx-auto max-w-app">
        <PageHeader title={t('title')} />
        <RevisionNote audit={audit} {...(await revisionsAround(audit))} />
        {refused !== undefined && <Refused code={refused} />}
        <Draft actor={actor} audit={audit} />
      </div>
    )
  }
  return (
    <div className="mx-auto max-w-reading">
      <PageHeader eyebrow={audit.environmentName} title={audit.name} />
      {audit.status === 'failed' ? (
        <Failed audit={audit} />
      ) : audit.status === 'done' ? (
        <p>{t('handedIn')}</p>
      ) : (
        <Analysing audit={audit} />
      )}
    </div>
  )
}

/** Why the last answer was not taken. */
async function Refused({ code }: { code: string | string[] }) {
  const t = await getTranslations('upload')
  const known = errorCodes.find((c) => c === code) ?? 'internal'
  const { title } = refusals[known][await getLocale()]
  return (
    <Notice level="warning" role="alert" className="mb-4">
      <p>{t('answerRefused', { reason: title })}</p>
    </Notice>
  )
}

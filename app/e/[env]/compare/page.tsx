import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ShareLink } from '@/app/a/[audit]/share-link'
import { Shell } from '@/app/shell'
import { ComparePickers, type CompareQuery, compareSearch, parseCompareQuery } from '@/components/compare'
import { ButtonLink, EmptyState, Link, Notice, PageHeader } from '@/components/ui'
import type { SearchParams } from '@/lib/core'
import type { Actor } from '@/lib/server/access'
import { type AuditRow, listAudits } from '@/lib/server/audits'
import { type EnvironmentRow, getEnvironment } from '@/lib/server/environments'
import { enterEnvironment } from '@/lib/server/gate'
import { isNewer, labels } from './labels'
import { Result } from './result'

type Props = { params: Promise<{ env: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { env } = await params
  await enterEnvironment(env, 'ask')
  const environment = await getEnvironment(env)
  const t = await getTranslations('compare')
  return { title: environment ? t('metaTitle', { environment: environment.name }) : t('title') }
}

export default async function ComparePage({ params, searchParams }: Props) {
  const { env } = await params
  const actor = await enterEnvironment(env, 'ask')
  const environment = await getEnvironment(env)
  if (!environment) notFound()
  const audits = (await listAudits(actor, environment.id)).filter((a) => a.status === 'done')
  const query = parseCompareQuery(await searchParams)
  const path = `/e/${environment.id}/compare`
  const [newest, second] = audits
  // Which two it shows is in the address, so that it shows the same later and to others.
  if (newest && second && (query.a === null || query.b === null))
    redirect(`${path}${compareSearch({ ...query, a: query.a ?? second.id, b: query.b ?? newest.id })}`)
  return (
    <Shell>
      <div className="mx-auto max-w-app">
        {newest && second ? (
          <Compared actor={actor} environment={environment} audits={audits} path={path} query={query} />
        ) : (
          <NeedTwo environment={environment} />
        )}
      </div>
    </Shell>
  )
}

async function NeedTwo({ environment }: { environment: EnvironmentRow }) {
  const t = await getTranslations('compare')
  const home = await getTranslations('home')
  return (
    <>
      <Head environment={environment} />
      <EmptyState
        actions={
          <ButtonLink href={`/new?env=${environment.id}`} prefetch={false} kind="primary">
            {home('newAudit')}
          </ButtonLink>
        }
      >
        <p>{t('needTwo')}</p>
      </EmptyState>
    </>
  )
}

type HeadProps = { environment: EnvironmentRow; meta?: string; actions?: ReactNode }

async function Head({ environment, meta, actions }: HeadProps) {
  const t = await getTranslations('compare')
  const name = (
    <Link href={`/e/${environment.id}`} className="link">
      {environment.name}
    </Link>
  )
  return <PageHeader eyebrow={name} title={t('title')} meta={meta} actions={actions} />
}

type ComparedProps = {
  actor: Actor
  environment: EnvironmentRow
  audits: readonly AuditRow[]
  path: string
  query: CompareQuery
}

async function Compared({ actor, environment, audits, path, query }: ComparedProps) {
  const t = await getTranslations('compare')
  const label = await labels(audits)
  const [newest, second] = audits
  const known = (id: string | null) => audits.find((a) => a.id === id)
  const [earlier, later] = [known(query.a) ?? second, known(query.b) ?? newest]
  if (!earlier || !later) notFound()
  const shown = { ...query, a: earlier.id, b: later.id }
  const options = audits.map((a) => ({ id: a.id, label: label.get(a.id) ?? a.name }))
  const isUnknown = shown.a !== query.a || shown.b !== query.b
  return (
    <>
      <Head
        environment={environment}
        meta={t('meta', { earlier: label.get(earlier.id) ?? '', later: label.get(later.id) ?? '' })}
        actions={
          earlier.id !== later.id && (
            <ShareLink actor={actor} audit={later.id} what="comparison" about={{ other: earlier.id }} />
          )
        }
      />
      <ComparePickers action={path} audits={options} query={shown} />
      {isUnknown && <Notice level="warning" title={t('unknown')} className="mb-4" />}
      {isNewer(earlier, later) && <Notice title={t('reversed')} className="mb-4" />}
      {earlier.id === later.id ? (
        <Notice title={t('same')} />
      ) : (
        <Result actor={actor} earlier={earlier} later={later} path={path} query={shown} />
      )}
    </>
  )
}

import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { shellAudit } from '@/app/a/[audit]/shell-audit'
import { Shell } from '@/app/shell'
import { ComparePickers, type CompareQuery, compareSearch, parseCompareQuery } from '@/components/compare'
import { ButtonLink, EmptyState, Link, Notice, PageHeader, Within } from '@/components/ui'
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
  const { earlier, later, isUnknown } = chosen(audits, query)
  // Which two it shows is in the address, so that it shows the same later and to others.
  if (later && earlier && (query.a === null || query.b === null))
    redirect(`${path}${compareSearch({ ...query, a: query.a ?? earlier.id, b: query.b ?? later.id })}`)
  const comparedWith = earlier && earlier.id !== later?.id ? earlier.id : undefined
  return (
    <Shell {...(later && { audit: { ...(await shellAudit(later)), comparedWith } })}>
      <div className="mx-auto max-w-app">
        {later && audits.length > 1 ? (
          <Compared {...{ actor, environment, audits, path, query, earlier, later, isUnknown }} />
        ) : (
          <NeedTwo environment={environment} />
        )}
      </div>
    </Shell>
  )
}

type Chosen = {
  /** Undefined where none is older. */
  readonly earlier: AuditRow | undefined
  readonly later: AuditRow | undefined
  /** The address names an audit that is not there. */
  readonly isUnknown: boolean
}

/** The audits that an address names; where it names one only, that and the one before it, and the newest two where one is unknown. */
function chosen(audits: readonly AuditRow[], { a, b }: CompareQuery): Chosen {
  const known = (id: string | null) => audits.find((audit) => audit.id === id)
  const isUnknown = [a, b].some((id) => id !== null && !known(id))
  const later = isUnknown || b === null ? audits[0] : known(b)
  const before = later && audits[audits.indexOf(later) + 1]
  return { earlier: isUnknown || a === null ? before : known(a), later, isUnknown }
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

type HeadProps = { environment: EnvironmentRow; meta?: string | undefined }

async function Head({ environment, meta }: HeadProps) {
  const t = await getTranslations('compare')
  const name = (
    <Link href={`/e/${environment.id}`} className="link">
      {environment.name}
    </Link>
  )
  return <PageHeader eyebrow={name} title={t('title')} meta={meta} />
}

type ComparedProps = {
  actor: Actor
  environment: EnvironmentRow
  audits: readonly AuditRow[]
  path: string
  query: CompareQuery
  earlier: AuditRow | undefined
  later: AuditRow
  isUnknown: boolean
}

async function Compared({ actor, environment, audits, path, query, earlier, later, isUnknown }: ComparedProps) {
  const t = await getTranslations('compare')
  const label = await labels(audits)
  const shown = { ...query, a: earlier?.id ?? null, b: later.id }
  const options = audits.map((a) => ({ id: a.id, label: label.get(a.id) ?? a.name }))
  const names = earlier && { earlier: label.get(earlier.id) ?? '', later: label.get(later.id) ?? '' }
  return (
    <>
      <Head environment={environment} meta={names && t('meta', names)} />
      <ComparePickers action={path} audits={options} query={shown} />
      {isUnknown && <Notice level="warning" title={t('unknown')} className="mb-4" />}
      {!earlier ? (
        <Notice title={t('noEarlier')} />
      ) : earlier.id === later.id ? (
        <Notice title={t('same')} />
      ) : (
        <>
          {isNewer(earlier, later) && <Notice title={t('reversed')} className="mb-4" />}
          <Originals actor={actor} audits={[earlier, later]}>
            <Result actor={actor} earlier={earlier} later={later} path={path} query={shown} />
          </Originals>
        </>
      )}
    </>
  )
}

type OriginalsProps = { actor: Actor; audits: readonly AuditRow[]; children: ReactNode }

/** Links to lines of the originals lead somewhere only for whoever may see them. */
function Originals({ actor, audits, children }: OriginalsProps) {
  if (actor.permissions.has('raw')) return children
  return <Within except={audits.map(({ id }) => `/a/${id}/files/`)}>{children}</Within>
}

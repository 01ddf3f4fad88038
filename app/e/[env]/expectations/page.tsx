import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { orRefusal, Refused } from '@/app/a/[audit]/simulate/refused'
import { Shell } from '@/app/shell'
import { ExpectationTable, StarterList } from '@/components/expectations'
import { ButtonLink, EmptyState, Link, PageHeader } from '@/components/ui'
import { formatDate } from '@/lib/i18n/format'
import type { Actor } from '@/lib/server/access'
import { type AuditRow, listAudits } from '@/lib/server/audits'
import { type EnvironmentRow, getEnvironment } from '@/lib/server/environments'
import { type Expectation, expectationStarters, judgeExpectations, listExpectations } from '@/lib/server/expectations'
import { enterEnvironment } from '@/lib/server/gate'
import { dropAction, keepStarterAction } from './actions'

type Props = { params: Promise<{ env: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { env } = await params
  await enterEnvironment(env, 'ask')
  const environment = await getEnvironment(env)
  const t = await getTranslations('expectations')
  return { title: environment ? t('metaTitle', { environment: environment.name }) : t('title') }
}

export default async function ExpectationsPage({ params }: Props) {
  const { env } = await params
  const actor = await enterEnvironment(env, 'ask')
  const environment = await getEnvironment(env)
  if (!environment) notFound()
  const audit = (await listAudits(actor, environment.id)).find((a) => a.status === 'done')
  const expectations = await listExpectations(environment.id)
  return (
    <Shell>
      <div className="mx-auto max-w-app">
        <Head environment={environment} audit={audit} />
        {!audit && <NoAudit environment={environment} />}
        {audit && expectations.length === 0 && <Empty actor={actor} environment={environment} audit={audit} />}
        {audit && expectations.length > 0 && (
          <Judged actor={actor} environment={environment} audit={audit} expectations={expectations} />
        )}
      </div>
    </Shell>
  )
}

async function Head({ environment, audit }: { environment: EnvironmentRow; audit: AuditRow | undefined }) {
  const t = await getTranslations('expectations')
  const locale = await getLocale()
  return (
    <>
      <PageHeader
        eyebrow={
          <Link href={`/e/${environment.id}`} className="link">
            {environment.name}
          </Link>
        }
        title={t('title')}
        meta={audit && t('meta', { date: formatDate(audit.asOf ?? audit.createdAt, locale) })}
        actions={audit && <ButtonLink href={`/a/${audit.id}/simulate`}>{t('simulator')}</ButtonLink>}
      />
      <p className="mb-4 max-w-[72ch] text-ink-2">{t('intro')}</p>
    </>
  )
}

async function NoAudit({ environment }: { environment: EnvironmentRow }) {
  const t = await getTranslations('expectations')
  const home = await getTranslations('home')
  return (
    <EmptyState
      actions={
        <ButtonLink href={`/new?env=${environment.id}`} prefetch={false} kind="primary">
          {home('newAudit')}
        </ButtonLink>
      }
    >
      <p>{t('noAudit')}</p>
    </EmptyState>
  )
}

type PartProps = { actor: Actor; environment: EnvironmentRow; audit: AuditRow }

async function Empty({ actor, environment, audit }: PartProps) {
  const t = await getTranslations('expectations')
  if (!actor.permissions.has('decide')) return <p>{t('noneToSee')}</p>
  const starters = await orRefusal(expectationStarters(audit.id))
  return (
    <>
      <p className="max-w-[72ch]">{t('none')}</p>
      {'refusal' in starters ? (
        <Refused refusal={starters.refusal} />
      ) : (
        <StarterList starters={starters} env={environment.id} keep={keepStarterAction} />
      )}
    </>
  )
}

/** Without an answer of the simulator nothing is known: none of them is kept then, and none broken. */
async function Judged({
  actor,
  environment,
  audit,
  expectations,
}: PartProps & { expectations: readonly Expectation[] }) {
  const t = await getTranslations('expectations')
  const judged = await orRefusal(judgeExpectations(audit.id, expectations))
  const rows =
    'refusal' in judged ? expectations.map((e) => ({ ...e, state: 'cannot-tell' as const, answer: null })) : judged
  const count = (state: string) => rows.filter((r) => r.state === state).length
  return (
    <>
      {'refusal' in judged && <Refused refusal={judged.refusal} />}
      <p className="my-3 font-semibold">
        {t('count', { broken: count('broken'), kept: count('kept'), open: count('cannot-tell') })}
      </p>
      <ExpectationTable
        expectations={rows}
        base={`/a/${audit.id}`}
        env={environment.id}
        drop={actor.permissions.has('decide') ? dropAction : undefined}
      />
    </>
  )
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { deleteAuditAction, endAcceptanceAction, renameAuditAction } from '@/app/actions'
import { addFiles } from '@/app/new/actions'
import { Shell } from '@/app/shell'
import { RiskList } from '@/components/acceptance'
import { LazyTrendChart } from '@/components/charts/lazy-trend-chart'
import { Trend, type TrendPoint } from '@/components/charts/trend'
import { AuditActions } from '@/components/home/audit-actions'
import { AuditMeta } from '@/components/home/audit-meta'
import { AuditTable } from '@/components/home/audit-table'
import { CertificateEnd } from '@/components/home/certificate-end'
import { ClientMessages } from '@/components/shell'
import { ButtonLink, EmptyState, PageHeader, Section } from '@/components/ui'
import { formatDate } from '@/lib/i18n/format'
import { listRisks } from '@/lib/server/accepted'
import type { Permission } from '@/lib/server/access'
import { type AuditRow, listAudits, makersOf } from '@/lib/server/audits'
import { getEnvironment } from '@/lib/server/environments'
import { enterEnvironment } from '@/lib/server/gate'
import { openLinksIn } from '@/lib/server/shares'

type Props = { params: Promise<{ env: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { env } = await params
  await enterEnvironment(env, 'read')
  const environment = await getEnvironment(env)
  return environment ? { title: environment.name } : {}
}

/** More columns than this do not fit a screen; older audits stay in the table below. */
const trendLength = 10

function trendPoints(audits: readonly AuditRow[]): TrendPoint[] {
  const done = audits.flatMap((a) => (a.status === 'done' && a.counts ? [{ ...a, counts: a.counts }] : []))
  const ordered = done.slice(0, trendLength).reverse()
  return ordered.map((audit, index) => {
    const unknown = audit.notAssessed ?? 0
    const before = ordered[index - 1]?.notAssessed
    return {
      id: audit.id,
      name: audit.name,
      date: audit.asOf ?? audit.createdAt,
      values: { ...audit.counts, unknown, passed: 0 },
      less: before != null && unknown > before,
    }
  })
}

export default async function EnvironmentPage({ params }: Props) {
  const { env } = await params
  const actor = await enterEnvironment(env, 'read')
  const environment = await getEnvironment(env)
  if (!environment) notFound()
  const t = await getTranslations('home')
  const audits = (await listAudits(actor, env)).filter((audit) => audit.status !== 'draft' || audit.sources > 0)
  const points = trendPoints(audits)
  const risks = await listRisks(environment.id)
  const r = await getTranslations('risks')
  const locale = await getLocale()
  const compare = await getTranslations('compare')
  const expectations = await getTranslations('expectations')
  const latest = audits.find((audit) => audit.status === 'done')
  const makers = await makersOf(audits)
  const links = await openLinksIn(actor, environment.id)
  const canCompare = actor.permissions.has('ask') && audits.filter((audit) => audit.status === 'done').length > 1
  const may = (permission: Permission) => actor.permissions.has(permission)
  const start = may('upload') && (
    <ButtonLink href={`/new?env=${environment.id}`} prefetch={false} kind="primary">
      {t('newAudit')}
    </ButtonLink>
  )
  return (
    <Shell>
      <div className="mx-auto max-w-app">
        <PageHeader
          eyebrow={t('environment')}
          title={environment.name}
          meta={
            <>
              {t('auditCount', { count: audits.length })}
              {latest?.certificateEnd && (
                <>
                  {' · '}
                  {t('certificateEnd')}: <CertificateEnd audit={latest} />
                </>
              )}
            </>
          }
          actions={
            <>
              {canCompare && <ButtonLink href={`/e/${environment.id}/compare`}>{compare('link')}</ButtonLink>}
              {actor.permissions.has('ask') && (
                <ButtonLink href={`/e/${environment.id}/expectations`}>{expectations('link')}</ButtonLink>
              )}
              {audits.length > 0 && start}
            </>
          }
        />
        {points.length > 1 && (
          <Section title={t('trend')} description={t('trendText')}>
            <Trend points={points} />
            <LazyTrendChart
              bars={points.map(({ id, date, values }) => ({ id, label: formatDate(date, locale), ...values }))}
            />
          </Section>
        )}
        {audits.length === 0 ? (
          <EmptyState actions={start}>
            <p>{t('none')}</p>
          </EmptyState>
        ) : (
          <Section title={t('audits')}>
            <ClientMessages use={['deletion']}>
              <AuditTable
                audits={audits}
                renderMeta={(audit) => (
                  <AuditMeta audit={audit} by={makers.get(audit.createdBy ?? '')} links={links.get(audit.id) ?? 0} />
                )}
                renderActions={(audit, before) => (
                  <AuditActions
                    audit={audit}
                    before={may('ask') ? before : undefined}
                    add={may('upload') ? addFiles : undefined}
                    rename={may('upload') ? renameAuditAction : undefined}
                    remove={may('delete') ? deleteAuditAction : undefined}
                  />
                )}
              />
            </ClientMessages>
          </Section>
        )}
        {risks.length > 0 && (
          <Section title={r('title')} id="accepted" description={r('text')}>
            <RiskList
              environment={environment.id}
              risks={risks}
              end={may('decide') ? endAcceptanceAction : undefined}
            />
          </Section>
        )}
      </div>
    </Shell>
  )
}

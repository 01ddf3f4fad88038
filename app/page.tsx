import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { AuditTable } from '@/components/home/audit-table'
import { type EnvironmentLine, environmentLines } from '@/components/home/environment-lines'
import { EnvironmentSearch } from '@/components/home/environment-search'
import { EnvironmentTable } from '@/components/home/environment-table'
import { Start } from '@/components/home/start'
import { Button, ButtonLink, PageHeader, Section, StatusRegion } from '@/components/ui'
import { formatDate } from '@/lib/i18n/format'
import type { Permission } from '@/lib/server/access'
import { type AuditRow, listAudits } from '@/lib/server/audits'
import { environmentsFor } from '@/lib/server/environment-choice'
import { enter } from '@/lib/server/gate'
import { startSample } from './actions'
import { Shell } from './shell'

type Props = { searchParams: Promise<{ q?: string | string[] }> }

/** Below this many environments, looking is faster than searching. */
const searchFrom = 8
/** Audits beside the table of environments: the rest is on the pages of these. */
const newestShown = 20

export default async function HomePage({ searchParams }: Props) {
  const t = await getTranslations('home')
  const shell = await getTranslations('shell')
  const actor = await enter('self')
  const may = (permission: Permission) => actor.permissions.has(permission)
  const audits = (await listAudits(actor)).filter((audit) => audit.status !== 'draft' || audit.sources > 0)
  if (audits.length === 0) {
    return (
      <Shell>
        <div className="mx-auto max-w-app">
          <PageHeader title={shell('tagline')} />
          <p className="mb-8 max-w-[72ch] text-lead text-ink-2">{t('lead')}</p>
          {may('upload') ? <Start startSample={may('manage') ? startSample : null} /> : <p>{t('nothingYet')}</p>}
        </div>
      </Shell>
    )
  }
  if (!may('read')) return <OwnUploads audits={audits} />
  const environments = await environmentsFor(actor)
  const { q } = await searchParams
  return (
    <Shell>
      <div className="mx-auto max-w-app">
        <PageHeader
          title={t('title')}
          actions={
            <>
              {may('manage') && !audits.some((audit) => audit.isSample) && (
                <form action={startSample}>
                  <Button type="submit">{t('sample')}</Button>
                </form>
              )}
              {may('upload') && (
                <ButtonLink href="/new" prefetch={false} kind="primary">
                  {t('newAudit')}
                </ButtonLink>
              )}
            </>
          }
        />
        {environments.length > 1 ? (
          <Environments
            lines={environmentLines(environments, audits)}
            audits={audits}
            q={typeof q === 'string' ? q : ''}
          />
        ) : (
          <AuditTable audits={audits} /> // the page's title says what it is
        )}
      </div>
    </Shell>
  )
}

type EnvironmentsProps = { lines: readonly EnvironmentLine[]; audits: readonly AuditRow[]; q: string }

/** The environments that `q` finds, and the newest audits of these. */
async function Environments({ lines, audits, q }: EnvironmentsProps) {
  const t = await getTranslations('home')
  const locale = await getLocale()
  const sought = q.trim().toLocaleLowerCase(locale)
  const found = lines.filter(({ name }) => name.toLocaleLowerCase(locale).includes(sought))
  const ids = new Set(found.map(({ id }) => id))
  const own = audits.filter(({ environmentId }) => ids.has(environmentId))
  return (
    <>
      <Section title={t('environments')}>
        {(sought !== '' || lines.length >= searchFrom) && <EnvironmentSearch q={q} />}
        <StatusRegion className="mb-2 text-ink-2">
          {sought !== '' && t('found', { count: found.length, total: lines.length })}
        </StatusRegion>
        {found.length > 0 && <EnvironmentTable lines={found} />}
      </Section>
      {own.length > 0 && (
        <Section
          title={t(own.length > newestShown ? 'newest' : 'audits')}
          description={
            own.length > newestShown ? t('newestText', { shown: newestShown, count: own.length }) : undefined
          }
        >
          <AuditTable audits={own.slice(0, newestShown)} all={own} withEnvironment />
        </Section>
      )}
    </>
  )
}

/** What somebody sees who may only upload: how far their own uploads are, and nothing of what was found. */
async function OwnUploads({ audits }: { audits: readonly AuditRow[] }) {
  const t = await getTranslations('home')
  const locale = await getLocale()
  return (
    <Shell>
      <div className="mx-auto max-w-app">
        <PageHeader
          title={t('ownUploads')}
          actions={
            <ButtonLink href="/new" prefetch={false} kind="primary">
              {t('newAudit')}
            </ButtonLink>
          }
        />
        <ul className="divide-y divide-line border-y border-line">
          {audits.map((audit) => (
            <li key={audit.id} className="flex flex-wrap items-baseline gap-x-4 py-2">
              <Link href={`/new/${audit.id}`} className="link font-semibold">
                {audit.name}
              </Link>
              <span>{audit.environmentName}</span>
              <span className="text-ink-2">{t('created', { date: formatDate(audit.createdAt, locale) })}</span>
              <span className="text-ink-2">
                {audit.status === 'done' ? t('handedIn') : t(`status.${audit.status}`)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Shell>
  )
}

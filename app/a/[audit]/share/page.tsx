import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { changeLink, createLink } from '@/app/shares/actions'
import { previewPath } from '@/app/shares/preview-address'
import {
  lastShareDay,
  parseShareChoices,
  type ShareChoices,
  ShareForm,
  ShareLinks,
  shareDays,
  shareSearch,
} from '@/components/sharing'
import { ClientMessages } from '@/components/shell'
import { Link, PageHeader, Section } from '@/components/ui'
import {
  chips,
  findingsView,
  knownValues,
  parseFindingsQuery,
  type Report,
  ruleInfos,
  type SearchParams,
} from '@/lib/core'
import type { Actor } from '@/lib/server/access'
import { type AuditRow, getAudit } from '@/lib/server/audits'
import { instance } from '@/lib/server/instance'
import { suggestPassphrase } from '@/lib/server/passphrase'
import { newToken } from '@/lib/server/secrets'
import { listShares } from '@/lib/server/shares'
import { analysedAudit } from '../audit'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await analysedAudit((await params).audit, 'share')
  return { title: (await getTranslations('sharing'))('title') }
}

export default async function SharePage({ params, searchParams }: Props) {
  const { actor, audit, report } = await analysedAudit((await params).audit, 'share')
  const t = await getTranslations('sharing')
  const policy = (await instance()).sharing
  const choices = parseShareChoices(await existing(audit, report, await searchParams), policy)
  const draft = newToken()
  const now = new Date()
  return (
    <div className="mx-auto max-w-app">
      <PageHeader title={t('title')} meta={t('intro')} />
      <ClientMessages use={['sharing', 'common']}>
        <ShareForm
          audit={audit.id}
          choices={choices}
          policy={policy}
          list={await listFacts(report, choices)}
          range={{ min: now.toISOString().slice(0, 10), max: lastShareDay(policy, now) }}
          draft={draft}
          previewSrc={previewPath(audit.id, shareSearch({ ...choices, frame: 'desktop' }), draft)}
          suggestion={suggestPassphrase()}
          back={backTo(audit, choices)}
          create={createLink}
        />
        <Links actor={actor} audit={audit} days={shareDays(policy)} usualDays={policy.defaultDays} />
      </ClientMessages>
    </div>
  )
}

/** An address without a finding that is not in the report, and without an audit that this one cannot be compared with. */
async function existing(audit: AuditRow, report: Report, search: SearchParams): Promise<SearchParams> {
  const isThere = report.findings.some((f) => f.id === search.finding)
  const other = typeof search.other === 'string' ? await getAudit(search.other) : null
  const isComparable = other?.environmentId === audit.environmentId && other.status === 'done'
  return { ...search, ...(isThere ? {} : { finding: '' }), ...(isComparable ? {} : { other: '' }) }
}

const queryOf = (report: Report, { list }: ShareChoices) =>
  parseFindingsQuery(Object.fromEntries(new URLSearchParams(list)), knownValues(report, ruleInfos)).query

async function listFacts(report: Report, choices: ShareChoices) {
  const query = queryOf(report, choices)
  return { count: findingsView(report, query, await getLocale()).matched, isFiltered: chips(query).length > 0 }
}

/** The view that the choices are about. */
function backTo({ id, environmentId }: AuditRow, { what, finding, list, state, other }: ShareChoices): string {
  const search = (query: string) => (query === '' ? '' : `?${query}`)
  switch (what) {
    case 'finding':
      return `/a/${id}/findings/${encodeURIComponent(finding)}${search(list)}`
    case 'findings':
      return `/a/${id}/findings${search(list)}`
    case 'map':
      return `/a/${id}/map${search(state)}`
    case 'comparison':
      return `/e/${environmentId}/compare?a=${other}&b=${id}`
    case 'audit':
      return `/a/${id}`
  }
}

type LinksProps = { actor: Actor; audit: AuditRow; days: readonly number[]; usualDays: number }

async function Links({ actor, audit, days, usualDays }: LinksProps) {
  const t = await getTranslations('sharing.links')
  const links = (await listShares(actor, { auditId: audit.id })).filter((link) => link.state === 'active')
  const all = (
    <Link href="/shares" className="link">
      {t('all')}
    </Link>
  )
  return (
    <Section title={t('title')} actions={all}>
      {links.length === 0 && <p className="text-ink-2">{t('none')}</p>}
      <ShareLinks
        links={links}
        caption={t('active')}
        hasAudits={false}
        days={days}
        usualDays={usualDays}
        change={changeLink}
      />
    </Section>
  )
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Shell } from '@/app/shell'
import { ShareLinks, shareDays } from '@/components/sharing'
import { ClientMessages } from '@/components/shell'
import { ButtonLink, EmptyState, PageHeader, Tabs } from '@/components/ui'
import type { SearchParams } from '@/lib/core'
import { enter } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { listShares } from '@/lib/server/shares'
import { changeLink } from './actions'

type Props = { searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  await enter('share')
  return { title: (await getTranslations('sharing'))('page.title') }
}

const states = ['active', 'ended', 'expired'] as const

export default async function SharesPage({ searchParams }: Props) {
  const actor = await enter('share')
  const t = await getTranslations('sharing.page')
  const { st } = await searchParams
  const state = states.find((name) => name === st) ?? 'active'
  const all = await listShares(actor)
  const count = (name: (typeof states)[number]) => all.filter((link) => link.state === name).length
  const links = all.filter((link) => link.state === state)
  const policy = (await instance()).sharing
  const tabs = states.map((name) => ({
    href: name === 'active' ? '/shares' : `/shares?st=${name}`,
    label: t(`state.${name}`),
    current: name === state,
    count: count(name),
  }))
  return (
    <Shell>
      <div className="mx-auto max-w-app">
        <PageHeader title={t('title')} meta={t('meta', { count: count('active') })} />
        <Tabs label={t('states')} tabs={tabs} />
        {links.length === 0 && (
          <EmptyState actions={<ButtonLink href="/">{t('audits')}</ButtonLink>}>
            <p>{t(`empty.${state}`)}</p>
          </EmptyState>
        )}
        <ClientMessages use={['sharing', 'common']}>
          <ShareLinks
            links={links}
            caption={t(`state.${state}`)}
            hasAudits
            days={shareDays(policy)}
            usualDays={policy.defaultDays}
            change={changeLink}
          />
        </ClientMessages>
        {links.some((link) => link.isMine && link.hasKeyTable) && (
          <p className="mt-4 max-w-[72ch] text-table text-ink-2">
            {t.rich('keys', {
              command: () => <code lang="en">postern redact --restore postern-names-….csv FILE</code>,
            })}
          </p>
        )}
      </div>
    </Shell>
  )
}

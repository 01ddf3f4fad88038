import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TokenForm } from '@/components/settings/token-form'
import { TokenList } from '@/components/settings/token-list'
import { ClientMessages } from '@/components/shell'
import { EmptyState, PageHeader, Section } from '@/components/ui'
import { may } from '@/lib/server/access'
import { listTokens, scopesFor } from '@/lib/server/api-tokens'
import { environmentNames } from '@/lib/server/environment-admin'
import { enter } from '@/lib/server/gate'
import { createTokenAction, revokeTokenAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  await enter('tokens')
  return { title: (await getTranslations('tokens'))('title') }
}

export default async function TokensPage() {
  const actor = await enter('tokens')
  const t = await getTranslations('tokens')
  const tokens = await listTokens(actor)
  const names = await environmentNames(actor)
  const seesAll = may(actor, 'manage')
  return (
    <>
      <PageHeader title={t('title')} />
      <p className="mb-4 max-w-[72ch]">{t('text')}</p>
      {tokens.length === 0 ? (
        <EmptyState>{t('none')}</EmptyState>
      ) : (
        <TokenList
          label={t(seesAll ? 'captionAll' : 'captionOwn')}
          tokens={tokens}
          environmentNames={names}
          withOwner={seesAll}
          revoke={revokeTokenAction}
          now={new Date()}
        />
      )}
      <Section title={t('create')}>
        <ClientMessages use={['tokens', 'settings', 'common']}>
          <TokenForm
            action={createTokenAction}
            scopes={scopesFor(actor)}
            environments={[...names].map(([id, name]) => ({ id, name }))}
          />
        </ClientMessages>
      </Section>
    </>
  )
}

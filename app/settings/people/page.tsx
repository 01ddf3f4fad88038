import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PeopleTable } from '@/components/settings/people-table'
import { InviteForm } from '@/components/settings/person-forms'
import { ClientMessages } from '@/components/shell'
import { PageHeader, Section } from '@/components/ui'
import { listAdminEnvironments } from '@/lib/server/environment-admin'
import { enter } from '@/lib/server/gate'
import { listPeople } from '@/lib/server/people'
import { inviteAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: (await getTranslations('people'))('title') }
}

export default async function PeoplePage() {
  const actor = await enter('manage')
  const t = await getTranslations('people')
  const environments = (await listAdminEnvironments()).map(({ id, name }) => ({ id, name }))
  return (
    <>
      <PageHeader title={t('title')} />
      <p className="mb-4 max-w-[72ch]">{t('text')}</p>
      <PeopleTable people={await listPeople()} ownId={actor.id} />
      <Section title={t('invite')} description={t('inviteText')}>
        <ClientMessages use={['people', 'settings', 'common']}>
          <InviteForm action={inviteAction} environments={environments} />
        </ClientMessages>
      </Section>
    </>
  )
}

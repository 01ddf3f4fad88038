import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { NewEnvironmentForm } from '@/components/settings/environment-forms'
import { ClientMessages } from '@/components/shell'
import { DataTable, EmptyState, PageHeader, RowTh, Section, Th } from '@/components/ui'
import { type AdminEnvironment, listAdminEnvironments } from '@/lib/server/environment-admin'
import { enter } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { addEnvironmentAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: (await getTranslations('settings.environments'))('title') }
}

export default async function EnvironmentsPage() {
  await enter('manage')
  const t = await getTranslations('settings.environments')
  const environments = await listAdminEnvironments()
  return (
    <>
      <PageHeader title={t('title')} />
      <p className="mb-4 max-w-[72ch]">{t('text')}</p>
      {environments.length === 0 ? <EmptyState>{t('none')}</EmptyState> : <Environments environments={environments} />}
      <Section title={t('new')}>
        <ClientMessages use={['settings']}>
          <NewEnvironmentForm action={addEnvironmentAction} />
        </ClientMessages>
      </Section>
    </>
  )
}

async function Environments({ environments }: { environments: readonly AdminEnvironment[] }) {
  const t = await getTranslations('settings.environments')
  const days = await getTranslations('settings.retention')
  const usual = (await instance()).retention.keepOriginalsDays
  return (
    <DataTable caption={t('caption')} hideCaption>
      <thead>
        <tr>
          <Th>{t('name')}</Th>
          <Th className="num">{t('audits')}</Th>
          <Th className="num">{t('members')}</Th>
          <Th>{t('originals')}</Th>
        </tr>
      </thead>
      <tbody>
        {environments.map(({ id, name, audits, members, keepOriginalsDays: own }) => (
          <tr key={id}>
            <RowTh>
              <Link href={`/settings/environments/${id}`} className="link font-semibold">
                {name}
              </Link>
            </RowTh>
            <td className="num">{audits}</td>
            <td className="num">{members}</td>
            <td>{own === null ? days('usualDays', { days: usual }) : days('ownDays', { days: own })}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { RetentionForm, ViewersForm } from '@/components/settings/retention-form'
import { ClientMessages } from '@/components/shell'
import { DataTable, HiddenTh, PageHeader, RowTh, Section, Th } from '@/components/ui'
import { formatBytes } from '@/lib/i18n/format'
import { type AdminEnvironment, listAdminEnvironments } from '@/lib/server/environment-admin'
import { enter } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { retentionPreview } from '@/lib/server/retention'
import { saveRetention, saveViewers } from '../instance-actions'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: (await getTranslations('settings.retention'))('title') }
}

export default async function RetentionPage() {
  await enter('manage')
  const t = await getTranslations('settings.retention')
  const { retention, privacy } = await instance()
  const environments = await listAdminEnvironments()
  const due = await retentionPreview()
  return (
    <>
      <PageHeader title={t('title')} />
      <p className="max-w-[72ch]">{t('text')}</p>
      <ClientMessages use={['settings']}>
        <RetentionForm action={saveRetention} days={retention.keepOriginalsDays} />
        <p className="mt-4 max-w-[72ch] text-ink-2">
          {t('due', { files: due.files, size: formatBytes(due.bytes, await getLocale()) })}
        </p>
        {environments.length > 0 && (
          <Section title={t('environments')}>
            <DaysTable environments={environments} usual={retention.keepOriginalsDays} />
          </Section>
        )}
        <Section title={t('viewers')} description={t('viewersText')}>
          <ViewersForm action={saveViewers} isOn={privacy.viewersSeeOriginals} />
        </Section>
      </ClientMessages>
    </>
  )
}

type TableProps = { environments: readonly AdminEnvironment[]; usual: number }

async function DaysTable({ environments, usual }: TableProps) {
  const t = await getTranslations('settings.retention')
  return (
    <DataTable caption={t('environmentsCaption')} hideCaption>
      <thead>
        <tr>
          <Th>{t('environment')}</Th>
          <Th>{t('keeps')}</Th>
          <HiddenTh>{t('change')}</HiddenTh>
        </tr>
      </thead>
      <tbody>
        {environments.map(({ id, name, keepOriginalsDays: days }) => (
          <tr key={id}>
            <RowTh>{name}</RowTh>
            <td>{days === null ? t('usualDays', { days: usual }) : t('ownDays', { days })}</td>
            <td>
              <Link href={`/settings/environments/${id}`} className="link" aria-label={`${t('change')}: ${name}`}>
                {t('change')}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

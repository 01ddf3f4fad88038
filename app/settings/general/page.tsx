import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { GeneralForm } from '@/components/settings/general-form'
import { ClientMessages } from '@/components/shell'
import { PageHeader } from '@/components/ui'
import { enter } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { saveGeneral } from '../instance-actions'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: (await getTranslations('settings.general'))('title') }
}

export default async function GeneralPage() {
  await enter('manage')
  const t = await getTranslations('settings.general')
  const { general } = await instance()
  return (
    <>
      <PageHeader title={t('title')} />
      <ClientMessages use={['settings']}>
        <GeneralForm action={saveGeneral} values={general} />
      </ClientMessages>
    </>
  )
}

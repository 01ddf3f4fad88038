import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SharingForm } from '@/components/settings/sharing-form'
import { ClientMessages } from '@/components/shell'
import { PageHeader } from '@/components/ui'
import { enter } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { saveSharing } from '../instance-actions'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: (await getTranslations('settings.sharing'))('title') }
}

export default async function SharingPage() {
  await enter('manage')
  const t = await getTranslations('settings.sharing')
  const { sharing } = await instance()
  return (
    <>
      <PageHeader title={t('title')} />
      <p className="max-w-[72ch]">{t('text')}</p>
      <ClientMessages use={['settings']}>
        <SharingForm action={saveSharing} values={sharing} />
      </ClientMessages>
    </>
  )
}

import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { saveFirst } from '@/app/settings/instance-actions'
import { AddressLine } from '@/components/checks/address-line'
import { InstanceForm } from '@/components/setup/instance-form'
import { ClientMessages } from '@/components/shell'
import { enter } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { publicAddress } from '@/lib/server/own-origin'
import { StepFrame, stepTitle } from '../frame'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: await stepTitle(2) }
}

/** What a new instance should know about itself. */
export default async function InstancePage() {
  await enter('manage')
  const t = await getTranslations('setup')
  const { general, retention } = await instance()
  return (
    <StepFrame step={2}>
      <ClientMessages use={['checks', 'settings', 'setup']}>
        <ul className="mb-6">
          <AddressLine {...publicAddress(await headers())} />
        </ul>
        <p className="text-ink-2">{t('instanceText')}</p>
        <InstanceForm action={saveFirst} name={general.name} days={retention.keepOriginalsDays} />
      </ClientMessages>
    </StepFrame>
  )
}

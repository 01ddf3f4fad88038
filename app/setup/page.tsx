import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PublicShell } from '@/app/shell'
import { SetupForm } from '@/components/account/setup-form'
import { Steps } from '@/components/setup/steps'
import { ClientMessages } from '@/components/shell'
import { PageHeader } from '@/components/ui'
import { currentActor } from '@/lib/server/gate'
import { isClaimed } from '@/lib/server/setup'
import { setUpAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('setupTitle') }
}

/** The only page of an instance without accounts. Once there is one, this step is done. */
export default async function SetupPage() {
  if (await isClaimed()) redirect((await currentActor())?.permissions.has('manage') ? '/setup/2' : '/')
  const t = await getTranslations('account')
  return (
    <PublicShell>
      <div className="mx-auto max-w-reading">
        <Steps current={1} />
        <PageHeader title={t('setupTitle')} />
        <p>{t('setupText')}</p>
        <ClientMessages use={['account', 'signIn']}>
          <SetupForm action={setUpAction} />
        </ClientMessages>
      </div>
    </PublicShell>
  )
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PublicShell } from '@/app/shell'
import { SignInForm } from '@/components/account/sign-in-form'
import { ClientMessages } from '@/components/shell'
import { PageHeader } from '@/components/ui'
import { currentActor } from '@/lib/server/gate'
import { isClaimed } from '@/lib/server/setup'
import { safePath } from '@/lib/server/sign-in-address'
import { signInAction } from './actions'

type Props = { searchParams: Promise<{ to?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('signInTitle') }
}

export default async function SignInPage({ searchParams }: Props) {
  if (!(await isClaimed())) redirect('/setup')
  const { to } = await searchParams
  const path = safePath(typeof to === 'string' ? to : null)
  if (await currentActor()) redirect(path)
  const t = await getTranslations('account')
  return (
    <PublicShell>
      <div className="mx-auto max-w-100">
        <PageHeader title={t('signInTitle')} />
        <ClientMessages use={['account']}>
          <SignInForm action={signInAction} to={path} />
        </ClientMessages>
      </div>
    </PublicShell>
  )
}

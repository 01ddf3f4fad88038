import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Shell } from '@/app/shell'
import { AgainForm } from '@/components/account/password-forms'
import { ClientMessages } from '@/components/shell'
import { buttonClass, PageHeader } from '@/components/ui'
import { enter } from '@/lib/server/gate'
import { getProfile } from '@/lib/server/sign-in/profile'
import { safePath } from '@/lib/server/sign-in-address'
import { againAction } from '../actions'

type Props = { searchParams: Promise<{ to?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('againTitle') }
}

/** Asks once more who it is, before something that protects the account is changed. */
export default async function AgainPage({ searchParams }: Props) {
  const actor = await enter('self')
  const { to } = await searchParams
  const path = safePath(typeof to === 'string' ? to : null)
  const t = await getTranslations('signIn')
  const { hasPassword, company } = await getProfile(actor)
  return (
    <Shell>
      <div className="mx-auto max-w-100">
        <PageHeader title={t('againTitle')} />
        {hasPassword && (
          <ClientMessages use={['account', 'signIn']}>
            <p>{t('againText')}</p>
            <AgainForm action={againAction} to={path} />
          </ClientMessages>
        )}
        {!hasPassword && company && (
          <>
            <p className="mb-4">{t('againCompany', { label: company.label })}</p>
            <a
              href={`/api/auth/oidc/start?to=${encodeURIComponent(path)}`}
              className={buttonClass('primary', 'normal', 'w-full')}
            >
              {t('companyButton', { label: company.label })}
            </a>
          </>
        )}
      </div>
    </Shell>
  )
}

import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PublicShell } from '@/app/shell'
import { OneFieldForm } from '@/components/account/one-field-form'
import { Notice, PageHeader } from '@/components/ui'
import { isClaimed } from '@/lib/server/setup'
import { isLocalOn } from '@/lib/server/sign-in/local'
import { canSendMail } from '@/lib/server/sign-in/mail'
import { forgottenAction } from '../actions'

type Props = { searchParams: Promise<{ sent?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('forgottenTitle') }
}

/** How to get a link to choose another password. It says nothing about who has an account. */
export default async function ForgottenPage({ searchParams }: Props) {
  if (!(await isClaimed())) redirect('/setup')
  if (!(await isLocalOn())) notFound()
  const t = await getTranslations('signIn')
  const isSent = (await searchParams).sent !== undefined
  return (
    <PublicShell>
      <div className="mx-auto max-w-100">
        <PageHeader title={t('forgottenTitle')} />
        {!canSendMail() && <p>{t('forgottenNoMail')}</p>}
        {canSendMail() && isSent && <Notice role="status" title={t('sent')} />}
        {canSendMail() && !isSent && (
          <>
            <p>{t('forgottenText')}</p>
            <OneFieldForm
              action={forgottenAction}
              submit={t('send')}
              field={{ name: 'email', label: t('email'), type: 'email', autoComplete: 'username' }}
            />
          </>
        )}
        <p className="mt-6">
          <Link href="/sign-in" className="link">
            {t('back')}
          </Link>
        </p>
      </div>
    </PublicShell>
  )
}

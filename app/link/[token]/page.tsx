import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PublicShell } from '@/app/shell'
import { OneFieldForm } from '@/components/account/one-field-form'
import { ClientMessages } from '@/components/shell'
import { PageHeader } from '@/components/ui'
import { isClaimed } from '@/lib/server/setup'
import { openLink } from '@/lib/server/sign-in/with-link'
import { linkAction } from './actions'

type Props = { params: Promise<{ token: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('linkResetTitle'), referrer: 'no-referrer' }
}

async function Gone() {
  const t = await getTranslations('signIn')
  return (
    <>
      <PageHeader title={t('goneTitle')} />
      <p>{t('goneText')}</p>
    </>
  )
}

/** Chooses a password by a link: an invitation, or a reset. A link that is not open says nothing about why. */
export default async function LinkPage({ params }: Props) {
  if (!(await isClaimed())) redirect('/setup')
  const { token } = await params
  const link = await openLink(token, await headers())
  const t = await getTranslations('signIn')
  const account = await getTranslations('account')
  const faults = ['too-short', 'too-long', 'personal', 'guessable'] as const
  return (
    <PublicShell>
      <div className="mx-auto max-w-100">
        {!link && <Gone />}
        {link && (
          <>
            <PageHeader
              title={link.purpose === 'invite' ? t('linkInviteTitle', { name: link.owner.name }) : t('linkResetTitle')}
            />
            <p>{t(link.purpose === 'invite' ? 'linkInviteText' : 'linkResetText', { email: link.owner.email })}</p>
            <ClientMessages use={['signIn']}>
              <OneFieldForm
                action={linkAction}
                submit={t('setPassword')}
                hidden={{ linkSecret: token, username: link.owner.email }}
                field={{
                  name: 'password',
                  label: t('newPassword'),
                  hint: account('passwordHint'),
                  autoComplete: 'new-password',
                }}
                reveal={{ show: t('showPassword'), hide: t('hidePassword') }}
                faults={Object.fromEntries(faults.map((fault) => [fault, account(`fault.${fault}`)]))}
              />
            </ClientMessages>
          </>
        )}
      </div>
    </PublicShell>
  )
}

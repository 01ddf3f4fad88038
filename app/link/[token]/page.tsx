import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PublicShell } from '@/app/shell'
import { LinkForm } from '@/components/account/password-forms'
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
            <ClientMessages use={['account', 'signIn']}>
              <LinkForm action={linkAction} token={token} owner={link.owner} />
            </ClientMessages>
          </>
        )}
      </div>
    </PublicShell>
  )
}

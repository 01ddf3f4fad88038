import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { PublicShell } from '@/app/shell'
import { SecondStep } from '@/components/account/second-step'
import { SignIn } from '@/components/account/sign-in'
import { ClientMessages } from '@/components/shell'
import { currentActor } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { askedHost } from '@/lib/server/own-origin'
import { isClaimed } from '@/lib/server/setup'
import { waitingSession } from '@/lib/server/sign-in/begin'
import { isLocalOn } from '@/lib/server/sign-in/local'
import { noted } from '@/lib/server/sign-in/notes'
import { relyingParty } from '@/lib/server/sign-in/relying-party'
import { secondStepsOf } from '@/lib/server/sign-in/second-step'
import { safePath } from '@/lib/server/sign-in-address'
import { codeAction, passkeyAction, recoveryAction, signInAction, startOverAction } from './actions'

type Props = { searchParams: Promise<{ to?: string | string[]; note?: string | string[] }> }

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('signInTitle') }
}

/** The second step of a sign-in that has begun; null where none is waited for. */
async function Second({ to }: { to: string }) {
  const requested = await headers()
  const session = await waitingSession(requested)
  if (!session) return null
  return (
    <SecondStep
      email={session.user.email}
      steps={await secondStepsOf(session.user)}
      hasPasskeys={relyingParty(askedHost(requested)) !== null}
      to={to}
      actions={{ code: codeAction, recovery: recoveryAction, passkey: passkeyAction, startOver: startOverAction }}
    />
  )
}

export default async function SignInPage({ searchParams }: Props) {
  if (!(await isClaimed())) redirect('/setup')
  const { to, note } = await searchParams
  const path = safePath(one(to))
  if (await currentActor()) redirect(path)
  const { general, signIn } = await instance()
  const isWaiting = (await waitingSession(await headers())) !== null
  return (
    <PublicShell>
      <div className="mx-auto max-w-100">
        <ClientMessages use={['account', 'signIn']}>
          {isWaiting ? (
            <Second to={path} />
          ) : (
            <SignIn
              action={signInAction}
              to={path}
              company={signIn.company?.label ?? null}
              hasLocal={await isLocalOn()}
              failure={await noted(one(note), await getLocale())}
              links={{ imprint: general.imprintUrl, privacy: general.privacyUrl }}
            />
          )}
        </ClientMessages>
      </div>
    </PublicShell>
  )
}

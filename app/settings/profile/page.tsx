import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { ChangeForm } from '@/components/account/password-forms'
import { PersonalForm } from '@/components/account/profile/personal-form'
import { SecondStepSettings } from '@/components/account/profile/second-step-settings'
import { SessionTable } from '@/components/account/profile/session-table'
import { ClientMessages } from '@/components/shell'
import { ButtonLink, buttonClass, FactList, Notice, PageHeader, Section } from '@/components/ui'
import { enter } from '@/lib/server/gate'
import { askedHost } from '@/lib/server/own-origin'
import { noted } from '@/lib/server/sign-in/notes'
import { owesSecondStep } from '@/lib/server/sign-in/owed'
import { codesToShow } from '@/lib/server/sign-in/own-second-step'
import { getProfile, type Profile } from '@/lib/server/sign-in/profile'
import { relyingParty } from '@/lib/server/sign-in/relying-party'
import * as actions from './actions'

type Query = { done?: string | string[]; codes?: string | string[]; note?: string | string[] }
type Props = { searchParams: Promise<Query> }

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('profile'))('title') }
}

const doneKeys = ['totp-off', 'passkey-on', 'passkey-renamed', 'passkey-off', 'session', 'company'] as const

/** What was just done, or why the company's account was not connected. */
async function Told({ done, note }: { done: string | undefined; note: string | undefined }) {
  const t = await getTranslations('profile')
  const failure = await noted(note, await getLocale())
  if (failure) return <Notice level="error" role="alert" title={failure} className="mb-6" />
  const key = doneKeys.find((one) => one === done)
  const text =
    done === 'saved' ? t('saved') : done === 'password' ? t('passwordChanged') : key ? t(`done.${key}`) : null
  return text && <Notice role="status" title={text} className="mb-6" />
}

async function Company({
  company,
  isProved,
}: Pick<Profile, 'isProved'> & { company: NonNullable<Profile['company']> }) {
  const t = await getTranslations('profile')
  const { label } = company
  const connect = '/api/auth/oidc/start?for=connect&to=/settings/profile?done=company'
  return (
    <Section id="company" title={t('companyTitle')}>
      <p className="mb-3">{company.isConnected ? t('companyConnected', { label }) : t('companyText')}</p>
      {!company.isConnected && isProved && (
        <a href={connect} className={buttonClass()}>
          {t('companyConnect', { label })}
        </a>
      )}
      {!company.isConnected && !isProved && (
        <ButtonLink href="/sign-in/again?to=/settings/profile" prefetch={false}>
          {t('confirm')}
        </ButtonLink>
      )}
    </Section>
  )
}

export default async function ProfilePage({ searchParams }: Props) {
  const actor = await enter('self')
  const { done, codes, note } = await searchParams
  const t = await getTranslations('profile')
  const account = await getTranslations('account')
  const profile = await getProfile(actor)
  const { user } = profile
  const key = one(codes)
  const shown = key ? await codesToShow(actor, key) : null
  return (
    <div className="max-w-app">
      <PageHeader title={t('title')} />
      <Told done={one(done)} note={one(note)} />
      <ClientMessages use={['account', 'profile', 'signIn']}>
        <Section title={t('personal')} flush>
          <FactList
            facts={[
              [t('email'), user.email],
              [t('role'), account(`role.${user.role}`)],
            ]}
          />
          <PersonalForm action={actions.saveProfileAction} name={user.name} locale={user.locale} theme={user.theme} />
        </Section>
        <Section
          id="password"
          title={t('passwordTitle')}
          description={profile.hasPassword ? t('passwordText') : t('noPassword')}
        >
          {profile.hasPassword && <ChangeForm action={actions.changePasswordAction} owner={user} />}
        </Section>
        <SecondStepSettings
          profile={profile}
          isOwed={await owesSecondStep(actor)}
          arePasskeysPossible={relyingParty(askedHost(await headers())) !== null}
          shownCodes={shown && key ? { codes: shown, note: key } : null}
          actions={{
            app: {
              begin: actions.beginAppAction,
              confirm: actions.confirmAppAction,
              cancel: actions.cancelAppAction,
              remove: actions.removeAppAction,
            },
            passkeys: {
              add: actions.addPasskeyAction,
              rename: actions.renamePasskeyAction,
              remove: actions.removePasskeyAction,
            },
            codes: { renew: actions.renewCodesAction, kept: actions.codesKeptAction },
          }}
        />
        {profile.company && <Company company={profile.company} isProved={profile.isProved} />}
        <Section id="sessions" title={t('sessionsTitle')}>
          <SessionTable
            sessions={profile.sessions}
            end={actions.endSessionAction}
            signOutEverywhere={actions.signOutEverywhereAction}
          />
        </Section>
      </ClientMessages>
    </div>
  )
}

import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { CompanyForm } from '@/components/account/settings/company-form'
import { SecondStepForm } from '@/components/account/settings/second-step-form'
import { SwitchForm } from '@/components/account/settings/switch-form'
import { TestResult } from '@/components/account/settings/test-result'
import { ClientMessages } from '@/components/shell'
import { ButtonLink, buttonClass, CodeBlock, Notice, PageHeader, Section } from '@/components/ui'
import { enter } from '@/lib/server/gate'
import { askedHost } from '@/lib/server/own-origin'
import { noted } from '@/lib/server/sign-in/notes'
import { getSignInSettings, type SignInSettings, testResult } from '@/lib/server/sign-in/settings-page'
import { removeCompanyAction, saveCompanyAction, saveLocalAction, saveSecondStepAction } from './actions'

type Query = { test?: string | string[]; note?: string | string[] }
type Props = { searchParams: Promise<Query> }

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: (await getTranslations('signInSettings'))('title') }
}

async function Company({ settings }: { settings: SignInSettings }) {
  const t = await getTranslations('signInSettings')
  return (
    <Section title={t('companyTitle')} description={t('companyText')} flush>
      {settings.redirectUri === null ? (
        <Notice level="warning" title={t('noRedirect')} />
      ) : (
        <CodeBlock label={t('redirect')} code={settings.redirectUri} copyLabel={t('copyRedirect')} />
      )}
      {settings.isProved && (
        <CompanyForm
          action={saveCompanyAction}
          values={settings.values}
          lines={settings.lines}
          hasSecret={settings.hasSecret}
          environments={settings.environments}
        />
      )}
      {settings.isProved && settings.hasCompany && (
        <div className="mt-4">
          <SwitchForm action={removeCompanyAction} label={t('remove')} />
        </div>
      )}
    </Section>
  )
}

async function Test({
  settings,
  token,
  userId,
}: {
  settings: SignInSettings
  token: string | undefined
  userId: string
}) {
  const t = await getTranslations('signInSettings')
  const found = token ? await testResult(token, userId, await getLocale()) : null
  return (
    <Section id="test" title={t('testTitle')} description={settings.hasCompany ? t('testText') : t('testNotYet')}>
      {settings.hasCompany && (
        <a href="/api/auth/oidc/start?for=test" className={buttonClass()}>
          {t('test')}
        </a>
      )}
      {found && <TestResult {...found} />}
    </Section>
  )
}

async function Passwords({ settings }: { settings: SignInSettings }) {
  const t = await getTranslations('signInSettings')
  const { isLocal, isForced, maySwitchOff, isProved } = settings
  return (
    <Section title={t('passwordTitle')} description={isLocal ? t('passwordOn') : t('passwordOff')}>
      {isForced && <p className="mb-3">{t('passwordForced')}</p>}
      {isLocal && !maySwitchOff && <p>{t('passwordFirst')}</p>}
      {isLocal && maySwitchOff && <p>{t('passwordWayBack')}</p>}
      {isProved && isLocal && maySwitchOff && (
        <SwitchForm action={saveLocalAction} label={t('passwordSwitchOff')} hidden={{ local: 'off' }} />
      )}
      {isProved && !isLocal && (
        <SwitchForm action={saveLocalAction} label={t('passwordSwitchOn')} hidden={{ local: 'on' }} />
      )}
    </Section>
  )
}

export default async function SignInSettingsPage({ searchParams }: Props) {
  const actor = await enter('manage')
  const { test, note } = await searchParams
  const t = await getTranslations('signInSettings')
  const settings = await getSignInSettings(actor, askedHost(await headers()))
  const failure = await noted(one(note), await getLocale())
  return (
    <>
      <PageHeader title={t('title')} />
      {failure && <Notice level="error" role="alert" title={failure} className="mb-6" />}
      {!settings.isProved && (
        <div className="mb-6 flex flex-wrap items-center gap-3">
          <span>{t('confirmText')}</span>
          <ButtonLink href="/sign-in/again?to=/settings/sign-in" prefetch={false} kind="primary">
            {t('confirm')}
          </ButtonLink>
        </div>
      )}
      <ClientMessages use={['account', 'common', 'settings', 'signInSettings']}>
        <Company settings={settings} />
        <Test settings={settings} token={one(test)} userId={actor.id} />
        <Passwords settings={settings} />
        <Section title={t('secondTitle')} description={t('secondText')}>
          {settings.isProved ? (
            <SecondStepForm action={saveSecondStepAction} value={settings.secondStep} />
          ) : (
            <p>{t(`secondStep.${settings.secondStep}`)}</p>
          )}
        </Section>
      </ClientMessages>
    </>
  )
}

import { useTranslations } from 'next-intl'
import { ButtonLink, Notice, Section } from '@/components/ui'
import type { Profile } from '@/lib/server/sign-in/profile'
import { type AppActions, AppSettings } from './app-settings'
import { type PasskeyActions, PasskeySettings } from './passkey-settings'
import { RecoverySettings } from './recovery-settings'

type PlainAction = (form: FormData) => Promise<void>
type Props = {
  profile: Profile
  /** The settings ask for a second step before anything else. */
  isOwed: boolean
  arePasskeysPossible: boolean
  shownCodes: { readonly codes: readonly string[]; readonly note: string } | null
  actions: {
    readonly app: AppActions
    readonly passkeys: PasskeyActions
    readonly codes: { readonly renew: PlainAction; readonly kept: PlainAction }
  }
}

/** Everything beside the password. What may be changed only after a proof is absent until then. */
export function SecondStepSettings({ profile, isOwed, arePasskeysPossible, shownCodes, actions }: Props) {
  const t = useTranslations('profile')
  const { user, isProved, passkeys, totpSetup, recoveryCodes } = profile
  const hasAny = user.totpConfirmedAt !== null || passkeys.length > 0
  return (
    <Section id="second-step" title={t('secondTitle')} description={t('secondText')}>
      {isOwed && <Notice level="warning" title={t('owed')} className="mb-4" />}
      {!hasAny && <p className="mb-4">{t('secondOff')}</p>}
      {!isProved && (
        <div className="mb-4 flex flex-wrap items-center gap-3">
          <span>{t('confirmFirst')}</span>
          <ButtonLink href="/sign-in/again?to=/settings/profile" prefetch={false}>
            {t('confirm')}
          </ButtonLink>
        </div>
      )}
      <AppSettings confirmedAt={user.totpConfirmedAt} setup={totpSetup} isProved={isProved} actions={actions.app} />
      <PasskeySettings
        passkeys={passkeys}
        isProved={isProved}
        isPossible={arePasskeysPossible}
        actions={actions.passkeys}
      />
      {hasAny && (
        <RecoverySettings left={recoveryCodes} isProved={isProved} shown={shownCodes} actions={actions.codes} />
      )}
    </Section>
  )
}

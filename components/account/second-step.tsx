import { useTranslations } from 'next-intl'
import { Button, PageHeader } from '@/components/ui'
import type { SecondSteps } from '@/lib/server/sign-in/second-step'
import { OneFieldForm } from './one-field-form'
import { PasskeyForm } from './passkey-form'
import type { FormAction } from './use-form'

type Props = {
  email: string
  steps: SecondSteps
  /** Whether browsers have passkeys under this address. */
  hasPasskeys: boolean
  to: string
  actions: {
    readonly code: FormAction
    readonly recovery: FormAction
    readonly passkey: FormAction
    readonly startOver: (form: FormData) => Promise<void>
  }
}

function Passkey({ hasPasskeys, to, actions }: Omit<Props, 'steps'>) {
  const t = useTranslations('signIn')
  if (!hasPasskeys) return <p className="mt-4 text-ink-2">{t('passkeyElsewhere')}</p>
  return (
    <PasskeyForm
      action={actions.passkey}
      ceremony="prove"
      submit={t('passkey')}
      failed={t('passkeyFailed')}
      needsScript={t('passkeyNeedsScript')}
    >
      <input type="hidden" name="to" value={to} />
    </PasskeyForm>
  )
}

function Code({ to, actions }: Pick<Props, 'to' | 'actions'>) {
  const t = useTranslations('signIn')
  const field = { name: 'code', label: t('code'), hint: t('codeHint'), inputMode: 'numeric' } as const
  return (
    <OneFieldForm
      action={actions.code}
      submit={t('confirm')}
      hidden={{ to }}
      field={{ ...field, autoComplete: 'one-time-code', maxLength: 20 }}
    />
  )
}

function Recovery({ to, actions }: Pick<Props, 'to' | 'actions'>) {
  const t = useTranslations('signIn')
  const field = { name: 'recoveryCode', label: t('recovery'), hint: t('recoveryHint') }
  return (
    <OneFieldForm
      action={actions.recovery}
      submit={t('useRecovery')}
      fold={t('recoverySummary')}
      hidden={{ to }}
      field={{ ...field, autoComplete: 'off', autoCapitalize: 'characters', spellCheck: false, maxLength: 40 }}
    />
  )
}

/** What is asked for after the password: what is set up, the most convenient first. */
export function SecondStep({ steps, ...props }: Props) {
  const t = useTranslations('signIn')
  return (
    <>
      <PageHeader title={t('secondTitle')} />
      <p>{t('secondText', { email: props.email })}</p>
      {steps.passkey && <Passkey {...props} />}
      {steps.totp && <Code {...props} />}
      {steps.recovery && <Recovery {...props} />}
      <form action={props.actions.startOver} className="mt-8 border-t border-line pt-4">
        <Button type="submit" kind="quiet" size="small">
          {t('startOver')}
        </Button>
      </form>
    </>
  )
}

import { useTranslations } from 'next-intl'
import { Button, Section, TimeText } from '@/components/ui'
import type { TotpSetup } from '@/lib/server/sign-in/totp'
import { OneFieldForm } from '../one-field-form'
import type { FormAction } from '../use-form'

type PlainAction = (form: FormData) => Promise<void>
export type AppActions = {
  readonly begin: PlainAction
  readonly confirm: FormAction
  readonly cancel: PlainAction
  readonly remove: PlainAction
}

/** The picture that the app scans, the same as a key to type, and the field for the first code. */
function Setup({ setup, actions }: { setup: TotpSetup; actions: AppActions }) {
  const t = useTranslations('profile')
  const picture = `data:image/svg+xml;base64,${Buffer.from(setup.svg).toString('base64')}`
  return (
    <>
      <p className="max-w-[60ch]">{t('appScan')}</p>
      {/* biome-ignore lint/performance/noImgElement: a picture that is in the page already */}
      <img src={picture} alt={t('qr')} width={220} height={220} className="my-4 rounded-input border border-line" />
      <p>
        {t('key')}: <code className="font-mono text-table break-words">{setup.key}</code>
      </p>
      <OneFieldForm
        action={actions.confirm}
        submit={t('appConfirm')}
        field={{
          ...{ name: 'code', label: t('codeField'), inputMode: 'numeric', autoComplete: 'one-time-code' },
          maxLength: 20,
        }}
      />
      <form action={actions.cancel} className="mt-2">
        <Button type="submit" kind="quiet" size="small">
          {t('appCancel')}
        </Button>
      </form>
    </>
  )
}

type Props = { confirmedAt: Date | null; setup: TotpSetup | null; isProved: boolean; actions: AppActions }

/** The authenticator app: not set up, under way, or set up. */
export function AppSettings({ confirmedAt, setup, isProved, actions }: Props) {
  const t = useTranslations('profile')
  const isOff = confirmedAt === null && setup === null
  return (
    <Section level={3} title={t('appTitle')}>
      {setup && <Setup setup={setup} actions={actions} />}
      {confirmedAt && (
        <p>
          {t('appOn')} <TimeText value={confirmedAt} dateOnly />
        </p>
      )}
      {isProved && isOff && (
        <form action={actions.begin}>
          <Button type="submit">{t('appBegin')}</Button>
        </form>
      )}
      {isProved && confirmedAt && (
        <form action={actions.remove} className="mt-2">
          <Button type="submit" size="small">
            {t('appRemove')}
          </Button>
        </form>
      )}
    </Section>
  )
}

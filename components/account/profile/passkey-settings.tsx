import { useLocale, useTranslations } from 'next-intl'
import { Button, Section } from '@/components/ui'
import { formatDate } from '@/lib/i18n/format'
import type { PasskeyRow } from '@/lib/server/sign-in/passkeys'
import { Field } from '../field'
import { OneFieldForm } from '../one-field-form'
import { PasskeyForm } from '../passkey-form'
import type { FormAction } from '../use-form'

export type PasskeyActions = {
  readonly add: FormAction
  readonly rename: FormAction
  readonly remove: (form: FormData) => Promise<void>
}

type RowProps = { row: PasskeyRow; isProved: boolean; actions: PasskeyActions }

function Rename({ row, rename }: { row: PasskeyRow; rename: FormAction }) {
  const t = useTranslations('profile')
  const field = { name: 'passkeyName', label: t('passkeyNewName', { name: row.name }), defaultValue: row.name }
  return (
    <OneFieldForm
      action={rename}
      submit={t('passkeyRename')}
      hidden={{ passkey: row.id }}
      kind="secondary"
      fold={t('passkeyRenameFold', { name: row.name })}
      foldClass="basis-full"
      field={{ ...field, autoComplete: 'off', maxLength: 60 }}
      fault={useTranslations('account')('fault.missing')}
    />
  )
}

function Passkey({ row, isProved, actions }: RowProps) {
  const t = useTranslations('profile')
  const locale = useLocale()
  const used = row.lastUsedAt ? t('passkeyUsed', { date: formatDate(row.lastUsedAt, locale) }) : t('passkeyNeverUsed')
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2">
      <div className="min-w-0">
        <p className="font-semibold break-words">{row.name}</p>
        <p className="text-table text-ink-2">
          {t('passkeyAdded', { date: formatDate(row.createdAt, locale) })}, {used}
        </p>
      </div>
      {isProved && (
        <form action={actions.remove}>
          <input type="hidden" name="passkey" value={row.id} />
          <Button type="submit" size="small">
            {t('passkeyRemove', { name: row.name })}
          </Button>
        </form>
      )}
      {isProved && <Rename row={row} rename={actions.rename} />}
    </li>
  )
}

type Props = {
  passkeys: readonly PasskeyRow[]
  isProved: boolean
  /** Whether browsers have passkeys under this address. */
  isPossible: boolean
  actions: PasskeyActions
}

/** The passkeys of a person, and a form for another one. */
export function PasskeySettings({ passkeys, isProved, isPossible, actions }: Props) {
  const t = useTranslations('profile')
  return (
    <Section level={3} title={t('passkeysTitle')}>
      {passkeys.length === 0 && <p>{t('passkeysNone')}</p>}
      <ul className="max-w-reading">
        {passkeys.map((row) => (
          <Passkey key={row.id} row={row} isProved={isProved} actions={actions} />
        ))}
      </ul>
      {!isPossible && <p className="mt-2 text-ink-2">{t('passkeyElsewhere')}</p>}
      {isPossible && isProved && (
        <div className="max-w-100">
          <PasskeyForm
            action={actions.add}
            ceremony="register"
            submit={t('passkeyAdd')}
            failed={t('passkeyFailed')}
            needsScript={t('passkeyNeedsScript')}
            kind="secondary"
          >
            <Field
              name="passkeyName"
              label={t('passkeyName')}
              hint={t('passkeyNameHint')}
              autoComplete="off"
              maxLength={60}
              required
            />
          </PasskeyForm>
        </div>
      )}
    </Section>
  )
}

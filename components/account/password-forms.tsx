'use client'
import { useTranslations } from 'next-intl'
import { AccountForm } from './account-form'
import { CurrentPasswordField, NewPasswordField } from './person-fields'
import type { FormAction } from './use-form'

/** The password once more, before something that protects the account is changed. */
export function AgainForm({ action, to }: { action: FormAction; to: string }) {
  const t = useTranslations('signIn')
  return (
    <AccountForm action={action} submit={t('again')} hidden={{ to }}>
      {() => <CurrentPasswordField />}
    </AccountForm>
  )
}

type LinkProps = { action: FormAction; token: string; owner: { readonly name: string; readonly email: string } }

/** A password by a link that is good for it once. */
export function LinkForm({ action, token, owner }: LinkProps) {
  const t = useTranslations('signIn')
  const hidden = { linkSecret: token, username: owner.email, name: owner.name }
  return (
    <AccountForm action={action} submit={t('setPassword')} hidden={hidden} speaks={['password']}>
      {(state) => <NewPasswordField state={state} label={t('newPassword')} />}
    </AccountForm>
  )
}

type ChangeProps = { action: FormAction; owner: { readonly name: string; readonly email: string } }

/** The password before, and the new one. */
export function ChangeForm({ action, owner }: ChangeProps) {
  const t = useTranslations('profile')
  const hidden = { username: owner.email, name: owner.name }
  return (
    <AccountForm action={action} submit={t('change')} kind="secondary" hidden={hidden} speaks={['newPassword']}>
      {(state) => (
        <>
          <CurrentPasswordField label={t('current')} />
          <NewPasswordField state={state} name="newPassword" label={t('new')} />
        </>
      )}
    </AccountForm>
  )
}

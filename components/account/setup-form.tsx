'use client'
import { useTranslations } from 'next-intl'
import { AccountForm } from './account-form'
import { Field } from './field'
import { EmailField, NameField, NewPasswordField } from './person-fields'
import type { FormAction } from './use-form'

/** The first account. Every field may be pasted into, and password managers know what each is. */
export function SetupForm({ action }: { action: FormAction }) {
  const t = useTranslations('account')
  return (
    <AccountForm action={action} submit={t('claim')} speaks={['name', 'email', 'password']} keeps="name,email">
      {(state) => (
        <>
          <Field
            name="code"
            label={t('code')}
            hint={t('codeHint')}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            required
          />
          <NameField state={state} />
          <EmailField state={state} />
          <NewPasswordField state={state} />
        </>
      )}
    </AccountForm>
  )
}

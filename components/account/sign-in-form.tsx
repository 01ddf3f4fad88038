'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AccountForm } from './account-form'
import { CurrentPasswordField, EmailField } from './person-fields'
import type { FormAction } from './use-form'

type Props = { action: FormAction; to: string; fold: string | null; children: ReactNode }

/**
 * E-mail address and password on one page, as password managers expect. `to` is where to go afterwards; with a title to fold under, it is
 * shown only when asked for, or refused.
 */
export function SignInForm({ action, to, fold, children }: Props) {
  const t = useTranslations('account')
  return (
    <AccountForm action={action} submit={t('signIn')} hidden={{ to }} fold={fold} below={children}>
      {(state) => (
        <>
          <EmailField state={state} />
          <CurrentPasswordField />
        </>
      )}
    </AccountForm>
  )
}

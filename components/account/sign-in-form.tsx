'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from './field'
import { Fold } from './fold'
import { PasswordField } from './password-field'
import { Refused } from './refused'
import { type FormAction, useForm } from './use-form'

type Props = { action: FormAction; to: string; fold: string | null; children: ReactNode }

/**
 * E-mail address and password on one page, as password managers expect. `to` is where to go afterwards; with a title to fold under, it is
 * shown only when asked for, or refused.
 */
export function SignInForm({ action, to, fold, children }: Props) {
  const t = useTranslations('account')
  const s = useTranslations('signIn')
  const { refused, submit, isPending, form } = useForm(action)
  const content = (
    <form ref={form} action={submit} className="max-w-100">
      <Refused refused={refused} />
      <input type="hidden" name="to" value={to} />
      <Field
        name="email"
        type="email"
        label={t('email')}
        defaultValue={refused?.typed.email}
        autoComplete="username"
        required
      />
      <PasswordField
        name="password"
        label={t('password')}
        show={s('showPassword')}
        hide={s('hidePassword')}
        autoComplete="current-password"
        required
      />
      <div>
        <Button type="submit" kind="primary" className="mt-6" aria-disabled={isPending}>
          {t('signIn')}
        </Button>
      </div>
      {children}
    </form>
  )
  return fold === null ? (
    content
  ) : (
    <Fold title={fold} isOpen={refused !== null} className="mt-6">
      {content}
    </Fold>
  )
}

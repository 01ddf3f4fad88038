'use client'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Field } from './field'
import { PasswordField } from './password-field'
import { Refused } from './refused'
import { type FormAction, useForm } from './use-form'

/** E-mail address and password on one page, as password managers expect. `to` is where to go afterwards. */
export function SignInForm({ action, to }: { action: FormAction; to: string }) {
  const t = useTranslations('account')
  const s = useTranslations('signIn')
  const { refused, submit, isPending, form } = useForm(action)
  return (
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
    </form>
  )
}

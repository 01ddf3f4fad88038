'use client'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Field } from './field'
import { PasswordField } from './password-field'
import { Refused } from './refused'
import { type FormAction, useForm } from './use-form'

/** The first account. Every field may be pasted into, and password managers know what each is. */
export function SetupForm({ action }: { action: FormAction }) {
  const t = useTranslations('account')
  const words = useTranslations('signIn')
  const { refused, submit, isPending, form } = useForm(action)
  const fault = (field: string) => {
    const code = refused?.fields[field]
    return code && t.has(`fault.${code}` as 'fault.missing') ? t(`fault.${code}` as 'fault.missing') : undefined
  }
  return (
    <form ref={form} action={submit} className="max-w-100">
      {refused && Object.keys(refused.fields).length === 0 && <Refused refused={refused} />}
      <Field
        name="code"
        label={t('code')}
        hint={t('codeHint')}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        required
      />
      <Field
        name="name"
        label={t('name')}
        error={fault('name')}
        defaultValue={refused?.typed.name}
        autoComplete="name"
        required
      />
      <Field
        name="email"
        type="email"
        label={t('email')}
        error={fault('email')}
        defaultValue={refused?.typed.email}
        autoComplete="username"
        required
      />
      <PasswordField
        show={words('showPassword')}
        hide={words('hidePassword')}
        name="password"
        label={t('password')}
        hint={t('passwordHint')}
        error={fault('password')}
        autoComplete="new-password"
        required
      />
      <div>
        <Button type="submit" kind="primary" className="mt-6" aria-disabled={isPending}>
          {t('claim')}
        </Button>
      </div>
    </form>
  )
}

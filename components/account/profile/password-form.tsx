'use client'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { PasswordField } from '../password-field'
import { Refused } from '../refused'
import { type FormAction, useForm } from '../use-form'

const faults = ['too-short', 'too-long', 'personal', 'guessable'] as const

/** The password before, and the new one. */
export function PasswordForm({ action, email }: { action: FormAction; email: string }) {
  const t = useTranslations('profile')
  const account = useTranslations('account')
  const words = useTranslations('signIn')
  const { refused, submit, isPending, form } = useForm(action)
  const fault = faults.find((one) => one === refused?.fields.newPassword)
  const reveal = { show: words('showPassword'), hide: words('hidePassword') }
  return (
    <form ref={form} action={submit} className="max-w-100">
      {refused && !fault && <Refused refused={refused} />}
      <input type="hidden" name="username" value={email} autoComplete="username" />
      <PasswordField {...reveal} name="password" label={t('current')} autoComplete="current-password" required />
      <PasswordField
        {...reveal}
        name="newPassword"
        label={t('new')}
        hint={account('passwordHint')}
        error={fault && account(`fault.${fault}`)}
        autoComplete="new-password"
        required
      />
      <div>
        <Button type="submit" className="mt-4" aria-disabled={isPending}>
          {t('change')}
        </Button>
      </div>
    </form>
  )
}

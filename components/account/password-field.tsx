'use client'
import { useTranslations } from 'next-intl'
import { type ComponentProps, useState } from 'react'
import { Field } from './field'
import { useScripts } from './use-scripts'

/** A password that can be made readable while it is typed. */
export function PasswordField(field: Omit<ComponentProps<typeof Field>, 'type'>) {
  const t = useTranslations('account')
  const [isShown, setShown] = useState(false)
  const hasScripts = useScripts()
  return (
    <>
      <Field {...field} type={isShown ? 'text' : 'password'} spellCheck={false} autoCapitalize="none" />
      {hasScripts && (
        <button
          type="button"
          aria-pressed={isShown}
          className="tap mt-1 text-table font-semibold text-accent underline"
          onClick={() => setShown(!isShown)}
        >
          {isShown ? t('hidePassword') : t('showPassword')}
        </button>
      )}
    </>
  )
}

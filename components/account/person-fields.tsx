'use client'
import { useTranslations } from 'next-intl'
import type { FormState } from './account-form'
import { Field } from './field'
import { PasswordField } from './password-field'
import { Strength, useStrength } from './strength'

const faults = ['missing', 'not-an-email', 'too-short', 'too-long', 'personal', 'guessable'] as const

/** What is wrong with a field of an account, as a sentence. */
function useFault({ fault }: FormState) {
  const t = useTranslations('account.fault')
  return (field: string): string | undefined => {
    const known = faults.find((one) => one === fault(field))
    return known && t(known)
  }
}

type Props = {
  state: FormState
  /** The text of its label, where it is not the usual one. */
  label?: string
}

/** The name of a person. `value` is the stored one. */
export function NameField({ state, label, value }: Props & { value?: string }) {
  const t = useTranslations('account')
  return (
    <Field
      name="name"
      label={label ?? t('name')}
      defaultValue={state.typed('name') ?? value}
      error={useFault(state)('name')}
      autoComplete="name"
      maxLength={100}
      required
    />
  )
}

/** The address that an account is known by. */
export function EmailField({ state }: Props) {
  const t = useTranslations('account')
  return (
    <Field
      name="email"
      type="email"
      label={t('email')}
      defaultValue={state.typed('email')}
      error={useFault(state)('email')}
      autoComplete="username"
      required
    />
  )
}

/** The password that there is. */
export function CurrentPasswordField({ label }: { label?: string }) {
  const t = useTranslations('account')
  return <PasswordField name="password" label={label ?? t('password')} autoComplete="current-password" required />
}

/** A password that is being chosen, with how it is doing. */
export function NewPasswordField({ state, label, name = 'password' }: Props & { name?: string }) {
  const t = useTranslations('account')
  const { strength, look } = useStrength()
  return (
    <>
      <PasswordField
        name={name}
        label={label ?? t('password')}
        hint={t('passwordHint')}
        error={useFault(state)(name)}
        autoComplete="new-password"
        onInput={look}
        required
      />
      <Strength strength={strength} />
    </>
  )
}

'use client'
import { useTranslations } from 'next-intl'
import { Choice, Choices } from '@/components/settings/fields'
import { FormFrame } from '@/components/settings/form-frame'
import { type OutcomeAction, useOutcome } from '@/components/settings/use-outcome'
import { Field } from '../field'

type Values = Readonly<Record<string, string>>
type Environments = readonly { readonly id: string; readonly name: string }[]
const roles = ['admin', 'auditor', 'viewer', 'uploader'] as const
const words = ['required', 'too-long', 'https', 'tenant', 'domain'] as const

function Line({ n, shown, environments }: { n: number; shown: Values; environments: Environments }) {
  const t = useTranslations('signInSettings')
  const account = useTranslations('account')
  const name = (part: string) => `${t('line', { number: n + 1 })}: ${part}`
  return (
    <li className="mb-3 grid gap-2 sm:grid-cols-[2fr_1fr_1fr]">
      <input
        name={`group-${n}`}
        aria-label={name(t('group'))}
        placeholder={t('group')}
        defaultValue={shown[`group-${n}`]}
        className="field"
        maxLength={200}
      />
      <select
        name={`role-${n}`}
        aria-label={name(t('role'))}
        defaultValue={shown[`role-${n}`] ?? 'viewer'}
        className="field"
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {account(`role.${role}`)}
          </option>
        ))}
      </select>
      <select
        name={`environment-${n}`}
        aria-label={name(t('environment'))}
        defaultValue={shown[`environment-${n}`] ?? ''}
        className="field"
      >
        <option value="">{t('all')}</option>
        {environments.map(({ id, name: environment }) => (
          <option key={id} value={id}>
            {environment}
          </option>
        ))}
      </select>
    </li>
  )
}

type Props = {
  action: OutcomeAction<true>
  values: Values
  /** How many lines of groups there are to fill in. */
  lines: number
  hasSecret: boolean
  environments: Environments
}

/** How people sign in with the company's account. */
export function CompanyForm({ action, values, lines, hasSecret, environments }: Props) {
  const t = useTranslations('signInSettings')
  const outcome = useOutcome(action, values)
  const { shown } = outcome
  const fault = (field: string): string | undefined => {
    const word = outcome.fault[field]
    return word === undefined ? undefined : t(`fault.${words.find((known) => known === word) ?? 'other'}`)
  }
  const field = (name: 'label' | 'issuer' | 'clientId' | 'groupsClaim' | 'domains', hint?: string) => (
    <Field name={name} label={t(name)} hint={hint} error={fault(name)} defaultValue={shown[name]} autoComplete="off" />
  )
  return (
    <FormFrame outcome={outcome} label={t('save')}>
      {field('label', t('labelHint'))}
      {field('issuer', t('issuerHint'))}
      {field('clientId')}
      <Field
        name="clientSecret"
        type="password"
        label={t('clientSecret')}
        hint={hasSecret ? t('secretKept') : t('secretNone')}
        error={fault('clientSecret')}
        autoComplete="off"
      />
      {field('groupsClaim', t('groupsClaimHint'))}
      {field('domains', t('domainsHint'))}
      <Choices name="roles" label={t('roles')} hint={t('rolesHint')} error={fault('roles')}>
        <ul>
          {Array.from({ length: lines }, (_, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <Line key={n} n={n} shown={shown} environments={environments} />
          ))}
        </ul>
      </Choices>
      <div className="mt-4">
        <Choice type="checkbox" name="createPeople" checked={shown.createPeople === 'on'}>
          {t('createPeople')}
        </Choice>
      </div>
    </FormFrame>
  )
}

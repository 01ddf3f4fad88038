'use client'
import { useTranslations } from 'next-intl'
import { SelectField } from '@/components/settings/fields'
import { AccountForm } from '../account-form'
import { NameField } from '../person-fields'
import type { FormAction } from '../use-form'

type Props = { action: FormAction; name: string; locale: string | null; theme: string | null }

/** Name, language and colours. */
export function PersonalForm({ action, name, locale, theme }: Props) {
  const t = useTranslations('profile')
  const languages = [
    ['', t('languageBrowser')],
    ['en', 'English'],
    ['de', 'Deutsch'],
  ] as const
  const themes = (['system', 'light', 'dark'] as const).map((key) => [key, t(`themes.${key}`)] as const)
  return (
    <AccountForm action={action} submit={t('save')} kind="secondary" speaks={['name']}>
      {(state) => (
        <>
          <NameField state={state} label={t('name')} value={name} />
          <SelectField
            name="locale"
            label={t('language')}
            value={state.typed('locale') ?? locale ?? ''}
            options={languages}
          />
          <SelectField
            name="theme"
            label={t('theme')}
            value={state.typed('theme') ?? theme ?? 'system'}
            options={themes}
          />
        </>
      )}
    </AccountForm>
  )
}

'use client'
import { useTranslations } from 'next-intl'
import { SelectField } from '@/components/settings/fields'
import { Button } from '@/components/ui/button'
import { Field } from '../field'
import { Refused } from '../refused'
import { type FormAction, useForm } from '../use-form'

type Props = { action: FormAction; name: string; locale: string | null; theme: string | null }

/** Name, language and colours. */
export function PersonalForm({ action, name, locale, theme }: Props) {
  const t = useTranslations('profile')
  const account = useTranslations('account')
  const { refused, submit, isPending, form } = useForm(action)
  const languages = [
    ['', t('languageBrowser')],
    ['en', 'English'],
    ['de', 'Deutsch'],
  ] as const
  const themes = (['system', 'light', 'dark'] as const).map((key) => [key, t(`themes.${key}`)] as const)
  const isMissing = refused?.fields.name !== undefined
  return (
    <form ref={form} action={submit} className="max-w-100">
      {refused && !isMissing && <Refused refused={refused} />}
      <Field
        name="name"
        label={t('name')}
        defaultValue={refused?.typed.name ?? name}
        error={isMissing ? account('fault.missing') : undefined}
        autoComplete="name"
        maxLength={100}
        required
      />
      <SelectField
        name="locale"
        label={t('language')}
        value={refused?.typed.locale ?? locale ?? ''}
        options={languages}
      />
      <SelectField name="theme" label={t('theme')} value={refused?.typed.theme ?? theme ?? 'system'} options={themes} />
      <Button type="submit" className="mt-4" aria-disabled={isPending}>
        {t('save')}
      </Button>
    </form>
  )
}

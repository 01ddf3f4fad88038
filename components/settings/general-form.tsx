'use client'
import { useTranslations } from 'next-intl'
import { Field } from '@/components/account/field'
import { SelectField } from './fields'
import { FormFrame } from './form-frame'
import { useFault } from './use-fault'
import { type OutcomeAction, useOutcome } from './use-outcome'

type Values = { name: string; imprintUrl: string; privacyUrl: string; defaultLocale: string }

/** What the instance is called, and what it links to. */
export function GeneralForm({ action, values }: { action: OutcomeAction<true>; values: Values }) {
  const t = useTranslations('settings.general')
  const outcome = useOutcome(action, values)
  const { shown } = outcome
  const fault = useFault(outcome.fault)
  return (
    <FormFrame outcome={outcome} label={t('save')}>
      <Field name="name" label={t('name')} hint={t('nameHint')} error={fault('name')} defaultValue={shown.name} />
      <Field
        name="imprintUrl"
        type="url"
        label={t('imprint')}
        hint={t('addressHint')}
        error={fault('imprintUrl')}
        defaultValue={shown.imprintUrl}
      />
      <Field
        name="privacyUrl"
        type="url"
        label={t('privacy')}
        hint={t('addressHint')}
        error={fault('privacyUrl')}
        defaultValue={shown.privacyUrl}
      />
      <SelectField
        name="defaultLocale"
        label={t('locale')}
        value={shown.defaultLocale ?? 'en'}
        options={[
          ['en', t('en')],
          ['de', t('de')],
        ]}
      />
    </FormFrame>
  )
}

'use client'
import { useTranslations } from 'next-intl'
import { Field } from '@/components/account/field'
import { useKeptFields } from '@/components/account/use-kept-fields'
import { DaysFields } from '@/components/settings/days-fields'
import { FormFrame } from '@/components/settings/form-frame'
import { keptFor } from '@/components/settings/kept-for'
import { useFault } from '@/components/settings/use-fault'
import { type OutcomeAction, useOutcome } from '@/components/settings/use-outcome'

type Props = { action: OutcomeAction<true>; name: string; days: number }

/** What a new instance is asked for: its name, and how long it keeps originals. */
export function InstanceForm({ action, name, days }: Props) {
  const t = useTranslations('settings')
  const outcome = useOutcome(action, { name, ...keptFor(days) })
  const fault = useFault(outcome.fault)
  useKeptFields(outcome.form, 'name,days')
  return (
    <FormFrame outcome={outcome} label={useTranslations('setup')('save')} isQuiet>
      <Field
        name="name"
        label={t('general.name')}
        hint={t('general.nameHint')}
        error={fault('name')}
        defaultValue={outcome.shown.name}
        maxLength={80}
        required
      />
      <DaysFields
        label={t('retention.days')}
        hint={t('retention.daysHint')}
        never={t('retention.never')}
        error={fault('keepOriginalsDays')}
        shown={outcome.shown}
      />
    </FormFrame>
  )
}

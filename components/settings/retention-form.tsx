'use client'
import { useTranslations } from 'next-intl'
import { Field } from '@/components/account/field'
import { Choice } from './fields'
import { FormFrame } from './form-frame'
import { keptFor } from './kept-for'
import { useFault } from './use-fault'
import { type OutcomeAction, useOutcome } from './use-outcome'

/** How long the instance keeps originals. */
export function RetentionForm({ action, days }: { action: OutcomeAction<true>; days: number }) {
  const t = useTranslations('settings.retention')
  const outcome = useOutcome(action, keptFor(days))
  const fault = useFault(outcome.fault)
  return (
    <FormFrame outcome={outcome} label={t('save')}>
      <Field
        name="days"
        type="number"
        min={1}
        max={3650}
        label={t('days')}
        hint={t('daysHint')}
        error={fault('keepOriginalsDays')}
        defaultValue={outcome.shown.days}
      />
      <Choice type="checkbox" name="never" checked={outcome.shown.never === 'on'}>
        {t('never')}
      </Choice>
    </FormFrame>
  )
}

/** Whether viewers see originals. */
export function ViewersForm({ action, isOn }: { action: OutcomeAction<true>; isOn: boolean }) {
  const t = useTranslations('settings.retention')
  const outcome = useOutcome(action, isOn ? { viewers: 'on' } : {})
  return (
    <FormFrame outcome={outcome} label={t('viewersSave')}>
      <Choice type="checkbox" name="viewers" checked={outcome.shown.viewers === 'on'}>
        {t('viewersLabel')}
      </Choice>
    </FormFrame>
  )
}

'use client'
import { useTranslations } from 'next-intl'
import { DaysFields } from './days-fields'
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
      <DaysFields
        label={t('days')}
        hint={t('daysHint')}
        never={t('never')}
        error={fault('keepOriginalsDays')}
        shown={outcome.shown}
      />
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

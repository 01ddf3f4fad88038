'use client'
import { useTranslations } from 'next-intl'
import { Choice, Choices } from '@/components/settings/fields'
import { FormFrame } from '@/components/settings/form-frame'
import { type OutcomeAction, useOutcome } from '@/components/settings/use-outcome'

const choices = ['nobody', 'admins', 'everybody'] as const

/** Who must have a second step. */
export function SecondStepForm({ action, value }: { action: OutcomeAction<true>; value: string }) {
  const t = useTranslations('signInSettings')
  const outcome = useOutcome(action, { secondStep: value })
  return (
    <FormFrame outcome={outcome} label={t('secondSave')} kind="secondary">
      <Choices name="secondStep" label={t('secondTitle')}>
        {choices.map((choice) => (
          <Choice
            key={choice}
            type="radio"
            name="secondStep"
            value={choice}
            checked={outcome.shown.secondStep === choice}
          >
            {t(`secondStep.${choice}`)}
          </Choice>
        ))}
      </Choices>
    </FormFrame>
  )
}

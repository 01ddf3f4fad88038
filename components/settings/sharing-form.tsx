'use client'
import { useTranslations } from 'next-intl'
import { Field } from '@/components/account/field'
import { Choice } from './fields'
import { FormFrame } from './form-frame'
import { useFault } from './use-fault'
import { type OutcomeAction, useOutcome } from './use-outcome'

type Values = { maxDays: number; defaultDays: number; allowFull: boolean; passwordForFull: boolean }

/** What links for guests may be. */
export function SharingForm({ action, values }: { action: OutcomeAction<true>; values: Values }) {
  const t = useTranslations('settings.sharing')
  const outcome = useOutcome(action, {
    maxDays: String(values.maxDays),
    defaultDays: String(values.defaultDays),
    ...(values.allowFull ? { allowFull: 'on' } : {}),
    ...(values.passwordForFull ? { fullNeeds: 'on' } : {}),
  })
  const { shown } = outcome
  const fault = useFault(outcome.fault)
  return (
    <FormFrame outcome={outcome} label={t('save')}>
      <Field
        name="maxDays"
        type="number"
        min={1}
        max={365}
        label={t('maxDays')}
        hint={t('maxDaysHint')}
        error={fault('maxDays')}
        defaultValue={shown.maxDays}
      />
      <Field
        name="defaultDays"
        type="number"
        min={1}
        max={365}
        label={t('defaultDays')}
        error={fault('defaultDays')}
        defaultValue={shown.defaultDays}
      />
      <div className="mt-4">
        <Choice type="checkbox" name="allowFull" checked={shown.allowFull === 'on'}>
          {t('allowFull')}
          <span className="block text-meta text-ink-3">{t('allowFullHint')}</span>
        </Choice>
        <Choice type="checkbox" name="fullNeeds" checked={shown.fullNeeds === 'on'}>
          {t('fullNeeds')}
        </Choice>
      </div>
    </FormFrame>
  )
}

'use client'
import { useTranslations } from 'next-intl'
import { Field } from '@/components/account/field'
import type { Scope } from '@/lib/server/access'
import { Choice, Choices } from './fields'
import { FormFrame } from './form-frame'
import { MadeOnce } from './made-once'
import { type OutcomeAction, useOutcome } from './use-outcome'
import { type Named, WhereField } from './where-field'

export type MadeToken = { readonly name: string; readonly value: string }

type Props = {
  action: OutcomeAction<MadeToken>
  scopes: readonly Scope[]
  environments: readonly Named[]
}

const faultFields = ['name', 'scopes', 'environments', 'days'] as const

/** Makes a token; shows its value once. */
export function TokenForm({ action, scopes, environments }: Props) {
  const t = useTranslations('tokens')
  const f = useTranslations('tokens.fault')
  const outcome = useOutcome(action, { days: '90' })
  const { shown, done, fault } = outcome
  const error = (field: (typeof faultFields)[number]) => (fault[field] === undefined ? undefined : f(field))
  return (
    <div>
      {done && (
        <MadeOnce title={t('made', { name: done.name })} copyLabel={t('copy')} value={done.value}>
          {t('madeText')}
        </MadeOnce>
      )}
      <FormFrame outcome={outcome} label={t('createSubmit')} isQuiet>
        <Field name="name" label={t('name')} hint={t('nameHint')} error={error('name')} defaultValue={shown.name} />
        <Choices name="scopes" label={t('scopes')} error={error('scopes')}>
          {scopes.map((scope) => (
            <Choice key={scope} type="checkbox" name={`may:${scope}`} checked={shown[`may:${scope}`] === 'on'}>
              {t(`scope.${scope}`)}
            </Choice>
          ))}
        </Choices>
        <WhereField
          label={t('environments')}
          allLabel={t('allOwn')}
          someLabel={t('some')}
          noneLabel=""
          error={error('environments')}
          environments={environments}
          shown={shown}
        />
        <Field
          name="days"
          type="number"
          min={1}
          max={365}
          label={t('days')}
          hint={t('daysHint')}
          error={error('days')}
          defaultValue={shown.days}
        />
      </FormFrame>
    </div>
  )
}

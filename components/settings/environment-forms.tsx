'use client'
import { useTranslations } from 'next-intl'
import { Field } from '@/components/account/field'
import type { Member } from '@/lib/server/environment-admin'
import { DaysFields } from './days-fields'
import { Choice, Choices } from './fields'
import { FormFrame } from './form-frame'
import { keptFor } from './kept-for'
import { useFault } from './use-fault'
import { type OutcomeAction, useOutcome } from './use-outcome'

/** Makes an environment. */
export function NewEnvironmentForm({ action }: { action: OutcomeAction<true> }) {
  const t = useTranslations('settings.environments')
  const outcome = useOutcome(action)
  const fault = useFault(outcome.fault)
  return (
    <FormFrame outcome={outcome} label={t('create')}>
      <Field name="name" label={t('name')} error={fault('name')} defaultValue={outcome.shown.name} autoComplete="off" />
    </FormFrame>
  )
}

type EditProps = { action: OutcomeAction<true>; id: string; name: string; days: number | null; usual: number }

/** Name and days of an environment. */
export function EnvironmentForm({ action, id, name, days, usual }: EditProps) {
  const t = useTranslations('settings.environments')
  const outcome = useOutcome(action, { name, ...keptFor(days) })
  const { shown } = outcome
  const fault = useFault(outcome.fault)
  return (
    <FormFrame outcome={outcome} label={t('save')} hidden={{ env: id }}>
      <Field name="name" label={t('name')} error={fault('name')} defaultValue={shown.name} autoComplete="off" />
      <DaysFields
        label={t('daysLabel')}
        hint={t('daysHint', { days: usual })}
        never={t('never')}
        error={fault('keepOriginalsDays')}
        shown={shown}
      />
    </FormFrame>
  )
}

type MembersProps = { action: OutcomeAction<true>; id: string; people: readonly Member[] }

/** Who of those that see only some environments sees this one. */
export function MembersForm({ action, id, people }: MembersProps) {
  const t = useTranslations('settings.environments')
  const ticked = people.filter((person) => person.isMember).map((person) => [`person:${person.id}`, 'on'])
  const outcome = useOutcome(action, Object.fromEntries(ticked))
  return (
    <FormFrame outcome={outcome} label={t('saveMembers')} hidden={{ env: id }}>
      <Choices name="members" label={t('members')}>
        {people.map((person) => (
          <Choice
            key={person.id}
            type="checkbox"
            name={`person:${person.id}`}
            checked={outcome.shown[`person:${person.id}`] === 'on'}
          >
            {person.name} <span className="text-ink-2">{person.email}</span>
          </Choice>
        ))}
      </Choices>
    </FormFrame>
  )
}

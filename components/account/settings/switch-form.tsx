'use client'
import { FormFrame } from '@/components/settings/form-frame'
import { type OutcomeAction, useOutcome } from '@/components/settings/use-outcome'

type Props = { action: OutcomeAction<true>; label: string; hidden?: Readonly<Record<string, string>> }

/** A button that changes one thing. */
export function SwitchForm({ action, label, hidden }: Props) {
  return <FormFrame outcome={useOutcome(action)} label={label} kind="secondary" {...(hidden ? { hidden } : {})} />
}

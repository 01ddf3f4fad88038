'use client'
import { EndShares, type OpenLinks } from './end-shares'
import { FormFrame } from './form-frame'
import { type OutcomeAction, useOutcome } from './use-outcome'

type Props = { action: OutcomeAction<true>; id: string; name: string; label: string; shares: OpenLinks }

/** Shuts somebody out, and ends the links that they made unless those are to stay. */
export function ShutForm({ action, id, name, label, shares }: Props) {
  const outcome = useOutcome(action)
  return (
    <FormFrame outcome={outcome} label={label} hidden={{ person: id }} kind="secondary">
      <EndShares of="all" name={name} shares={shares} typed={outcome.refused?.typed} />
    </FormFrame>
  )
}

'use client'
import { Field } from '@/components/account/field'
import { Choice } from './fields'

type Props = {
  label: string
  hint: string
  /** Label of the box that keeps them for ever. */
  never: string
  error: string | undefined
  /** What the form shows, as `keptFor` says it. */
  shown: Readonly<Record<string, string>>
}

/** For how many days originals are kept, or for ever. */
export function DaysFields({ label, hint, never, error, shown }: Props) {
  return (
    <>
      <Field
        name="days"
        type="number"
        min={1}
        max={3650}
        label={label}
        hint={hint}
        error={error}
        defaultValue={shown.days}
      />
      <Choice type="checkbox" name="never" checked={shown.never === 'on'}>
        {never}
      </Choice>
    </>
  )
}

'use client'
import type { ComponentProps } from 'react'
import { AccountForm } from './account-form'
import { Field } from './field'

type Props = Omit<ComponentProps<typeof AccountForm>, 'children' | 'speaks'> & {
  field: Omit<ComponentProps<typeof Field>, 'error'>
  /** What is said where the field is refused; without it the sentence above the form. */
  fault?: string
}

/** A form of one field and one button: a code, an address, a name. */
export function OneFieldForm({ field, fault: said, ...form }: Props) {
  return (
    <AccountForm {...form} speaks={said === undefined ? [] : [field.name]}>
      {({ typed, fault }) => (
        <Field
          {...field}
          defaultValue={typed(field.name) ?? field.defaultValue}
          error={fault(field.name) && said}
          required
        />
      )}
    </AccountForm>
  )
}

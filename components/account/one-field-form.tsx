'use client'
import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from './field'
import { Fold } from './fold'
import { PasswordField } from './password-field'
import { Refused } from './refused'
import { type FormAction, useForm } from './use-form'

type Props = {
  action: FormAction
  submit: string
  /** Further values that travel with it. */
  hidden?: Readonly<Record<string, string>>
  field: Omit<ComponentProps<typeof Field>, 'error'>
  /** For a password: the words of the button that shows it. */
  reveal?: { readonly show: string; readonly hide: string }
  /** Sentences for what can be wrong with the field. */
  faults?: Readonly<Record<string, string>>
  /** Title to fold under until it is asked for, or refused. */
  fold?: string
}

/** A form of one field and one button: a code, a password, an address. */
export function OneFieldForm({ action, submit, hidden, field, reveal, faults, fold }: Props) {
  const { refused, submit: send, isPending, form } = useForm(action)
  const fault = refused?.fields[field.name]
  const error = fault ? (faults?.[fault] ?? fault) : undefined
  const shared = { ...field, error, defaultValue: refused?.typed[field.name], required: true }
  const content = (
    <form ref={form} action={send} className="max-w-100">
      {refused && !fault && <Refused refused={refused} />}
      {Object.entries(hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {reveal ? <PasswordField {...shared} {...reveal} /> : <Field {...shared} />}
      <div>
        <Button type="submit" kind="primary" className="mt-4" aria-disabled={isPending}>
          {submit}
        </Button>
      </div>
    </form>
  )
  if (fold === undefined) return content
  return (
    <Fold title={fold} isOpen={refused !== null} className="mt-8 border-t border-line pt-4">
      {content}
    </Fold>
  )
}

'use client'
import type { ReactNode } from 'react'
import { Button, type ButtonKind } from '@/components/ui/button'
import { Fold } from './fold'
import { Refused } from './refused'
import { type FormAction, useForm } from './use-form'
import { useKeptFields } from './use-kept-fields'

/** What the fields of a form show: what was typed before it was refused, and what is wrong with them. */
export type FormState = {
  readonly typed: (field: string) => string | undefined
  /** A word for what is wrong; undefined where nothing is. */
  readonly fault: (field: string) => string | undefined
}

type Props = {
  action: FormAction
  submit: string
  /** Fields that say by themselves what is wrong with them; of all else the sentence above the form tells. */
  speaks?: readonly string[]
  /** Fields that survive a reload, with commas between them. */
  keeps?: string
  /** Further values that travel with it. */
  hidden?: Readonly<Record<string, string>>
  kind?: ButtonKind
  /** Title to fold under until it is asked for, or refused. */
  fold?: string | null
  foldClass?: string
  /** Below the button. */
  below?: ReactNode
  children: (state: FormState) => ReactNode
}

/** A form of set-up, signing in or the profile: why it was refused, its fields, one button. It works without scripts. */
export function AccountForm({ action, submit, speaks = [], hidden = {}, kind, fold, ...parts }: Props) {
  const { refused, submit: send, isPending, form } = useForm(action)
  useKeptFields(form, parts.keeps ?? '')
  const typed = (field: string) => refused?.typed[field]
  const fault = (field: string) => refused?.fields[field]
  const content = (
    <form ref={form} action={send} className="max-w-100">
      {!speaks.some(fault) && <Refused refused={refused} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input
          key={name}
          type="hidden"
          name={name}
          value={value}
          autoComplete={name === 'username' ? 'username' : undefined}
        />
      ))}
      {parts.children({ typed, fault })}
      <div>
        <Button type="submit" kind={kind ?? 'primary'} className="mt-4" aria-disabled={isPending}>
          {submit}
        </Button>
      </div>
      {parts.below}
    </form>
  )
  if (fold === undefined || fold === null) return content
  return (
    <Fold title={fold} isOpen={refused !== null} className={parts.foldClass ?? 'mt-8 border-t border-line pt-4'}>
      {content}
    </Fold>
  )
}

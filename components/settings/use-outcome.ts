'use client'
import { useActionState, useEffect, useRef } from 'react'
import type { FormRefusal } from '@/lib/server/http'

/** What became of a form: refused, or done with something to show. */
export type Outcome<T> = { readonly refused: FormRefusal | null; readonly done: T | null }
export type OutcomeAction<T> = (before: Outcome<T> | null, form: FormData) => Promise<Outcome<T>>

/**
 * A form that says what became of it. What is wrong, or what was made, gets the focus. Works without scripts: the outcome then comes with
 * the page. `values` are the stored ones; a form that was refused shows what was typed.
 */
export function useOutcome<T>(action: OutcomeAction<T>, values: Readonly<Record<string, string>> = {}) {
  const [outcome, submit, isPending] = useActionState(action, null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!outcome) return
    const target = '[aria-invalid=true], [role=alert], [data-made]'
    form.current?.parentElement?.querySelector<HTMLElement>(target)?.focus()
  }, [outcome])
  const refused = outcome?.refused ?? null
  const shown = refused?.typed ?? values
  // React resets a form to the values that its fields were made with; a new key makes them with the ones that hold now.
  const key = JSON.stringify(shown)
  return { form, submit, isPending, refused, done: outcome?.done ?? null, shown, key, fault: refused?.fields ?? {} }
}

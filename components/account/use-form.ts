'use client'
import { useActionState, useEffect, useRef } from 'react'
import type { FormRefusal } from '@/lib/server/http'

export type FormAction = (refused: FormRefusal | null, form: FormData) => Promise<FormRefusal | null>

/** A form whose refusal comes back into it: the first field that is wrong, or the sentence, gets the focus. Works without scripts too. */
export function useForm(action: FormAction) {
  const [refused, submit, isPending] = useActionState(action, null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>('[aria-invalid=true], [role=alert]')?.focus()
  }, [refused])
  return { refused, submit, isPending, form }
}

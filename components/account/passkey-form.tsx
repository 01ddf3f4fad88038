'use client'
import { type ReactNode, startTransition, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Refused } from './refused'
import { type FormAction, useForm } from './use-form'
import { useScripts } from './use-scripts'

type Ceremony = 'register' | 'prove'

/** Asks the server for options, the browser for a passkey; resolves to the answer as the server reads it. */
async function perform(ceremony: Ceremony): Promise<string> {
  const asked = await fetch('/api/auth/passkey', { method: 'POST', body: JSON.stringify({ for: ceremony }) })
  if (!asked.ok) throw new Error(`options: ${asked.status}`)
  const optionsJSON = await asked.json()
  const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser')
  const answer = ceremony === 'prove' ? startAuthentication({ optionsJSON }) : startRegistration({ optionsJSON })
  return JSON.stringify(await answer)
}

type Props = {
  action: FormAction
  ceremony: Ceremony
  submit: string
  failed: string
  needsScript: string
  kind?: 'primary' | 'secondary'
  children?: ReactNode
}

/** A button that makes or uses a passkey, and hands the answer to an action with the other fields of its form. */
export function PasskeyForm({ action, ceremony, submit, failed, needsScript, kind = 'primary', children }: Props) {
  const { refused, submit: send, isPending, form } = useForm(action)
  const [hasFailed, setFailed] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const hasScripts = useScripts()
  if (!hasScripts) return <p className="mt-4 text-ink-2">{needsScript}</p>
  const start = async () => {
    if (!form.current?.reportValidity()) return
    const data = new FormData(form.current)
    setFailed(false)
    setBusy(true)
    try {
      data.set('answer', await perform(ceremony))
      startTransition(() => send(data))
    } catch {
      setFailed(true) // cancelled, not supported, or the server refused: the way out is the same
    } finally {
      setBusy(false)
    }
  }
  return (
    <form ref={form} action={start}>
      <Refused refused={refused} />
      {hasFailed && <Notice level="warning" role="alert" title={failed} className="mt-4" />}
      {children}
      <Button type="submit" kind={kind} className="mt-4" aria-disabled={isBusy || isPending}>
        {submit}
      </Button>
    </form>
  )
}

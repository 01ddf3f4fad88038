'use client'
import { useTranslations } from 'next-intl'
import { type ReactNode, useRef, useState } from 'react'

type Props = { save: (form: FormData) => Promise<boolean>; label: string; children: ReactNode; className?: string }

/** A form without a button: what changes is saved at once, and said. */
export function DraftForm({ save, label, children, className }: Props) {
  const t = useTranslations('uploader')
  const form = useRef<HTMLFormElement>(null)
  const [state, setState] = useState<'idle' | 'saved' | 'failed'>('idle')
  const send = async () => {
    if (!form.current) return
    const isSaved = await save(new FormData(form.current)).catch(() => false)
    setState(isSaved ? 'saved' : 'failed')
  }
  return (
    <form
      ref={form}
      aria-label={label}
      className={className}
      onChange={(event) => {
        setState('idle')
        if (event.target instanceof HTMLInputElement && event.target.type === 'radio') void send()
      }}
      onBlur={(event) => {
        const { target } = event
        if (target instanceof HTMLInputElement && target.type === 'text' && target.value !== target.defaultValue) {
          target.defaultValue = target.value
          void send()
        }
      }}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {children}
      <p role="status" className="text-table text-ink-2">
        {state === 'saved' ? t('saved') : state === 'failed' ? t('saveFailed') : ''}
      </p>
    </form>
  )
}

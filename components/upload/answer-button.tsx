'use client'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useFormStatus } from 'react-dom'
import { Button, type ButtonKind } from '@/components/ui/button'

type Props = { label: string; row: string; kind?: ButtonKind; name?: string; value?: string }

/** Sends an answer. The form may be gone with the answer: then the focus goes to the row it was in. */
export function AnswerButton({ label, row, kind = 'secondary', name, value }: Props) {
  const t = useTranslations('uploader')
  const { pending } = useFormStatus()
  useEffect(() => {
    if (!pending) return
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.getElementById(row)?.focus({ preventScroll: true })
      })
    }
  }, [pending, row])
  return (
    <>
      <Button type="submit" size="small" kind={kind} aria-disabled={pending} name={name} value={value}>
        {label}
      </Button>
      <span role="status" className="sr-only">
        {pending ? t('saving') : ''}
      </span>
    </>
  )
}

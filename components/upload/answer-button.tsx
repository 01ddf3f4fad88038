'use client'
import { useTranslations } from 'next-intl'
import { useLayoutEffect, useRef } from 'react'
import { useFormStatus } from 'react-dom'
import { Button, type ButtonKind } from '@/components/ui/button'

type Props = { label: string; row: string; kind?: ButtonKind }

/** Sends an answer. Its form goes when the file has been read again: then the focus goes to the row it was in. */
export function AnswerButton({ label, row, kind = 'secondary' }: Props) {
  const t = useTranslations('uploader')
  const { pending } = useFormStatus()
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const node = button.current
    return () => {
      if (node !== document.activeElement) return
      requestAnimationFrame(() => {
        const heading = document.getElementById(row)
        heading?.focus({ preventScroll: true })
        heading?.scrollIntoView({ block: 'nearest' }) // rows without questions stand further down: the focus must be seen
      })
    }
  }, [row])
  return (
    <>
      <Button ref={button} type="submit" size="small" kind={kind} aria-disabled={pending}>
        {label}
      </Button>
      <span role="status" className="sr-only">
        {pending ? t('saving') : ''}
      </span>
    </>
  )
}

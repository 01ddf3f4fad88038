'use client'
import { useTranslations } from 'next-intl'
import { useRef, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { useSafeRefresh } from './use-refresh'

type Props = { draft: string; upload: string; label: string; name: string }

/** The heading of the row behind this one, or before it; the page where it is the only one. */
function neighbour(button: HTMLElement): HTMLElement | null {
  const row = button.closest('li')
  const next = row?.nextElementSibling ?? row?.previousElementSibling
  return next?.querySelector<HTMLElement>('h3[tabindex]') ?? document.getElementById('content')
}

/** Removes a file from the draft. The row goes, and the focus to the next one: who removes ten files need not walk down ten times. */
export function RemoveUpload({ draft, upload, label, name }: Props) {
  const t = useTranslations('uploader')
  const refresh = useSafeRefresh()
  const [isPending, start] = useTransition()
  const [failed, setFailed] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const remove = () =>
    start(async () => {
      const answer = await fetch(`/api/drafts/${draft}/uploads/${upload}`, { method: 'DELETE' }).catch(() => null)
      setFailed(!answer?.ok)
      if (!answer?.ok) return
      if (button.current) neighbour(button.current)?.focus({ preventScroll: true })
      await refresh()
    })
  return (
    <>
      <Button ref={button} size="small" kind="quiet" aria-label={name} onClick={remove} aria-disabled={isPending}>
        {isPending ? t('removing') : label}
      </Button>
      {failed && (
        <span role="alert" className="basis-full text-table">
          {t('offline')}
        </span>
      )}
    </>
  )
}

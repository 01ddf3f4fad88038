'use client'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { useSafeRefresh } from './use-refresh'

type Props = { draft: string; upload: string; label: string; name: string }

/** Removes a file from the draft. The focus goes to the summary above, because the row is gone. */
export function RemoveUpload({ draft, upload, label, name }: Props) {
  const t = useTranslations('uploader')
  const refresh = useSafeRefresh()
  const [isPending, start] = useTransition()
  const [failed, setFailed] = useState(false)
  const remove = () =>
    start(async () => {
      const answer = await fetch(`/api/drafts/${draft}/uploads/${upload}`, { method: 'DELETE' }).catch(() => null)
      setFailed(!answer?.ok)
      if (!answer?.ok) return
      document.getElementById('content')?.focus({ preventScroll: true })
      await refresh()
    })
  return (
    <>
      <Button size="small" kind="quiet" aria-label={name} onClick={remove} aria-disabled={isPending}>
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

'use client'
import { useTranslations } from 'next-intl'
import { type ChangeEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { useSafeRefresh } from './use-refresh'

type Props = { draft: string; upload: string; label: string; name: string }

async function reasonOf(answer: Response | null): Promise<string | null> {
  const body: unknown = await answer?.json().catch(() => null)
  return body && typeof body === 'object' && 'detail' in body && typeof body.detail === 'string' ? body.detail : null
}

const looks = 30
const lookEveryMs = 100

/** The new row comes with the next rendering of the page. Who has gone on meanwhile is left where they are. */
function focusRow(id: string, look = 0): void {
  if (document.activeElement !== document.getElementById('content')) return
  const heading = document.getElementById(`file-${id}`)
  heading?.focus({ preventScroll: true })
  heading?.scrollIntoView({ block: 'nearest' })
  if (!heading && look < looks) setTimeout(() => focusRow(id, look + 1), lookEveryMs)
}

/** Puts a new file in the place of this one, which goes when the new one is on the server's disk. */
export function ReplaceUpload({ draft, upload, label, name }: Props) {
  const t = useTranslations('uploader')
  const refresh = useSafeRefresh()
  const field = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const replace = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (!file) return
    setBusy(true)
    setProblem('')
    const query = new URLSearchParams({ name: file.name, replaces: upload })
    const options = { method: 'PUT', body: file, headers: { 'Content-Type': 'application/octet-stream' } }
    const answer = await fetch(`/api/drafts/${draft}/uploads?${query}`, options).catch(() => null)
    setBusy(false)
    if (!answer?.ok) return setProblem((await reasonOf(answer)) ?? t('offline'))
    const row: unknown = await answer.json().catch(() => null)
    const id = row && typeof row === 'object' && 'id' in row ? String(row.id) : ''
    document.getElementById('content')?.focus({ preventScroll: true })
    await refresh()
    focusRow(id)
  }
  return (
    <>
      <input ref={field} type="file" hidden aria-label={name} onChange={replace} />
      <Button size="small" kind="quiet" aria-label={name} aria-disabled={isBusy} onClick={() => field.current?.click()}>
        {isBusy ? t('replacing') : label}
      </Button>
      {problem && (
        <span role="alert" className="basis-full text-table">
          {t('replaceFailed', { reason: problem })}
        </span>
      )}
    </>
  )
}

'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { useQueueItems } from './queue-context'
import { useSafeRefresh } from './use-refresh'

type Props = {
  audit: string
  /** Files on the server, and how many of them are not read yet. */
  files: number
  unread: number
  /** Something was recognised. */
  usable: boolean
}

/** Always there to be pressed: it says what is missing instead of being grey. */
export function AnalyseButton({ audit, files, unread, usable }: Props) {
  const t = useTranslations('uploader')
  const refresh = useSafeRefresh()
  const items = useQueueItems()
  const sending = items.filter((i) => i.state !== 'stored' && i.state !== 'refused').length
  const arriving = items.filter((i) => i.state === 'stored').length
  // What was missing is missing no more once anything has changed, so the message belongs to the state it was said in.
  const situation = [sending, arriving, files, unread].join()
  const [said, setSaid] = useState({ message: '', situation })
  const message = said.situation === situation ? said.message : ''
  const setMessage = (text: string) => setSaid({ message: text, situation })
  const [isStarting, setStarting] = useState(false)

  const missing = (): string | null => {
    if (sending > 0) return t('needSent', { count: sending })
    if (unread + arriving > 0) return t('needRead', { count: unread + arriving })
    if (files === 0) return t('needFiles')
    return usable ? null : t('needKnown')
  }
  const start = async () => {
    const reason = missing()
    setMessage(reason ?? '')
    if (reason || isStarting) return
    setStarting(true)
    const answer = await fetch(`/api/audits/${audit}/start`, { method: 'POST' }).catch(() => null)
    if (answer?.ok) return refresh()
    setStarting(false)
    setMessage((await detailOf(answer)) ?? t('offline'))
  }
  return (
    <div className="-mx-4 -mb-4 shrink-0 border-t border-line p-4 print:hidden">
      <Button kind="primary" className="w-full text-lead" onClick={start}>
        {isStarting ? t('starting') : t('analyse')}
      </Button>
      <p role="alert" className="[&:not(:empty)]:mt-2">
        {message}
      </p>
    </div>
  )
}

async function detailOf(answer: Response | null): Promise<string | null> {
  const body: unknown = await answer?.json().catch(() => null)
  return body && typeof body === 'object' && 'detail' in body && typeof body.detail === 'string' ? body.detail : null
}

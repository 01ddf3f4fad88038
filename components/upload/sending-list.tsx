'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { formatBytes } from '@/lib/i18n/format'
import { useQueue, useQueueItems } from './queue-context'
import type { QueueItem } from './upload-queue'

const isMoving = (item: QueueItem) => item.state === 'waiting' || item.state === 'sending' || item.state === 'retrying'

/** Files on their way, each with its bytes; refused ones stay with their reason. */
export function SendingList() {
  const t = useTranslations('uploader')
  const items = useQueueItems()
  const moving = items.filter(isMoving).length
  useEffect(() => {
    if (moving === 0) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [moving])
  return (
    <>
      <p role="status" className="text-table font-semibold [&:not(:empty)]:mt-3">
        {moving > 0 ? t('sending', { count: moving }) : ''}
      </p>
      {items.length > 0 && (
        <ul data-sending className="mt-2 flex flex-col gap-2 print:hidden">
          {items.map((item) => (
            <SendingRow key={item.key} item={item} />
          ))}
        </ul>
      )}
    </>
  )
}

function SendingRow({ item }: { item: QueueItem }) {
  const t = useTranslations('uploader')
  const queue = useQueue()
  return (
    <li className="rounded-card border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 font-semibold wrap-anywhere">{item.name}</span>
        <Progress item={item} />
        {item.state === 'refused' && item.problem?.title !== undefined && (
          <Button size="small" onClick={() => queue.retry(item.key)}>
            {t('retry')}
          </Button>
        )}
        {item.state !== 'stored' && (
          <Button
            size="small"
            kind="quiet"
            aria-label={t('dismissNamed', { name: item.name })}
            onClick={() => queue.remove(item.key)}
          >
            {t('dismiss')}
          </Button>
        )}
      </div>
      <div role="alert">
        {item.state === 'refused' && (
          <p className="mt-1">
            <strong>{item.problem?.title ?? t('refused')}.</strong> {item.problem?.detail}
          </p>
        )}
        {item.state === 'retrying' && <p className="mt-1">{t('retrying')}</p>}
      </div>
    </li>
  )
}

function Progress({ item }: { item: QueueItem }) {
  const t = useTranslations('uploader')
  const locale = useLocale()
  const total = formatBytes(item.bytes, locale)
  if (item.state === 'stored') return <span className="text-table text-ink-2">{t('stored')}</span>
  if (item.state === 'waiting') return <span className="text-table text-ink-2">{t('waiting')}</span>
  if (item.state !== 'sending') return <span className="text-table text-ink-2">{total}</span>
  return (
    <span className="flex items-center gap-2 text-table text-ink-2 tabular-nums">
      <progress value={item.sent} max={Math.max(1, item.bytes)} aria-label={item.name} className="h-2 w-24" />
      {t('progress', { sent: formatBytes(item.sent, locale), total })}
    </span>
  )
}

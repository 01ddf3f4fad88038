'use client'
import { useLocale, useTranslations } from 'next-intl'
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react'
import { formatBytes } from '@/lib/i18n/format'
import { draftTransport } from './transport'
import { type QueueItem, UploadQueue } from './upload-queue'

const Context = createContext<UploadQueue | null>(null)
const none: readonly QueueItem[] = []

type Props = { draft: string; maxFileBytes: number; children: ReactNode }

/** One queue for the page: the drop zone fills it, the list shows it, the start button asks it. */
export function QueueProvider({ draft, maxFileBytes, children }: Props) {
  const t = useTranslations('uploader')
  const locale = useLocale()
  const [queue] = useState(() => {
    const texts = { serverError: (status: number) => t('serverError', { status }), unreadable: t('unreadable') }
    return new UploadQueue(draftTransport(draft, texts), ({ file }) =>
      // A server that refuses a large body closes the connection while it is being sent, and its answer is lost.
      file.size > maxFileBytes
        ? { detail: t('tooLarge', { size: formatBytes(file.size, locale), limit: formatBytes(maxFileBytes, locale) }) }
        : null,
    )
  })
  return <Context value={queue}>{children}</Context>
}

export function useQueue(): UploadQueue {
  const queue = useContext(Context)
  if (!queue) throw new Error('useQueue needs a QueueProvider')
  return queue
}

export function useQueueItems(): readonly QueueItem[] {
  const queue = useQueue()
  return useSyncExternalStore(queue.subscribe, queue.snapshot, () => none)
}

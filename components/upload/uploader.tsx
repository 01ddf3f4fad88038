'use client'
import { ClipboardPaste, FileUp, FolderUp } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { LazyDialog } from '@/components/ui/lazy-dialog'
import { formatBytes } from '@/lib/i18n/format'
import { chosenFiles, pastedText, transferredFiles } from './dropped-files'
import { useQueue, useQueueItems } from './queue-context'
import { SendingList } from './sending-list'
import { usePolling, useSafeRefresh } from './use-refresh'
import { useWindowTransfer } from './use-window-transfer'

type Stored = { id: string; name: string; status: string }
type Props = {
  draft: string
  /** The files that the page shows already. */
  stored: readonly Stored[]
  /** Nothing about them is still being worked on. */
  isChecked: boolean
  maxFileBytes: number
}

const signature = (uploads: readonly Stored[], isChecked: boolean) =>
  [isChecked, ...uploads.map((u) => `${u.id}:${u.status}`)].join()

/** All ways in: drop, choose, paste. Sends what comes, and renders the page anew when the server knows more. */
export function Uploader({ draft, stored, isChecked, maxFileBytes }: Props) {
  const t = useTranslations('uploader')
  const locale = useLocale()
  const queue = useQueue()
  const items = useQueueItems()
  const refresh = useSafeRefresh()

  useEffect(() => queue.settle(new Set(stored.map((u) => u.id))), [queue, stored])
  const isUnread = stored.some((u) => u.status === 'stored' || u.status === 'reading')
  const arrived = items.some((i) => i.state === 'stored')
  const answers = usePolling({
    url: `/api/drafts/${draft}`,
    isOn: isUnread || arrived || !isChecked,
    every: 700,
    onAnswer: (body) => {
      const now = uploadsOf(body)
      if (now && signature(now.uploads, now.isChecked) !== signature(stored, isChecked)) void refresh()
    },
  })

  const addText = (text: string) =>
    queue.add(pastedText(text, new Set([...stored.map((u) => u.name), ...items.map((i) => i.name)])))
  const isOver = useWindowTransfer({
    onTransfer: async (data) => queue.add(await transferredFiles(data)),
    onText: addText,
  })

  return (
    <>
      <div className="rounded-card border-2 border-dashed border-line-strong bg-subtle p-4 sm:p-6 print:hidden">
        <p className="hidden text-lead font-semibold sm:block">{t('drop')}</p>
        <div className="flex flex-wrap gap-2 sm:mt-3">
          <FileField label={t('chooseFiles')} />
          <FileField label={t('chooseFolder')} folder />
          <PasteField onText={addText} />
        </div>
        <p className="mt-3 text-table text-ink-2">
          <span className="hidden sm:inline">{t('pasteHint')} </span>
          {t('limits', { limit: formatBytes(maxFileBytes, locale) })}
        </p>
      </div>
      {isOver && (
        <div className="pointer-events-none fixed inset-2 top-14 z-40 flex items-center justify-center rounded-card border-4 border-dashed border-accent bg-raised/90 text-h2 font-semibold">
          {t('dropNow')}
        </div>
      )}
      <p role="status" className="text-table text-ink-2 [&:not(:empty)]:mt-2">
        {answers ? '' : t('offline')}
      </p>
      <SendingList />
    </>
  )
}

function uploadsOf(body: unknown): { uploads: Stored[]; isChecked: boolean } | null {
  if (!body || typeof body !== 'object' || !('uploads' in body) || !Array.isArray(body.uploads)) return null
  return { uploads: body.uploads, isChecked: 'isChecked' in body && body.isChecked === true }
}

/** A button that opens the system's dialog; the field itself stays out of sight and out of the way of Tab. */
function FileField({ label, folder }: { label: string; folder?: boolean }) {
  const queue = useQueue()
  const field = useRef<HTMLInputElement>(null)
  const Icon = folder ? FolderUp : FileUp
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    queue.add(chosenFiles(event.target.files))
    event.target.value = '' // the same file can be chosen again after it was removed
  }
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={label}
        {...(folder && { webkitdirectory: '' })}
        onChange={choose}
      />
      <Button kind={folder ? 'secondary' : 'primary'} onClick={() => field.current?.click()}>
        <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        {label}
      </Button>
    </>
  )
}

/** The way for whoever has no Ctrl V: a field and a button, in a dialog. */
function PasteField({ onText }: { onText: (text: string) => void }) {
  const t = useTranslations('uploader')
  const id = useId()
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const add = () => {
    onText(text)
    setText('')
    close()
  }
  return (
    <>
      <Button ref={opener} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ClipboardPaste aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        {t('pasteText')}
      </Button>
      {isOpen && (
        <LazyDialog title={t('pasteText')} onClose={close}>
          <label htmlFor={id} className="mt-3 block text-table font-semibold">
            {t('pasteLabel')}
          </label>
          <textarea
            id={id}
            rows={14}
            spellCheck={false}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the dialog has this one field
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="field mt-1 font-mono text-table"
          />
          <div className="mt-4 flex flex-wrap gap-2">
            <Button kind="primary" onClick={add}>
              {t('pasteAdd')}
            </Button>
            <Button onClick={close}>{t('pasteCancel')}</Button>
          </div>
        </LazyDialog>
      )}
    </>
  )
}

'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button, buttonClass } from '@/components/ui/button'
import { LazyDialog } from '@/components/ui/lazy-dialog'

type Props = { id: string; name: string; deleteAction: (form: FormData) => Promise<void> }

/** Two steps on purpose: the first says what goes, the second does it. Without scripts the first unfolds the second. */
export function DeleteAudit(props: Props) {
  const [isScripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  return isScripted ? <DeleteByDialog {...props} /> : <DeleteByFolding {...props} />
}

function DeleteByFolding({ id, name, deleteAction }: Props) {
  const t = useTranslations('deletion')
  return (
    <details suppressHydrationWarning className="-my-1 print:hidden">
      <summary className={buttonClass('quiet', 'small', 'list-none')} aria-label={`${t('open')}: ${name}`}>
        {t('open')}
      </summary>
      <form action={deleteAction} className="mt-2 flex min-w-48 flex-col items-start gap-2">
        <p>{t('text', { name })}</p>
        <Button type="submit" name="audit" value={id} size="small">
          {t('confirm')}
        </Button>
      </form>
    </details>
  )
}

function DeleteByDialog({ id, name, deleteAction }: Props) {
  const t = useTranslations('deletion')
  const opener = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const remove = async () => {
    const form = new FormData()
    form.set('audit', id)
    await deleteAction(form)
    // The row goes, and with it the button that had the focus. At once: as long as the dialog is there, it keeps the focus.
    flushSync(() => setOpen(false))
    document.querySelector('h1')?.focus()
  }
  return (
    <>
      <Button
        ref={opener}
        kind="quiet"
        size="small"
        className="-my-1"
        aria-haspopup="dialog"
        aria-label={`${t('open')}: ${name}`}
        onClick={() => setOpen(true)}
      >
        {t('open')}
      </Button>
      {isOpen && (
        <LazyDialog title={t('title')} role="alertdialog" onClose={close}>
          <p className="mt-3">{t('text', { name })}</p>
          <form action={remove} className="mt-5 flex flex-wrap gap-2">
            <Button type="submit" kind="primary">
              {t('confirm')}
            </Button>
            <Button onClick={close}>{t('keep')}</Button>
          </form>
        </LazyDialog>
      )}
    </>
  )
}
